"""Posts a question that a visitor left to the owner's Slack channel, every word of it as plain text."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.delivery import Busy, Refused, Undeliverable, messages_of, once
from bot.channels.slack.text import escaped
from bot.handoff.left import Left
from bot.handoff.webhook import NotSent

EVENT = "career_question"
SECTION = 3000  # characters of a block's text that Slack takes
WHERE = {"web": "on the website", "slack": "in Slack", "rest": "in a program"}


class SlackReceiver:
    """Posts by the app's own token, which has to be a member of the channel."""

    def __init__(self, token: str, api_url: str = "") -> None:
        self._token = token
        self._address = {"base_url": api_url.rstrip("/") + "/"} if api_url else {}

    async def send(self, channel: str, left: Left, *, timeout: float) -> None:
        """One try, of so many seconds at most; raises `NotSent`."""
        client = AsyncWebClient(self._token, timeout=int(timeout) or 1, retry_handlers=[], **self._address)
        try:
            await asyncio.wait_for(self._send(client, channel, left), timeout)
        except asyncio.TimeoutError as error:
            raise NotSent(f"no answer within {timeout:.0f} seconds") from error
        except (Busy, Refused, Undeliverable) as error:
            raise NotSent(f"Slack says “{error}”") from error

    async def _send(self, client: AsyncWebClient, channel: str, left: Left) -> None:
        if left.tries and await _stands(client, channel, left):  # the answer to a try before was lost
            return
        where = {"channel": channel, "unfurl_links": False, "unfurl_media": False}
        marked = {"event_type": EVENT, "event_payload": {"question": left.id}}
        await once(lambda: client.chat_postMessage(**where, metadata=marked, **message(left)))


def message(left: Left) -> dict[str, Any]:
    """The message; nothing in it is a mention, a link with another name, or a format of the visitor's."""
    told = f"A question left with the career advisor {WHERE.get(left.channel, '')}".strip()
    return {
        "text": escaped(f"{told}: {left.question}\nTo be reached at: {left.reach}"),
        "blocks": [_section(told), _section(left.question), _section(f"To be reached at: {left.reach}")],
        "mrkdwn": False,
    }


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "plain_text", "text": text[:SECTION], "emoji": False}}


async def _stands(client: AsyncWebClient, channel: str, left: Left) -> bool:
    """Whether it was posted by a try before; where Slack does not tell, it is better posted twice than never."""
    since = {"oldest": f"{left.left_at - 60:.6f}", "limit": 100, "include_all_metadata": "true"}
    try:
        page = await messages_of(client, channel, **since)
    except (Busy, Undeliverable):
        return False
    payloads = ((each.get("metadata") or {}).get("event_payload") or {} for each in page.messages)
    return any(payload.get("question") == left.id for payload in payloads)
