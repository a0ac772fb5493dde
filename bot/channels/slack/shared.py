"""The words of messages that somebody forwards or shares: Slack has them as attachments of the new message; pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

MOST = 5  # messages shared at once


def shared_words(event: dict[str, Any]) -> str:
    """What stands in the messages that a message shares, as Slack writes it; empty where it shares none.

    Other attachments, such as the preview of a page, are nobody's words.
    """
    shared = [each for each in event.get("attachments") or [] if each.get("is_share") or each.get("is_msg_unfurl")]
    return "\n".join(filter(None, map(_words, shared[:MOST])))


def _words(attachment: dict[str, Any]) -> str:
    if attachment.get("text"):
        return attachment["text"]
    messages = [each.get("message") or {} for each in attachment.get("message_blocks") or []]
    blocks = [block for message in messages for block in message.get("blocks") or []]
    return "\n".join("".join(_texts(block)) for block in blocks) or attachment.get("fallback") or ""


def _texts(part: dict[str, Any]) -> Iterator[str]:
    """The words in a block of rich text, whose parts nest; of another block those of its text."""
    if part.get("type") == "link":
        yield part.get("text") or part.get("url") or ""
    elif isinstance(part.get("text"), str):
        yield part["text"]
    elif isinstance(part.get("text"), dict):
        yield part["text"].get("text") or ""
    for inner in part.get("elements") or []:
        yield from _texts(inner)
    if part.get("type") in ("rich_text_section", "rich_text_preformatted", "rich_text_quote"):
        yield "\n"
