"""Does what a click on an answer asks for: says what was chosen, keeps what was thought of it, or shares it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.advisor import Advisor
from bot.channels.slack.blocks import answer_text, chosen, clicked, question_block, shared
from bot.channels.slack.delivery import Busy, Undeliverable, deliver, messages_of, respond
from bot.channels.slack.events import CHANNEL, CLICKS, Turn, kept_of
from bot.channels.slack.plainer import as_slack_takes, versions
from bot.store import Feedback, Store

NOTES = {"feedback": "Thanks for telling.", "share": "Shared with the channel."}

logger = logging.getLogger(__name__)


class Clicks:
    """`say` answers a turn that says something, and returns what is kept of it."""

    def __init__(
        self,
        client: AsyncWebClient,
        store: Store,
        advisor: Callable[[], Advisor],
        say: Callable[[Turn, str, bool], Awaitable[str]],
    ) -> None:
        self._client = client
        self._store = store
        self._advisor = advisor
        self._say = say

    async def do(self, turn: Turn, again: bool) -> str:
        """Do a turn of one of CLICKS; returns what is kept of it. Raises like `deliver`."""
        if turn.ephemeral and not await self._kept(turn.origin):
            return await self._in_forgotten(turn, again)
        if turn.kind == "share" and not (again and await self._is_shared(turn)):
            await self._share(turn)
        if turn.kind == "feedback":
            await self._keep_feedback(turn)
        try:
            await self._replace_buttons(turn)
        except Undeliverable as reason:  # the message may be gone; what was asked is answered all the same
            logger.warning("Slack does not change the message of %s: %s.", turn.key, reason)
        return await self._say(turn, await self._chosen(turn), again) if turn.kind == "choice" else kept_of(turn)

    async def _in_forgotten(self, turn: Turn, again: bool) -> str:
        """Slack still shows an answer to one person, and does not tell us what stands in it."""
        if turn.kind == "choice":
            return await self._say(turn, await self._chosen(turn), again)
        reply = {"text": self._advisor().sentence("utter_forgotten_answer", CHANNEL), "replace_original": False}
        await deliver(lambda: respond(turn.response_url, reply))
        return ""

    async def _chosen(self, turn: Turn) -> str:
        """What a button means: its label, where the answer that offered it is forgotten and stands in Slack only."""
        return turn.text if await self._advisor().offered(turn.owner, turn.text) else turn.label

    async def _keep_feedback(self, turn: Turn) -> None:
        """It is forgotten with the words that it is about, and does not bring those back that are."""
        told = turn.shown.get("text") or answer_text((await self._kept(turn.origin)).get("replies", []))
        words = told if await self._advisor().knows(turn.owner) else ""
        feedback = Feedback(turn.owner if words else "", words, helpful=turn.text == "yes")
        await asyncio.to_thread(self._store.add_feedback, feedback)

    async def _share(self, turn: Turn) -> None:
        """Show everybody in the channel who asked what, and the answer without its buttons."""
        kept = await self._kept(turn.origin)
        asked = question_block(turn.user, kept.get("asked", ""), turn.key)
        shown = [shared(each, asked) for each in versions(kept.get("replies", []), turn.origin)]
        shown.append({"text": shown[-1]["text"]})  # where no blocks are taken at all
        how = {"response_type": "in_channel"}
        await as_slack_takes(
            shown,
            lambda one: deliver(
                lambda: respond(turn.response_url, {**one, **how}), already=lambda: self._is_shared(turn)
            ),
        )

    async def _is_shared(self, turn: Turn) -> bool:
        """Whether what a click shares stands in the channel; where we are no member of it, Slack does not tell."""
        try:
            page = await messages_of(self._client, turn.channel, oldest=turn.ts, limit=100)
        except (Busy, Undeliverable) as reason:
            logger.warning("Slack does not tell whether %s is done: %s.", turn.key, reason)
            return False
        wanted = question_block("", "", turn.key)["block_id"]
        blocks = (block for message in page.messages for block in message.get("blocks") or [])
        return any(block.get("block_id") == wanted for block in blocks)

    async def _replace_buttons(self, turn: Turn) -> None:
        """Put a note in the place of the buttons used on this message, by this click or by one before."""
        shown = [{"text": turn.shown.get("text", ""), "blocks": turn.shown.get("blocks", [])}]
        if turn.ephemeral:  # Slack does not tell what stands in such a message
            shown = versions((await self._kept(turn.origin)).get("replies", []), turn.origin, share=True)
        for kind in CLICKS:
            used = {"asked": turn.label} if kind == turn.kind else await self._kept(turn.click(kind))
            if used:
                note = NOTES.get(kind) or chosen(used["asked"])
                shown = [{**each, "blocks": clicked(each.get("blocks", []), kind, note)} for each in shown]
        if turn.ephemeral:
            how = {"replace_original": True}
            await as_slack_takes(shown, lambda one: deliver(lambda: respond(turn.response_url, {**one, **how})))
        else:
            where = {"channel": turn.channel, "ts": turn.ts}
            await as_slack_takes(shown, lambda one: deliver(lambda: self._client.chat_update(**where, **one)))

    async def _kept(self, key: str) -> dict[str, Any]:
        """What was kept of a turn; empty where there was none, or it is not done yet."""
        return json.loads(await asyncio.to_thread(self._store.result, key) or "{}")
