"""Whether a message that does not mention the advisor is for it, in a thread that it takes part in; keeps no words."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.advisor import Advisor
from bot.channels.slack.addressed import Scene, asks, is_for_advisor, is_for_others, names_another
from bot.channels.slack.delivery import Busy, Undeliverable, messages_of
from bot.channels.slack.events import Turn
from bot.channels.slack.metadata import owner_in
from bot.channels.slack.names import calls_advisor
from bot.channels.slack.text import mentions, plain
from bot.channels.slack.turns import Turns
from bot.logs import for_visitor
from bot.said import Said

AT_ONCE = 8  # messages looked at; more than that is a crowd's talk, in which one mentions whom one means
LATELY = 100  # messages of a thread that are looked at

logger = logging.getLogger(__name__)


class Listening:
    """Looks at a message before it becomes a turn: by its form, then by what it asks, then by where it stands."""

    def __init__(self, client: AsyncWebClient, turns: Turns, said: Said, advisor: Callable[[], Advisor]) -> None:
        self._client = client
        self._turns = turns
        self._said = said
        self._advisor = advisor
        self._looking = 0

    async def is_for_us(self, turn: Turn, raw: str, bot_user: str | None) -> bool:
        """Whether a message in a thread, as Slack has its text, is one to answer. Raises `Refused`."""
        for_visitor.set(True)
        words = plain(raw)  # without what it forwards, which others have said
        if is_for_others(raw, words, bot_user):
            return False
        last = await self._turns.last(turn.place)
        if last is None and not await asyncio.to_thread(self._said.any, f"{turn.place}:"):
            return False
        if calls_advisor(words):
            return True
        asked_back = bool((last or {}).get("asks"))
        if not (asked_back or asks(words)) or self._looking >= AT_ONCE:
            return False
        self._looking += 1
        try:
            understood = await self._advisor().understand(words)
            scenes = [scene for scene in Scene if is_for_advisor(words, understood, scene, asked_back=asked_back)]
            return bool(scenes) and await self._scene(turn, last or {}, bot_user) in scenes
        finally:
            self._looking -= 1

    async def _scene(self, turn: Turn, last: dict[str, Any], bot_user: str | None) -> Scene:
        """What stands before a message; where Slack does not tell, what people say is supposed to."""
        asked = {"latest": turn.ts, "limit": LATELY, "inclusive": "true", "include_all_metadata": "true"}
        if last.get("ts"):
            asked["oldest"] = last["ts"]
        try:
            page = await messages_of(self._client, turn.channel, turn.thread, **asked)
        except (Busy, Undeliverable) as reason:
            logger.warning("Slack does not tell what stands before %s: %s.", turn.key, reason)
            return Scene.amid
        if page.has_more:  # people have written a lot since
            return Scene.amid
        before = [message for message in page.messages if float(message["ts"]) < float(turn.ts)]
        return _scene(sorted(before, key=lambda message: float(message["ts"])), turn.user, bot_user)


def _scene(before: list[dict[str, Any]], user: str, bot_user: str | None) -> Scene:
    """What stands before a message of somebody, by the messages before it in their order."""
    last = next((place for place in reversed(range(len(before))) if before[place].get("user") == bot_user), None)
    since = before if last is None else before[last + 1 :]
    if since and since[-1].get("user") != user and mentions(since[-1].get("text") or "", bot_user):
        return Scene.overheard  # what the other asks is being answered
    answered = last is None or owner_in(before[last]) == user
    talk = next((place for place, message in enumerate(since) if _is_talk(message, user, bot_user)), None)
    if talk is None:
        return Scene.answered if answered else Scene.overheard
    joined = any(message.get("user") == user for message in since[talk:])
    return Scene.resumed if last is not None and answered and not joined else Scene.amid


def _is_talk(message: dict[str, Any], user: str, bot_user: str | None) -> bool:
    """Whether a message is another person's, or one's own to another."""
    text = message.get("text") or ""
    return message.get("user") != user or (names_another(text, bot_user) and not mentions(text, bot_user))
