"""The website's channel: signed sessions, answers line by line, the conversation so far, feedback, and the pages."""

from __future__ import annotations

import asyncio
import json
import re
import time
from dataclasses import asdict
from functools import partial
from typing import Any

import aiohttp
from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels import history, page
from bot.channels.conversation import clean
from bot.channels.gate import Gate
from bot.channels.origins import preflight_headers
from bot.channels.refusals import Refusal
from bot.channels.turns import CHANNEL, Message, Turns
from bot.store import Feedback, Store

KEPT = 24 * 3600  # seconds that a message can be sent again and get the same answer
LONGEST_WHY = 500  # characters
MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class WebInput(InputChannel):
    """POST /web/session, POST /web/message, GET and DELETE /web/history, POST /web/feedback; pages; GET /health."""

    def __init__(self, *, gate: Gate, store: Store, actions_url: str) -> None:
        self._gate = gate
        self._store = store
        self._turns = Turns(store)
        self._actions_url = actions_url

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
        return cls(gate=gate, store=Store(credentials["database_url"]), actions_url=credentials["actions_url"])

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
            "/health": {"GET": self._health},
            "/": {"GET": page.demo, "HEAD": page.demo},
        }.items():
            for method, handler in {**handlers, "OPTIONS": self._preflight}.items():
                _add(blueprint, handler, method, path)
        for path in page.FILES:
            for method in ("GET", "HEAD"):
                _add(blueprint, partial(page.serve, path=path), method, path)
        return blueprint

    async def _begin(self, request: Request) -> HTTPResponse:
        token = self._gate.new_session(request)
        await asyncio.to_thread(self._store.forget, before=time.time() - KEPT, prefix=f"{CHANNEL}:")
        return response.json({"token": token})

    async def _message(self, request: Request) -> None:
        conversation = _conversation(self._gate.speaker(request))
        body = self._gate.body(request)
        message_id, text = body.get("id"), body.get("text")
        if not isinstance(text, str) or not isinstance(message_id, str) or not MESSAGE_ID.fullmatch(message_id):
            raise Refusal(400, "A message needs an `id` of up to 64 letters, digits, - and _, and a `text`.")
        # the header asks nginx to pass each line on as it comes
        stream = await request.respond(content_type="application/x-ndjson", headers={"X-Accel-Buffering": "no"})
        async for line in self._turns.answer(request.app.ctx.agent, Message(conversation, message_id, text)):
            await stream.send(json.dumps(line) + "\n")
        await stream.eof()

    async def _history(self, request: Request) -> HTTPResponse:
        conversation = _conversation(self._gate.visitor(request))
        given = await asyncio.to_thread(self._store.feedback, conversation)
        opinions = {(each.question, each.answer): each.helpful for each in given}
        said = [
            {**asdict(entry), "helpful": opinions.get((entry.question, entry.text))}
            for entry in await _said(request, conversation)
        ]
        return response.json({"entries": said})

    async def _forget(self, request: Request) -> HTTPResponse:
        conversation = _conversation(self._gate.visitor(request))
        async with self._turns.lock(conversation):
            await asyncio.to_thread(self._store.forget_conversation, conversation)
        return response.json({"forgotten": True})

    async def _feedback(self, request: Request) -> HTTPResponse:
        conversation = _conversation(self._gate.speaker(request))
        body = self._gate.body(request)
        answer, helpful, why = body.get("answer"), body.get("helpful"), body.get("why", "")
        if not isinstance(helpful, bool) or not isinstance(why, str) or len(why) > LONGEST_WHY:
            raise Refusal(400, f"Feedback needs `answer`, `helpful` and a `why` of at most {LONGEST_WHY} characters.")
        entry = next((each for each in await _said(request, conversation) if each.id == answer), None)
        if entry is None or entry.who != "advisor":
            raise Refusal(404, "This conversation has no such answer.")
        feedback = Feedback(conversation, entry.text, helpful, clean(why), question=entry.question)
        await asyncio.to_thread(self._store.set_feedback, feedback)
        return response.json({"kept": True})

    async def _preflight(self, request: Request) -> HTTPResponse:
        return response.empty(headers=preflight_headers(request.headers.get("origin")))

    async def _health(self, request: Request) -> HTTPResponse:
        agent = getattr(request.app.ctx, "agent", None)
        ready = {"rasa": agent is not None and agent.is_ready(), "actions": await self._actions_answer()}
        return response.json(ready, status=200 if all(ready.values()) else 503)

    async def _actions_answer(self) -> bool:
        timeout = aiohttp.ClientTimeout(total=3)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as client,
                client.get(f"{self._actions_url}/health") as answer,
            ):
                return answer.status == 200
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return False


def _conversation(visitor: str) -> str:
    return f"{CHANNEL}:{visitor}"


async def _said(request: Request, conversation: str) -> list[history.Entry]:
    tracker = await request.app.ctx.agent.tracker_store.retrieve_full_tracker(conversation)
    return history.entries(tracker.events if tracker else [])


def _add(blueprint: Blueprint, handler: Any, method: str, path: str) -> None:
    name = re.sub(r"\W", "_", f"{method}{path}").lower()
    # Sanic marks the handlers it is given, which a method does not allow
    blueprint.add_route(partial(handler), path, methods=[method], name=name, strict_slashes=True)
