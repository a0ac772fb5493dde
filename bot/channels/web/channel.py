"""The website's channel: signed sessions, answers line by line, the conversation so far, feedback, and the pages."""

from __future__ import annotations

import asyncio
import json
import os
import re
from dataclasses import asdict
from functools import partial
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.advisor import advisor_of
from bot.channels.conversation import clean
from bot.channels.gate import Gate
from bot.channels.refusals import Refusal, refuse_more
from bot.channels.web import history, page
from bot.channels.web.forms import Forms
from bot.channels.web.turns import AN_ID, CHANNEL, Message, Turns
from bot.channels.web.visitors import Visitors, conversation_of
from bot.edge.origins import preflight_headers
from bot.readiness import Actions
from bot.said import Said
from bot.store import Feedback, Store

LONGEST_WHY = 500  # characters


class WebInput(InputChannel):
    """POST /web/session, /web/message and /web/feedback, GET and DELETE /web/history, /plain, and the other pages."""

    def __init__(self, *, gate: Gate, store: Store, actions: Actions) -> None:
        self._gate = gate
        self._store = store
        self._said = Said(store)
        self._turns = Turns(store, actions.alive)
        self._visitors = Visitors(store, self._said, self._turns)
        self._forms = Forms(gate=gate, visitors=self._visitors, said=self._said, turns=self._turns)

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
        for method, handler in {"GET": self._forms.show, "HEAD": self._forms.show, "POST": self._forms.take}.items():
            _add(blueprint, handler, method, "/plain")
        for path in page.FILES:
            for method in ("GET", "HEAD"):
                _add(blueprint, partial(page.serve, path=path), method, path)
        return blueprint

    async def _begin(self, request: Request) -> HTTPResponse:
        self._gate.body(request)
        return response.json({"token": self._gate.new_session(request)})

    async def _message(self, request: Request) -> None:
        visitor = await self._visitors.opened(self._gate.speaker(request))
        body = self._gate.body(request)
        message_id, text = body.get("id"), body.get("text")
        if not isinstance(text, str) or not isinstance(message_id, str) or not AN_ID.fullmatch(message_id):
            raise Refusal(400, "A message needs an `id` of up to 64 letters, digits, - and _, and a `text`.")
        advisor, address = advisor_of(request.app), self._gate.address(request)
        refuse_more(advisor.line, address)
        # the header asks nginx to pass each line on as it comes
        headers = {"X-Accel-Buffering": "no", **self._gate.renewal(visitor)}
        stream = await request.respond(content_type="application/x-ndjson", headers=headers)
        message = Message(conversation_of(visitor), message_id, text, visitor=address)
        async for line in self._turns.answer(advisor, message):
            await stream.send(json.dumps(line) + "\n")
        await stream.eof()

    async def _history(self, request: Request) -> HTTPResponse:
        visitor = await self._visitors.opened(self._gate.reader(request))
        before = request.args.get("before")
        if before is not None and not (before.isascii() and before.isdigit() and len(before) < 19):
            raise Refusal(400, "`before` has to be what the page after it was told.")
        shown = await asyncio.to_thread(self._page, conversation_of(visitor), int(before) if before else None)
        return response.json(shown, headers=self._gate.renewal(visitor))

    def _page(self, conversation: str, before: int | None) -> dict[str, Any]:
        entries, earlier = history.page(self._said, conversation, before=before)
        given = self._store.feedback(conversation, answers={each.text for each in entries if each.who == "advisor"})
        opinions = {(each.question, each.answer): each.helpful for each in given}
        said = [{**asdict(each), "helpful": opinions.get((each.question, each.text))} for each in entries]
        return {"entries": said, "before": earlier}

    async def _forget(self, request: Request) -> HTTPResponse:
        await self._visitors.forget(await self._visitors.opened(self._gate.reader(request)))
        return response.json({"forgotten": True})

    async def _feedback(self, request: Request) -> HTTPResponse:
        visitor = await self._visitors.opened(self._gate.speaker(request))
        body = self._gate.body(request)
        answer, helpful, why = body.get("answer"), body.get("helpful"), body.get("why", "")
        if not isinstance(helpful, bool) or not isinstance(why, str) or len(why) > LONGEST_WHY:
            raise Refusal(400, f"Feedback needs `answer`, `helpful` and a `why` of at most {LONGEST_WHY} characters.")
        entry = await asyncio.to_thread(self._entry, conversation_of(visitor), answer)
        if entry is None or entry.who != "advisor":
            raise Refusal(404, "This conversation has no such answer.")
        feedback = Feedback(conversation_of(visitor), entry.text, helpful, clean(why), question=entry.question)
        await asyncio.to_thread(self._store.set_feedback, feedback)
        return response.json({"kept": True})

    def _entry(self, conversation: str, wanted: object) -> history.Entry | None:
        before = None
        while True:
            entries, before = history.page(self._said, conversation, before=before)
            found = next((each for each in entries if each.id == wanted), None)
            if found or before is None:
                return found

    async def _preflight(self, request: Request) -> HTTPResponse:
        return response.empty(headers=preflight_headers(request.headers.get("origin")))


def _add(blueprint: Blueprint, handler: Any, method: str, path: str) -> None:
    name = re.sub(r"\W", "_", f"{method}{path}").lower()
    # Sanic marks the handlers it is given, which a method does not allow
    blueprint.add_route(partial(handler), path, methods=[method], name=name, strict_slashes=True)
