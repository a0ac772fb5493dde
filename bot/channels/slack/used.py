"""What of all that Slack can send is used; the rest is thanked for and ignored."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.channels.slack.events import CLICKS, FORGET

COMMAND = "/career"
EVENTS = ("app_mention", "message", "app_home_opened", "agent_session_stopped")
EARLIER = ("assistant_thread_started",)  # of apps that were made before there were agents
BUTTON = re.compile(rf"(?:{'|'.join([*CLICKS, FORGET])})-")  # how the action ids of our buttons begin


def is_foreign(body: dict[str, Any]) -> bool:
    """Whether somebody of another workspace wrote or clicked this, or the channel is shared with another workspace."""
    event, team = body.get("event") or {}, body.get("team") or {}
    told = [body, *(body.get("authorizations") or [])]
    ours = {each.get(name) for each in told for name in ("team_id", "enterprise_id")}
    theirs = {
        each.get(name)
        for message in (event, event.get("message") or {})  # of an edit, the message stands in its event
        for each, names in (
            (message, ("team", "user_team", "source_team")),
            (message.get("user_profile") or {}, ("team",)),
        )
        for name in names
    }
    if team:  # a click; an app of a whole organisation has no team
        ours.add(team.get("id"))
        theirs.add(body["user"].get("team_id"))
    return bool(body.get("is_ext_shared_channel")) or not theirs <= {*ours, None}


class Unused(AsyncMiddleware):
    """Thanks for what is no business of ours before Bolt looks into it: a checkbox, a modal, another event.

    So are people of other workspaces, unless they are our `guests`.
    """

    def __init__(self, *, guests: bool) -> None:
        self._guests = guests

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        event, actions = req.body.get("event") or {}, req.body.get("actions") or [{}]
        used = (
            event.get("type") in EVENTS + EARLIER
            or req.body.get("command") == COMMAND
            or (req.body.get("type") == "block_actions" and BUTTON.match(actions[0].get("action_id", "")))
        )
        welcome = used and (self._guests or not is_foreign(req.body))
        return await next() if welcome else BoltResponse(status=200)
