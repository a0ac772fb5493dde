"""Posts a question to the owner's own address, signed, so that the receiver knows that it is from this advisor."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from datetime import datetime, timezone

import aiohttp

from bot.handoff.left import Left

SIGNATURE = "X-Advisor-Signature"


class NotSent(Exception):
    """Why a try failed, in a few words without any of the visitor's."""


class Webhook:
    """POST application/json; any status from 200 to 299 means that the question has arrived. Nothing is followed."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    async def send(self, address: str, left: Left, *, timeout: float) -> None:
        """One try, of so many seconds at most; raises `NotSent`."""
        body = content(left)
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": left.id,  # the same at each try
            SIGNATURE: signature(self._secret, body, at=int(time.time())),
            "User-Agent": "career-advisor",
        }
        limit = aiohttp.ClientTimeout(total=timeout)
        try:
            async with (
                aiohttp.ClientSession(timeout=limit, cookie_jar=aiohttp.DummyCookieJar()) as session,
                session.post(address, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                status = answer.status
        except asyncio.TimeoutError as error:
            raise NotSent(f"no answer within {timeout:.0f} seconds") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NotSent(f"it cannot be reached, {type(error).__name__}") from error
        if not 200 <= status < 300:
            raise NotSent(f"it answered with HTTP {status}")


def content(left: Left) -> bytes:
    """What is posted: the question, how to reach who left it, where and when it was left; nothing else."""
    told = {
        "event": "question_left",
        "id": left.id,
        "question": left.question,
        "reach": left.reach,
        "reach_is": "mail" if "@" in left.reach else "phone",
        "channel": left.channel,
        "left_at": datetime.fromtimestamp(left.left_at, timezone.utc).isoformat(timespec="seconds"),
    }
    return json.dumps(told, ensure_ascii=False).encode()


def signature(secret: str, body: bytes, *, at: int) -> str:
    """`t=SECONDS,v1=HEX`: HMAC-SHA256 of the seconds since 1970, a dot and the body, with the secret they share."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"
