"""What of all that Slack can send is used; the rest is thanked for and ignored."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.channels.slack_events import CLICKS

COMMAND = "/career"
EVENTS = ("app_mention", "message", "app_home_opened")
BUTTON = re.compile(rf"(?:{'|'.join(CLICKS)})-")  # how the action ids of our buttons begin


class Unused(AsyncMiddleware):
    """Thanks for what is no business of ours (a checkbox, a modal, another event), before Bolt looks into it."""

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        event, actions = req.body.get("event") or {}, req.body.get("actions") or [{}]
        used = (
            event.get("type") in EVENTS
            or req.body.get("command") == COMMAND
            or (req.body.get("type") == "block_actions" and BUTTON.match(actions[0].get("action_id", "")))
        )
        return await next() if used else BoltResponse(status=200)
