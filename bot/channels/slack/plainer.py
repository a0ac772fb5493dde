"""An answer in Slack's blocks of today, and again in plainer ones where a workspace or its plan does not take those."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from bot.channels.slack.blocks import answer_blocks, answer_text
from bot.channels.slack.delivery import Undeliverable

NOT_TAKEN = (  # Slack's words for blocks that it does not show
    "invalid_blocks",
    "invalid_attachments",  # a second table
    "feature_not_enabled",
    "not_allowed_for_plan",
    "msg_blocks_too_long",
)

Message = dict[str, Any]  # text, and blocks
Answer = TypeVar("Answer")
logger = logging.getLogger(__name__)


def versions(replies: list[dict[str, Any]], key: str, *, share: bool = False) -> list[Message]:
    """The message of some replies, each version plainer than the one before; the last is its text alone."""
    text = answer_text(replies)
    blocks = [answer_blocks(replies, key, share=share, simple=simple) for simple in (False, True)]
    return [{"text": text, "blocks": each} for each in blocks[: 1 if blocks[0] == blocks[1] else 2]] + [{"text": text}]


async def as_slack_takes(versions: list[Message], send: Callable[[Message], Awaitable[Answer]]) -> Answer:
    """Send the first version that Slack takes; raises like `send`, where it is not the blocks that Slack refuses."""
    for plainer, version in enumerate(versions, start=1):
        try:
            return await send(version)
        except Undeliverable as reason:
            if plainer == len(versions) or not any(word in str(reason) for word in NOT_TAKEN):
                raise
            logger.info("Slack does not take a message (%s); sending it in a plainer form.", reason)
    raise ValueError("There is no version to send.")
