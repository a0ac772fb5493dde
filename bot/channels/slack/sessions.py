"""The advisor as one of Slack's agents: a conversation's title, that it is at work, and what one could ask.

Workspaces where the app is no agent, or was made before there were any, go on without: nothing depends on it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.delivery import Busy, Refused, Undeliverable, once
from bot.channels.slack.events import Turn

STATUS = "is looking it up …"
WORKING, IDLE = "processing", "active"  # Slack's words for the state of an agent's session
HURRY = 3  # seconds that the answer waits for any of this to show
TITLE = 200  # characters
PROMPTS = 4  # that Slack shows at most
SHOWN = {  # in words
    "sessions": "title, state and stop button of an agent's session",
    "status": "status while it works",
    "title": "title of a conversation",
    "prompts": "suggested questions",
}
LACKING = {  # Slack's words for what the next call will not get either; others are of one place, or pass
    "unknown_method",
    "method_deprecated",
    "deprecated_endpoint",
    "missing_scope",
    "not_allowed_token_type",
    "feature_not_enabled",
    "not_allowed_for_plan",
    "paid_only",
    "paid_teams_only",
    "enterprise_is_restricted",
}

logger = logging.getLogger(__name__)


class Sessions:
    """What Slack shows around a conversation. Raises `Refused`; what else fails is done without."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._lacking: set[str] = set()  # the methods that this app, workspace or plan does not have

    async def begin(self, turn: Turn, *, is_new: bool) -> bool:
        """Show that a turn is worked on, where it is in a thread; whether a session shows it, which has to be ended.

        A new one gets a title. Without a session, Slack takes the status away with the answer.
        """
        if turn.ephemeral or not turn.thread:
            return False
        where = {"channel_id": turn.channel, "thread_ts": turn.thread}
        title = " ".join((turn.label or turn.text).split())[:TITLE]
        named = {"title": title} if title else {}
        session = {"status": WORKING, "initiator_user_id": turn.user, **named}
        if await self._did("sessions", lambda: self._client.agents_sessions_setStatus(**where, **session)):
            return True
        await self._did("status", lambda: self._client.assistant_threads_setStatus(**where, status=STATUS))
        if is_new and title and turn.channel.startswith("D"):
            await self._did("title", lambda: self._client.assistant_threads_setTitle(**where, **named))
        return False

    async def end(self, channel: str, thread: str) -> None:
        """Show that nothing is worked on any more in a session; Slack does not find that out by itself."""
        where = {"channel_id": channel, "thread_ts": thread}
        await self._did("sessions", lambda: self._client.agents_sessions_setStatus(**where, status=IDLE))

    async def suggest(self, channel: str, prompts: list[str], title: str, *, thread: str | None = None) -> None:
        """Offer questions to somebody who opens a conversation; `thread` only where the app is an assistant still."""
        offered = [{"title": prompt, "message": prompt} for prompt in prompts[:PROMPTS]]
        await self._did(
            "prompts",
            lambda: self._client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, thread_ts=thread, title=title, prompts=offered
            ),
        )

    async def _did(self, what: str, call: Callable[[], Awaitable[Any]]) -> bool:
        if what in self._lacking:
            return False
        try:
            await once(lambda: asyncio.wait_for(call(), HURRY))
        except (Busy, Undeliverable, Refused) as reason:
            if str(reason) in LACKING:
                self._go_without(what, reason)
            elif isinstance(reason, Refused):
                raise
            else:
                logger.debug("Slack shows no %s now: %s.", SHOWN[what], reason)
            return False
        return True

    def _go_without(self, what: str, reason: Exception) -> None:
        """Ask no more for what is lacking, and say so once."""
        if what not in self._lacking:
            self._lacking.add(what)
            logger.info("Slack lets us show no %s (%s); going on without.", SHOWN[what], reason)
