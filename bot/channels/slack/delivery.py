"""Calls to Slack that wait as long as Slack says, outlast its failures, and tell a refused token from the rest."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, NamedTuple, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

PATIENCE = 3600  # seconds that a call is tried for
LONGEST_PAUSE = 60  # seconds, where Slack does not say how long to wait
TIMEOUT = 30  # seconds of one try
REFUSED = {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type"}
PASSING = {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}

Answer = TypeVar("Answer")
logger = logging.getLogger(__name__)


class Refused(Exception):
    """Slack does not accept the token, and won't until a person changes it; the text is Slack's word for why."""


class Undeliverable(Exception):
    """Slack does not take this message, however often it is tried; the text is Slack's word for why."""


class Busy(Exception):
    """Slack did not do it now; `pause` is how many seconds it wants to be left alone, if it says."""

    def __init__(self, why: str, pause: float | None = None) -> None:
        super().__init__(why)
        self.pause = pause


class Page(NamedTuple):
    """Messages as Slack tells them, and whether it has more."""

    messages: list[dict[str, Any]]
    has_more: bool


async def deliver(
    call: Callable[[], Awaitable[Answer]], *, already: Callable[[], Awaitable[bool]] | None = None
) -> Answer | None:
    """Call Slack until it answers; raises `Refused` or `Undeliverable`, the latter after an hour, too.

    Where a connection broke, Slack may have done what was asked: `already` finds out before the next try, and
    `None` is returned if so.
    """
    end = time.monotonic() + PATIENCE
    for pause in pauses():
        try:
            return await once(call)
        except Busy as reason:
            wait, unsure = (pause, True) if reason.pause is None else (reason.pause, False)
            if time.monotonic() + wait > end:
                raise Undeliverable(str(reason)) from reason
            logger.debug("Slack is busy (%s); trying again in %.1f seconds.", reason, wait)
        await asyncio.sleep(wait)
        if unsure and already and await already():
            return None
    return None


async def once(call: Callable[[], Awaitable[Answer]]) -> Answer:
    """One call; raises `Refused`, `Undeliverable` or `Busy` instead of slack_sdk's and aiohttp's errors."""
    try:
        return await call()
    except SlackApiError as error:
        raise _meant(error) from error
    except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
        raise Busy(f"{type(error).__name__}: {error}") from error


async def messages_of(client: AsyncWebClient, channel: str, thread: str | None = None, **which: Any) -> Page:
    """The messages of a thread, else of a channel; `which` of them, as Slack has the words. Raises like `once`."""
    method = "conversations.replies" if thread else "conversations.history"
    asked = {"channel": channel, "ts": thread, **which}
    answer = await once(lambda: client.api_call(method, data=asked))  # by POST, as emulators want it
    return Page(answer.get("messages") or [], bool(answer.get("has_more")))


def pauses() -> Iterator[float]:
    """Seconds to wait between tries: 1, 2, 4 … at most a minute, for ever."""
    pause = 1.0
    while True:
        yield pause
        pause = min(pause * 2, LONGEST_PAUSE)


async def respond(url: str, message: dict[str, Any]) -> None:
    """Answer through a response URL; raises like `once`."""
    answer = await AsyncWebhookClient(url, timeout=TIMEOUT, logger=logger, retry_handlers=[]).send_dict(message)
    if answer.status_code == 429:
        raise Busy("rate limited", _seconds(answer.headers))
    if answer.status_code >= 500:
        raise Busy(f"HTTP {answer.status_code}")
    if answer.status_code != 200:
        raise Undeliverable(f"HTTP {answer.status_code} {answer.body[:100]}")


def _meant(error: SlackApiError) -> Exception:
    response = error.response
    status = getattr(response, "status_code", None) or getattr(response, "status", 0)
    body = getattr(response, "data", None)
    word = body.get("error", "") if isinstance(body, dict) else ""
    if word in REFUSED:
        return Refused(word)
    if status == 429 or word in ("ratelimited", "rate_limited"):
        return Busy("rate limited", _seconds(response.headers))
    if status >= 500 or word in PASSING or not word:
        return Busy(word or f"HTTP {status}")
    return Undeliverable(word)


def _seconds(headers: Any) -> float:
    """How long to wait; Slack says it in whole seconds."""
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), "1")
    return float(said) if str(said).isdigit() else 1.0
