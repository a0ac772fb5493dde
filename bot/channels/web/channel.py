"""The website's channel: signed sessions, answers line by line, the conversation so far, feedback, and the pages."""

from __future__ import annotations

import asyncio
import json
import os
import re
import time
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.advisor import advisor_of
from bot.channels.conversation import LONGEST, clean
from bot.channels.gate import Gate
from bot.channels.refusals import SENTENCES, Refusal, refuse_more
from bot.channels.session import LIFETIME, Session
from bot.channels.web import history, page, plain
from bot.channels.web.turns import CHANNEL, Message, Turns
from bot.edge.origins import preflight_headers
from bot.readiness import Actions
from bot.said import Said
from bot.store import Feedback, Store

CLEARED = "The conversation is cleared."
TOO_LONG = f"Too long by {{more:,}}: at most {LONGEST:,} characters."
LONGEST_WHY = 500  # characters
MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class WebInput(InputChannel):
    """POST /web/session, /web/message and /web/feedback, GET and DELETE /web/history, /plain, and the other pages."""

    def __init__(self, *, gate: Gate, store: Store, actions: Actions) -> None:
        self._gate = gate
        self._store = store
        self._said = Said(store)
        self._turns = Turns(store, actions.alive)

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebInput:
        if not credentials or not credentials.get("secret"):
            cls.raise_missing_credentials_exception()
        gate = Gate(
            secret=credentials["secret"],
            origins=credentials.get("origins") or "",
            proxies=int(credentials.get("proxies") or 0),
        )
        actions = Actions(os.environ["ADVISOR_ACTIONS_URL"], os.environ["ADVISOR_ACTIONS_TOKEN"])
        return cls(gate=gate, store=Store(credentials["database_url"]), actions=actions)

    def url_prefix(self) -> str:
        return "/"

    def blueprint(self, on_new_message: Any) -> Blueprint:
        blueprint = Blueprint("advisor_web")
        blueprint.middleware("request")(self._gate.refuse_foreign)
        blueprint.middleware("response")(self._gate.let_page_read)
        for path, handlers in {
            "/web/session": {"POST": self._begin},
            "/web/message": {"POST": self._message},
            "/web/history": {"GET": self._history, "DELETE": self._forget},
            "/web/feedback": {"POST": self._feedback},
            "/": {"GET": page.demo, "HEAD": page.demo},
        }.items():
            for method, handler in {**handlers, "OPTIONS": self._preflight}.items():
                _add(blueprint, handler, method, path)
        for method, handler in {"GET": self._plain, "HEAD": self._plain, "POST": self._plainly}.items():
            _add(blueprint, handler, method, "/plain")
        for path in page.FILES:
            for method in ("GET", "HEAD"):
                _add(blueprint, partial(page.serve, path=path), method, path)
        return blueprint

    async def _begin(self, request: Request) -> HTTPResponse:
        self._gate.body(request)
        return response.json({"token": self._gate.new_session(request)})

    async def _message(self, request: Request) -> None:
        visitor = await self._open(self._gate.speaker(request))
        body = self._gate.body(request)
        message_id, text = body.get("id"), body.get("text")
        if not isinstance(text, str) or not isinstance(message_id, str) or not MESSAGE_ID.fullmatch(message_id):
            raise Refusal(400, "A message needs an `id` of up to 64 letters, digits, - and _, and a `text`.")
        advisor, address = advisor_of(request.app), self._gate.address(request)
        refuse_more(advisor.line, address)
        # the header asks nginx to pass each line on as it comes
        headers = {"X-Accel-Buffering": "no", **self._gate.renewal(visitor)}
        stream = await request.respond(content_type="application/x-ndjson", headers=headers)
        message = Message(_conversation(visitor), message_id, text, visitor=address)
        async for line in self._turns.answer(advisor, message):
            await stream.send(json.dumps(line) + "\n")
        await stream.eof()

    async def _history(self, request: Request) -> HTTPResponse:
        visitor = await self._open(self._gate.reader(request))
        before = request.args.get("before")
        if before is not None and not (before.isascii() and before.isdigit() and len(before) < 19):
            raise Refusal(400, "`before` has to be what the page after it was told.")
        shown = await asyncio.to_thread(self._page, _conversation(visitor), int(before) if before else None)
        return response.json(shown, headers=self._gate.renewal(visitor))

    def _page(self, conversation: str, before: int | None) -> dict[str, Any]:
        entries, earlier = history.page(self._said, conversation, before=before)
        given = self._store.feedback(conversation, answers={each.text for each in entries if each.who == "advisor"})
        opinions = {(each.question, each.answer): each.helpful for each in given}
        said = [{**asdict(each), "helpful": opinions.get((each.question, each.text))} for each in entries]
        return {"entries": said, "before": earlier}

    async def _forget(self, request: Request) -> HTTPResponse:
        await self._drop(await self._open(self._gate.reader(request)))
        return response.json({"forgotten": True})

    async def _drop(self, visitor: Session) -> None:
        async with self._turns.lock(_conversation(visitor)):
            await asyncio.to_thread(self._said.forget, _conversation(visitor))
            await asyncio.to_thread(self._store.end_session, visitor.id, until=time.time() + LIFETIME)

    async def _feedback(self, request: Request) -> HTTPResponse:
        visitor = await self._open(self._gate.speaker(request))
        body = self._gate.body(request)
        answer, helpful, why = body.get("answer"), body.get("helpful"), body.get("why", "")
        if not isinstance(helpful, bool) or not isinstance(why, str) or len(why) > LONGEST_WHY:
            raise Refusal(400, f"Feedback needs `answer`, `helpful` and a `why` of at most {LONGEST_WHY} characters.")
        entry = await asyncio.to_thread(self._entry, _conversation(visitor), answer)
        if entry is None or entry.who != "advisor":
            raise Refusal(404, "This conversation has no such answer.")
        feedback = Feedback(_conversation(visitor), entry.text, helpful, clean(why), question=entry.question)
        await asyncio.to_thread(self._store.set_feedback, feedback)
        return response.json({"kept": True})

    def _entry(self, conversation: str, wanted: object) -> history.Entry | None:
        before = None
        while True:
            entries, before = history.page(self._said, conversation, before=before)
            found = next((each for each in entries if each.id == wanted), None)
            if found or before is None:
                return found

    async def _plain(self, request: Request) -> HTTPResponse:
        return self._page_of(plain.Shown())

    async def _plainly(self, request: Request) -> HTTPResponse:
        """What the form of the plain page brings: something to say, or that all is to be cleared."""
        fields = self._gate.form(request)
        text, token, alert, draft = fields.get("text", ""), fields.get("token", ""), "", ""
        try:
            visitor = await self._open(self._gate.reader(request, token)) if token else None
        except Refusal as refusal:
            if refusal.status_code != 401:
                return self._page_of(plain.Shown(token, alert=refusal.sentence, draft=text), refusal)
            visitor, token, alert = None, "", SENTENCES[401]
        if fields.get("clear") == plain.SURE:
            if visitor:
                await self._drop(visitor)
            return self._page_of(plain.Shown(alert=alert or CLEARED))
        more = len(clean(text)) - LONGEST
        if more > 0:
            alert, draft = TOO_LONG.format(more=more), text  # kept, to be shortened
        elif text.strip():
            try:
                token = token or self._gate.new_session(request)
                visitor = self._gate.speaker(request, token)
                alert = await self._answer_plainly(request, visitor, fields.get("id", ""), text) or alert
            except Refusal as refusal:
                return self._page_of(plain.Shown(token, alert=refusal.sentence, draft=text), refusal)
        if visitor is None:
            return self._page_of(plain.Shown(alert=alert, draft=draft))
        entries, earlier = await asyncio.to_thread(history.page, self._said, _conversation(visitor))
        shown = plain.Shown(token, entries, earlier=earlier is not None, alert=alert, draft=draft)
        return self._page_of(replace(shown, asking="clear" in fields))

    async def _answer_plainly(self, request: Request, visitor: Session, message_id: str, text: str) -> str:
        """Answers a message; returns what to tell where it could not be answered."""
        if not MESSAGE_ID.fullmatch(message_id):
            raise Refusal(400, SENTENCES[400])
        advisor, address = advisor_of(request.app), self._gate.address(request)
        refuse_more(advisor.line, address)
        message = Message(_conversation(visitor), message_id, text, visitor=address)
        lines = [line async for line in self._turns.answer(advisor, message)]
        return next((line["error"] for line in lines if line["type"] == "error"), "")

    @staticmethod
    def _page_of(shown: plain.Shown, refusal: Refusal | None = None) -> HTTPResponse:
        told = {**plain.headers(), **(refusal.headers if refusal else {})}
        return response.html(plain.page(shown), status=refusal.status_code if refusal else 200, headers=told)

    async def _open(self, visitor: Session) -> Session:
        """A session that its visitor has not ended."""
        if await asyncio.to_thread(self._store.has_ended, visitor.id):
            raise Refusal(401, "The session has ended.")
        return visitor

    async def _preflight(self, request: Request) -> HTTPResponse:
        return response.empty(headers=preflight_headers(request.headers.get("origin")))


def _conversation(visitor: Session) -> str:
    return f"{CHANNEL}:{visitor.id}"


def _add(blueprint: Blueprint, handler: Any, method: str, path: str) -> None:
    name = re.sub(r"\W", "_", f"{method}{path}").lower()
    # Sanic marks the handlers it is given, which a method does not allow
    blueprint.add_route(partial(handler), path, methods=[method], name=name, strict_slashes=True)
