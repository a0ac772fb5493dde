"""Whether a request comes from Slack, just now and for the first time."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping

from slack_sdk.signature import SignatureVerifier

TIMESTAMP = re.compile(r"[0-9]{1,12}")
SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


async def is_slacks(
    body: bytes, headers: Mapping[str, str], *, secret: str, is_first: Callable[[str], Awaitable[bool]]
) -> bool:
    """Whether the signature is right, not older than five minutes, and not seen before by any of our servers.

    `is_first` tells whether a signature is seen for the first time, and remembers it.

    A retry of an event that Slack makes within the same second has the signature of the first request. It may
    pass: nothing is done twice for it, because the event is taken only once.
    """
    timestamp = headers.get("x-slack-request-timestamp", "")
    signature = headers.get("x-slack-signature", "")
    if not TIMESTAMP.fullmatch(timestamp) or not SIGNATURE.fullmatch(signature):
        return False
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    if not SignatureVerifier(secret).is_valid(text, timestamp, signature):
        return False
    return await is_first(signature) or ("x-slack-retry-num" in headers and _is_event(text))


def _is_event(text: str) -> bool:
    try:
        return json.loads(text).get("type") == "event_callback"
    except (ValueError, AttributeError):
        return False
