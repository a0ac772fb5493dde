"""The REST channel in Rasa's format, for tests and evaluation; off unless ADVISOR_REST=1."""

from __future__ import annotations

import uuid
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.conversation import Replies, converse

PREFIX = "rest:"
LONGEST_SENDER = 200


class RestInput(InputChannel):
    """POST /webhooks/rest/webhook {"sender", "message"} -> [{"recipient_id", "text", "buttons"}].

    A client chooses its `sender`, so conversations of this channel have a prefix of their own, and what a
    client says of `input_channel` is ignored.
    """

    def __init__(self, *, enabled: bool) -> None:
        self._enabled = enabled

    @classmethod
    def name(cls) -> str:
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> RestInput:
        return cls(enabled=str((credentials or {}).get("enabled", "0")) == "1")

    def blueprint(self, on_new_message: Any) -> Blueprint:
        blueprint = Blueprint("advisor_rest")
        if not self._enabled:
            return blueprint

        @blueprint.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            message = request.json
            if not isinstance(message, dict):
                return response.json(
                    {"error": "The body has to be a JSON object with `sender` and `message`."}, status=400
                )
            sender = message.get("sender") or uuid.uuid4().hex
            if not isinstance(sender, str) or len(sender) > LONGEST_SENDER:
                return response.json(
                    {"error": f"`sender` has to be a text of at most {LONGEST_SENDER} characters."}, status=400
                )
            output = Replies()
            await converse(
                request.app.ctx.agent,
                message.get("message"),
                conversation=PREFIX + sender,
                channel=self.name(),
                output=output,
            )
            return response.json([_in_rasas_format(reply, sender) for reply in output.messages])

        return blueprint


def _in_rasas_format(reply: dict[str, Any], sender: str) -> dict[str, Any]:
    """A reply without what is custom: its sources are named in its text."""
    return {"recipient_id": sender, **{key: reply[key] for key in ("text", "buttons") if key in reply}}
