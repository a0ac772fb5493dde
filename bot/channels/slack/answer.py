"""Does one turn: lets the advisor answer, and shows the answer where and as Slack has it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.advisor import Advisor
from bot.channels.conversation import UNAVAILABLE, Replies, converse
from bot.channels.slack.blocks import noted
from bot.channels.slack.click import Clicks
from bot.channels.slack.delivery import Busy, Undeliverable, deliver, messages_of, respond
from bot.channels.slack.events import CHANNEL, CLICKS, EDIT, FORGET, HELP, Turn, kept_of
from bot.channels.slack.forget import Forgetting
from bot.channels.slack.metadata import answers, metadata_of
from bot.channels.slack.plainer import Message, as_slack_takes, versions
from bot.channels.slack.sessions import Sessions
from bot.channels.slack.turns import Turns
from bot.store import Store

ASKS_BACK = ("which", "suggestions", "fit")  # the kinds of replies that wait for an answer
USER = "user"  # the key under which a message's metadata holds who said it

logger = logging.getLogger(__name__)


def asks_back(replies: list[dict[str, Any]]) -> bool:
    """Whether the last of some replies waits for an answer."""
    last = replies[-1] if replies else {}
    return (last.get("custom") or {}).get("kind") in ASKS_BACK or last.get("text", "").endswith("?")


class Offering:
    """The advisor as one has it who clicks in what another has asked: what it offered there, it has offered to them."""

    def __init__(self, advisor: Advisor, owner: str) -> None:
        self._advisor = advisor
        self._owner = owner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._advisor, name)

    async def offered(self, conversation: str, payload: str) -> bool:
        return await self._advisor.offered(self._owner, payload)


class Answerer:
    """Answers turns with Slack's Web API and response URLs."""

    def __init__(
        self, client: AsyncWebClient, store: Store, advisor: Callable[[], Advisor], turns: Turns, sessions: Sessions
    ) -> None:
        self._client = client
        self._advisor = advisor
        self._turns = turns
        self._sessions = sessions
        self._clicks = Clicks(client, store, advisor, self._say)
        self._forgetting = Forgetting(client, store, advisor)

    async def do(self, turn: Turn, again: bool) -> str:
        """Do a turn; returns what a later click needs of it. `again`: a server died over it.

        Raises `Refused` where the token is not accepted; what cannot be delivered is logged and given up.
        """
        try:
            if turn.kind == FORGET:
                return await self._forgetting.do(turn)
            if turn.kind in CLICKS:
                return await self._clicks.do(turn, again)
            return await self._say(turn, turn.text or HELP, again)
        except Undeliverable as reason:
            logger.warning("Slack does not take the answer to %s: %s.", turn.key, reason)
            return ""

    async def show_home(self, user: str) -> None:
        """Fill a person's App Home."""
        await self._forgetting.show_home(user)

    async def stopped(self, channel: str, thread: str, *, said: bool) -> None:
        """Show that nothing is worked on any more in a thread; `said`: and say so. Raises like `deliver`."""
        if said:
            text = self._advisor().sentence("utter_stopped", CHANNEL)
            await deliver(lambda: self._client.chat_postMessage(channel=channel, thread_ts=thread, text=text))
        await self._sessions.end(channel, thread)

    async def _say(self, turn: Turn, text: str, again: bool) -> str:
        if again and await self._posted(turn):
            return ""
        advisor = self._advisor()
        begun = await self._sessions.begin(turn, is_new=not await advisor.knows(turn.conversation))
        try:
            return await self._answer(turn, text, advisor)
        finally:
            if begun:
                await self._sessions.end(turn.channel, turn.thread or turn.ts)

    async def _answer(self, turn: Turn, text: str, advisor: Advisor) -> str:
        output = Replies()
        answered = await converse(
            Offering(advisor, turn.owner),
            text,
            conversation=turn.conversation,
            visitor=f"{CHANNEL}:{turn.user}",
            channel=CHANNEL,
            output=output,
            metadata={USER: turn.user},
        )
        replies = output.messages if answered else [{"text": advisor.sentence(UNAVAILABLE, CHANNEL)}]
        if await self._turns.is_stopped(turn):
            return ""
        shown = versions(replies, turn.key, share=turn.ephemeral)
        posted = ""
        if turn.ephemeral:
            if not await self._turns.begins_sending(turn):  # a server died in the moment of sending it
                note = advisor.sentence("utter_perhaps_again", CHANNEL)
                shown = [noted(each, note) for each in shown]
            how = {"response_type": "ephemeral", "replace_original": False}
            await as_slack_takes(shown, lambda one: deliver(lambda: respond(turn.response_url, {**one, **how})))
        else:
            if turn.kind == EDIT:
                posted = await self._replace(turn, shown)
            if not posted:
                posted = await self._post(turn, shown)
                await self._turns.answered(turn, ts=posted, asks=asks_back(replies))
        return kept_of(turn, replies, ts=posted)

    async def _replace(self, turn: Turn, shown: list[Message]) -> str:
        """Put an answer in the place of that to the message before it was edited; returns its timestamp, or nothing."""
        before = (await self._turns.kept(turn.origin)).get("answer") or await self._found(turn, turn.origin)
        if not before:
            return ""
        where = {"channel": turn.channel, "ts": before, "metadata": metadata_of(turn.key, turn.origin)}
        try:
            await as_slack_takes(shown, lambda one: deliver(lambda: self._client.chat_update(**where, **one)))
        except Undeliverable as reason:  # it may be deleted by now
            logger.warning("Slack does not change the answer of %s: %s.", turn.key, reason)
            return ""
        return before

    async def _post(self, turn: Turn, shown: list[Message]) -> str:
        """Post an answer; returns its timestamp, empty where Slack took it and did not come to say so."""
        where = {
            "channel": turn.channel,
            "thread_ts": turn.thread,
            "metadata": metadata_of(turn.key, turn.origin if turn.kind == EDIT else ""),
            "unfurl_links": False,
            "unfurl_media": False,
        }
        posted = await as_slack_takes(
            shown,
            lambda one: deliver(
                lambda: self._client.chat_postMessage(**where, **one), already=lambda: self._posted(turn)
            ),
        )
        return posted["ts"] if posted else ""

    async def _posted(self, turn: Turn) -> bool:
        """Whether the answer to a turn stands in Slack."""
        return bool(await self._found(turn, turn.key))

    async def _found(self, turn: Turn, key: str) -> str:
        """The timestamp of the answer that stands in Slack to the turn of a key, near a turn; empty where none does.

        An ephemeral one cannot be found.
        """
        if turn.ephemeral:
            return ""
        since = {"oldest": turn.ts, "limit": 100, "include_all_metadata": "true"}
        try:
            page = await messages_of(self._client, turn.channel, turn.thread, **since)
        except (Busy, Undeliverable) as reason:  # then it is better said twice than never
            logger.warning("Slack does not tell whether %s is answered: %s.", turn.key, reason)
            return ""
        return next((message["ts"] for message in page.messages if answers(message, key)), "")
