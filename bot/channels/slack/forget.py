"""Forgets what a person said in Slack, once they have confirmed it: asked by the command, or in the App Home."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.advisor import Advisor
from bot.channels.forgetting import told
from bot.channels.slack.blocks import HOME, forget_blocks, home, mrkdwn
from bot.channels.slack.delivery import deliver, respond
from bot.channels.slack.events import CHANNEL, FORGET, Turn, team_of
from bot.said import Amount, Said
from bot.scopes import forget_slack_turns, slack_conversations
from bot.store import Store


def of_forgetting(body: dict[str, Any]) -> Turn | None:
    """The turn of a person who confirms, or does not, that what they said be forgotten: always their own words."""
    action, user, view = body["actions"][0], body["user"]["id"], body.get("view") or {}
    if action["action_id"].partition("-")[0] != FORGET:
        return None
    once = view.get("hash") or (body.get("container") or {}).get("message_ts") or action.get("action_ts", "")
    return Turn(
        key=f"{CHANNEL}:{team_of(body)}:{HOME if view else body['channel']['id']}:{user}#{FORGET}-{once}",
        kind=FORGET,
        user=user,
        channel=HOME if view else body["channel"]["id"],
        text=action.get("value") or "",
        response_url=body.get("response_url") or "",
        ephemeral=not view,
    )


class Forgetting:
    """Asks, forgets, and says what was forgotten."""

    def __init__(self, client: AsyncWebClient, store: Store, advisor: Callable[[], Advisor]) -> None:
        self._client = client
        self._store = store
        self._said = Said(store)
        self._advisor = advisor

    async def do(self, turn: Turn) -> str:
        """Ask whether one is sure, or do what was answered; nothing is kept of it. Raises like `deliver`."""
        if turn.text == "yes":
            await self._show(turn, told(self._sentence, await self._forget(turn)))
        elif turn.text == "no":
            await self._show(turn, self._sentence("utter_forget_not"))
        else:
            sure = self._sentence("utter_forget_sure")
            reply = {"text": mrkdwn(sure), "blocks": forget_blocks(sure, turn.key), "response_type": "ephemeral"}
            await deliver(lambda: respond(turn.response_url, reply))
        return ""

    async def show_home(self, user: str, note: str = "") -> None:
        """Fill a person's App Home. Raises like `deliver`."""
        view = home(self._sentence("utter_help"), self._sentence("utter_forget_sure"), note)
        await deliver(lambda: self._client.views_publish(user_id=user, view=view))

    async def _forget(self, turn: Turn) -> Amount:
        """Forget one conversation after the other, each when what is being answered in it is done.

        The one in which it was asked is the last: this turn is kept in it, and is done again where a server dies.
        """
        line, team = self._advisor().line, turn.key.split(":")[1]
        theirs = await asyncio.to_thread(slack_conversations, self._store, turn.user, team)
        forgotten = Amount()
        for conversation in sorted(theirs, key=turn.conversation.__eq__):
            async with line.turn(f"{CHANNEL}:{turn.user}", conversation):
                forgotten += await asyncio.to_thread(self._said.forget, conversation)
        await asyncio.to_thread(forget_slack_turns, self._store, turn.user, team)
        return forgotten

    async def _show(self, turn: Turn, told: str) -> None:
        if not turn.response_url:
            return await self.show_home(turn.user, told)
        reply = {"text": mrkdwn(told), "replace_original": True}
        return await deliver(lambda: respond(turn.response_url, reply))

    def _sentence(self, response: str) -> str:
        return self._advisor().sentence(response, CHANNEL)
