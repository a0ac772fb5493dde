"""The events of a conversation -> what its page shows, so that it is still there on the next page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rasa.shared.core.events import BotUttered, Event, UserUttered

LONGEST = 200  # entries; older ones are not shown again
SIGNAL = "/signal_"  # what a channel says to the bot for a message that it could not pass on
MESSAGE_ID = "message_id"  # the key under which a message's metadata holds its id


@dataclass(frozen=True)
class Entry:
    """One thing said; a reply's id is that of the message it answers, a dot and its number."""

    who: str  # "person" or "advisor"
    id: str
    text: str
    buttons: list[dict[str, str]] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    question: str = ""  # what a reply answers


def reply_id(message_id: str, number: int) -> str:
    """The id of a message's reply, counted from 1."""
    return f"{message_id}.{number}"


def entries(events: Iterable[Event]) -> list[Entry]:
    """What was said, in order; a button that was pressed reads as its title, not as its payload."""
    said: list[Entry] = []
    titles: dict[str, str] = {}
    counts: Counter[str] = Counter()
    message_id, question = "", ""
    for number, event in enumerate(events):
        if isinstance(event, UserUttered):
            message_id = str((event.metadata or {}).get(MESSAGE_ID) or number)
            text = event.text or ""
            if not text.startswith(SIGNAL):
                question = titles.get(text, text)
                said.append(Entry("person", message_id, question))
        elif isinstance(event, BotUttered):
            buttons = event.data.get("buttons") or []
            titles.update({button.get("payload", ""): button.get("title", "") for button in buttons})
            counts[message_id] += 1
            said.append(
                Entry(
                    "advisor",
                    reply_id(message_id, counts[message_id]),
                    (event.text or "").strip(),
                    buttons,
                    (event.data.get("custom") or {}).get("sources") or [],
                    question,
                )
            )
    return said[-LONGEST:]
