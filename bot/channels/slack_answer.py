"""Does one turn: lets the advisor answer, and shows the answer where and as Slack has it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.advisor import Advisor
from bot.channels.conversation import UNAVAILABLE, Replies, converse
from bot.channels.slack_blocks import BLOCKS, answer_blocks, answer_text, chosen, clicked, home, question_block
from bot.channels.slack_delivery import Busy, Undeliverable, deliver, once, respond
from bot.channels.slack_events import CLICKS, Turn
from bot.store import Feedback, Store

CHANNEL = "slack"
HELP = "help"  # what is asked where somebody calls the advisor and says nothing
STATUS = "is looking it up …"
HURRY = 3  # seconds that the answer waits for the status to show
METADATA = "career_answer"  # marks our answers, so that a turn that a server died over is not answered twice
NOTES = {"feedback": "Thanks for telling.", "share": "Shared with the channel."}

logger = logging.getLogger(__name__)


class Answerer:
    """Answers turns with Slack's Web API and response URLs."""

    def __init__(self, client: AsyncWebClient, store: Store, advisor: Callable[[], Advisor]) -> None:
        self._client = client
        self._store = store
        self._advisor = advisor

    async def do(self, turn: Turn, again: bool) -> str:
        """Do a turn; returns what a later click needs of it. `again`: a server died over it.

        Raises `Refused` where the token is not accepted; what cannot be delivered is logged and given up.
        """
        try:
            if turn.kind in CLICKS:
                return await self._click(turn, again)
            return await self._say(turn, turn.text or HELP, again)
        except Undeliverable as reason:
            logger.warning("Slack does not take the answer to %s: %s.", turn.key, reason)
            return ""

    async def show_home(self, user: str) -> None:
        """Fill a person's App Home."""
        view = home(self._advisor().sentence("utter_help", CHANNEL))
        await deliver(lambda: self._client.views_publish(user_id=user, view=view))

    async def _say(self, turn: Turn, text: str, again: bool) -> str:
        if again and await self._posted(turn):
            return ""
        await self._show_status(turn)
        advisor, output = self._advisor(), Replies()
        said = {"conversation": turn.conversation, "visitor": f"{CHANNEL}:{turn.user}", "channel": CHANNEL}
        answered = await converse(advisor, text, **said, output=output)
        replies = output.messages if answered else [{"text": advisor.sentence(UNAVAILABLE, CHANNEL)}]
        shown = {"text": answer_text(replies), "blocks": answer_blocks(replies, turn.key, share=turn.ephemeral)}
        if turn.ephemeral:
            reply = {**shown, "response_type": "ephemeral", "replace_original": False}
            await deliver(lambda: respond(turn.response_url, reply))
        else:
            await self._post(turn, shown)
        return _kept_of(turn, replies)

    async def _post(self, turn: Turn, shown: dict[str, Any]) -> None:
        await deliver(
            lambda: self._client.chat_postMessage(
                channel=turn.channel,
                thread_ts=turn.thread,
                metadata={"event_type": METADATA, "event_payload": {"turn": turn.key}},
                unfurl_links=False,
                unfurl_media=False,
                **shown,
            ),
            already=lambda: self._posted(turn),
        )

    async def _posted(self, turn: Turn) -> bool:
        """Whether the answer to a turn stands in Slack; an ephemeral one cannot be found."""
        if turn.ephemeral:
            return False
        since = {"oldest": turn.ts, "limit": 100, "include_all_metadata": True}
        try:
            if turn.thread:
                read = self._client.conversations_replies(channel=turn.channel, ts=turn.thread, **since)
            else:
                read = self._client.conversations_history(channel=turn.channel, **since)
            messages = (await once(lambda: read)).get("messages") or []
        except (Busy, Undeliverable) as reason:  # then it is better said twice than never
            logger.warning("Slack does not tell whether %s is answered: %s.", turn.key, reason)
            return False
        payloads = [(message.get("metadata") or {}).get("event_payload") or {} for message in messages]
        return any(payload.get("turn") == turn.key for payload in payloads)

    async def _show_status(self, turn: Turn) -> None:
        """Slack shows a status in threads only, and takes it away with the answer; without it nothing is lost."""
        if turn.ephemeral or not turn.thread:
            return
        status = self._client.assistant_threads_setStatus(channel_id=turn.channel, thread_ts=turn.thread, status=STATUS)
        try:
            await once(lambda: asyncio.wait_for(status, HURRY))
        except (Busy, Undeliverable) as reason:
            logger.debug("Slack shows no status for %s: %s.", turn.key, reason)

    async def _click(self, turn: Turn, again: bool) -> str:
        if turn.kind == "share":
            await self._share(turn)
        if turn.kind == "feedback":
            told = turn.shown.get("text") or answer_text((await self._kept(turn.origin)).get("replies", []))
            feedback = Feedback(turn.conversation, told, helpful=turn.text == "yes")
            await asyncio.to_thread(self._store.add_feedback, feedback)
        try:
            await self._replace_buttons(turn)
        except Undeliverable as reason:  # the message may be gone; what was asked is answered all the same
            logger.warning("Slack does not change the message of %s: %s.", turn.key, reason)
        return await self._say(turn, turn.text, again) if turn.kind == "choice" else _kept_of(turn)

    async def _share(self, turn: Turn) -> None:
        """Show everybody in the channel who asked what, and the answer without its buttons."""
        kept = await self._kept(turn.origin)
        answer = answer_blocks(kept.get("replies", []), turn.origin)
        blocks = [question_block(turn.user, kept.get("asked", "")), *(b for b in answer if b["type"] != "actions")]
        message = {"text": answer_text(kept.get("replies", [])), "blocks": blocks[:BLOCKS]}
        await deliver(lambda: respond(turn.response_url, {**message, "response_type": "in_channel"}))

    async def _replace_buttons(self, turn: Turn) -> None:
        """Put a note in the place of the buttons used on this message, by this click or by one before."""
        shown = turn.shown
        if turn.ephemeral:  # Slack does not tell what stands in such a message
            replies = (await self._kept(turn.origin)).get("replies", [])
            shown = {"text": answer_text(replies), "blocks": answer_blocks(replies, turn.origin, share=True)}
        blocks = shown.get("blocks", [])
        for kind in CLICKS:
            used = {"asked": turn.label} if kind == turn.kind else await self._kept(turn.click(kind))
            if used:
                blocks = clicked(blocks, kind, NOTES.get(kind) or chosen(used["asked"]))
        message = {"text": shown.get("text", ""), "blocks": blocks}
        if turn.ephemeral:
            await deliver(lambda: respond(turn.response_url, {**message, "replace_original": True}))
        else:
            await deliver(lambda: self._client.chat_update(channel=turn.channel, ts=turn.ts, **message))

    async def _kept(self, key: str) -> dict[str, Any]:
        """What was kept of a turn; empty where there was none, or it is not done yet."""
        return json.loads(await asyncio.to_thread(self._store.result, key) or "{}")


def _kept_of(turn: Turn, replies: list[dict[str, Any]] | None = None) -> str:
    """What later clicks need of a turn. The words of an answer only where Slack will not show them to us again."""
    return json.dumps({"asked": turn.label or turn.text or HELP, "replies": (replies or []) if turn.ephemeral else []})
