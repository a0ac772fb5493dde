"""The channel of the chat page: signed sessions, replies as JSON, the page itself, and the health of both servers."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels import session
from bot.channels.conversation import Replies, converse

WIDGET = Path(__file__).resolve().parent.parent / "widget"
PAGES = {
    "/": ("page.html", "text/html; charset=utf-8"),
    "/page.js": ("page.js", "text/javascript; charset=utf-8"),
    "/page.css": ("page.css", "text/css; charset=utf-8"),
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class WebInput(InputChannel):
    """GET / and its files; POST /web/session -> {"token"}; POST /web/message {"text"} -> {"replies"}; GET /health."""

    def __init__(self, *, secret: str, actions_url: str) -> None:
        self._secret = secret
        self._actions_url = actions_url

    @classmethod
    def name(cls) -> str:
        return "web"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebInput:
        if not credentials or not credentials.get("secret"):
            cls.raise_missing_credentials_exception()
        return cls(secret=credentials["secret"], actions_url=credentials["actions_url"])

    def url_prefix(self) -> str:
        return "/"

    def blueprint(self, on_new_message: Any) -> Blueprint:
        blueprint = Blueprint("advisor_web")
        for path, (name, kind) in PAGES.items():
            blueprint.add_route(_page(WIDGET / name, kind), path, methods=["GET"], name=name.replace(".", "_"))

        @blueprint.post("/web/session")
        async def begin(request: Request) -> HTTPResponse:
            return response.json({"token": session.issue(self._secret)})

        @blueprint.post("/web/message")
        async def receive(request: Request) -> HTTPResponse:
            try:
                visitor = session.session_id(self._secret, request.token)
            except session.InvalidToken as error:
                return response.json({"error": str(error)}, status=401)
            message = request.json
            if not isinstance(message, dict) or not isinstance(message.get("text"), str):
                return response.json({"error": "The body has to be a JSON object with a `text`."}, status=400)
            output = Replies()
            await converse(
                request.app.ctx.agent,
                message["text"],
                conversation=f"web:{visitor}",
                channel=self.name(),
                output=output,
            )
            return response.json({"replies": [_shown(reply) for reply in output.messages]})

        @blueprint.get("/health")
        async def health(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            ready = {"rasa": agent is not None and agent.is_ready(), "actions": await self._actions_answer()}
            return response.json(ready, status=200 if all(ready.values()) else 503)

        return blueprint

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


def _shown(reply: dict[str, Any]) -> dict[str, Any]:
    """A reply as the page shows it: {"text", "buttons", "sources"}."""
    shown = {key: reply[key] for key in ("text", "buttons") if key in reply}
    return {**shown, "sources": reply.get("custom", {}).get("sources", [])}


def _page(path: Path, kind: str) -> Any:
    async def page(request: Request) -> HTTPResponse:
        return response.raw(path.read_bytes(), content_type=kind, headers=HEADERS)

    return page
