"""The REST channel in Rasa's format, for programs, tests and evaluation; off unless ADVISOR_REST=1."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.advisor import advisor_of
from bot.channels.conversation import UNAVAILABLE, Replies, converse
from bot.channels.gate import Gate
from bot.channels.refusals import Refusal, refuse_more
from bot.said import Said
from bot.store import Store

CHANNEL = "rest"
LONGEST_SENDER = 200


class RestInput(InputChannel):
    """POST /webhooks/rest/webhook {"sender", "message"} -> [{"recipient_id", "text", "buttons"}].

    A client chooses its `sender`, so conversations of this channel have a prefix of their own, and what a
    client says of `input_channel` is ignored.
    """

    def __init__(self, *, enabled: bool, gate: Gate, said: Said) -> None:
        self._enabled = enabled
        self._gate = gate
        self._said = said

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> RestInput:
        given = credentials or {}
        gate = Gate(secret="", origins=given.get("origins") or "", proxies=int(given.get("proxies") or 0))
        said = Said(Store(given["database_url"]))
        return cls(enabled=str(given.get("enabled", "0")) == "1", gate=gate, said=said)

    def blueprint(self, on_new_message: Any) -> Blueprint:
        blueprint = Blueprint("advisor_rest")
        if self._enabled:
            blueprint.middleware("request")(self._gate.refuse_foreign)
            blueprint.middleware("response")(self._gate.let_page_read)
            blueprint.add_route(partial(self._receive), "/webhook", methods=["POST"], name="webhook")
        return blueprint

    async def _receive(self, request: Request) -> HTTPResponse:
        address = self._gate.program(request)
        message = self._gate.body(request)
        sender = message.get("sender") or uuid.uuid4().hex
        if not isinstance(sender, str) or len(sender) > LONGEST_SENDER:
            raise Refusal(400, f"`sender` has to be a text of at most {LONGEST_SENDER} characters.")
        advisor, output = advisor_of(request.app), Replies()
        refuse_more(advisor.line, address)
        answered = await converse(
            advisor,
            message.get("message"),
            conversation=f"{CHANNEL}:{sender}",
            visitor=address,
            channel=CHANNEL,
            output=output,
            forget=self._said.forget,
        )
        if not answered:
            return response.json([{"recipient_id": sender, "text": advisor.sentence(UNAVAILABLE, CHANNEL)}])
        return response.json([_in_rasas_format(reply, sender) for reply in output.messages])


def _in_rasas_format(reply: dict[str, Any], sender: str) -> dict[str, Any]:
    """A reply without what is custom: its sources are named in its text."""
    return {"recipient_id": sender, **{key: reply[key] for key in ("text", "buttons") if key in reply}}
