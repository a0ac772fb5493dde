"""The events of a conversation -> what its page shows, so that it is still there on the next page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.said import Event, Said

PAGE = 50  # entries, or a few more to begin with a question
CONTEXT = 20  # entries before a page that are looked at for the buttons that were pressed in it
SIGNAL = "/signal_"  # what a channel says to the bot for a message that it could not pass on
MESSAGE_ID = "message_id"  # the key under which a message's metadata holds its id


@dataclass(frozen=True)
class Entry:
    """One thing said; a reply's id is that of the message it answers, a dot and its number."""

    who: str  # "person" or "advisor"
    id: str
    text: str
    buttons: list[dict[str, str]] = field(default_factory=list)
    sources: list[dict[str, object]] = field(default_factory=list)
    question: str = ""  # what a reply answers


def reply_id(message_id: str, number: int) -> str:
    """The id of a message's reply, counted from 1."""
    return f"{message_id}.{number}"


def page(said: Said, conversation: str, *, before: int | None = None) -> tuple[list[Entry], int | None]:
    """What was said last, or last before an earlier page, and what to ask the page before it with, if there is one.

    A message that could not be answered and was sent again stands on the page of its answer alone.
    """
    events = said.page(conversation, before=before, most=PAGE + CONTEXT)
    first = 0
    if len(events) == PAGE + CONTEXT:
        first = next((place for place, (_, event) in enumerate(events) if place >= CONTEXT and _asks(event)), CONTEXT)
    shown = entries(events[first:], before=events[:first])
    if before is not None:
        answered = {each.id.rpartition(".")[0] for each in shown if each.who == "advisor"}
        open_ = [each for each in shown if each.who == "person" and each.id not in answered]
        again = [each for each in open_ if said.asked_again(conversation, {MESSAGE_ID: each.id}, since=before)]
        shown = [each for each in shown if each not in again]
    return shown, events[first][0] if first else None


def entries(events: Iterable[Event], *, before: Iterable[Event] = ()) -> list[Entry]:
    """What was said, in order; a button that was pressed reads as its title, not as its payload.

    A message that could not be answered and was sent again stands there once. `before` are events that stand
    before these and are not shown.
    """
    said: list[Entry] = []
    titles = {payload: title for _, event in before for payload, title in _titles(event)}
    counts: Counter[str] = Counter()
    message_id, question = "", ""
    for number, event in events:
        if _asks(event):
            message_id = str((event.get("metadata") or {}).get(MESSAGE_ID) or number)
            text = event.get("text") or ""
            if not text.startswith(SIGNAL) or text in titles:  # a button may bring a signal, too
                question = titles.get(text, text)
                said = [each for each in said if each.id != message_id]
                said.append(Entry("person", message_id, question))
        else:
            shown = event.get("data") or {}
            titles.update(_titles(event))
            counts[message_id] += 1
            said.append(
                Entry(
                    "advisor",
                    reply_id(message_id, counts[message_id]),
                    (event.get("text") or "").strip(),
                    shown.get("buttons") or [],
                    (shown.get("custom") or {}).get("sources") or [],
                    question,
                )
            )
    return said


def _asks(event: dict[str, object]) -> bool:
    return event["event"] == "user"


def _titles(event: dict) -> list[tuple[str, str]]:
    buttons = (event.get("data") or {}).get("buttons") or []
    return [(button.get("payload", ""), button.get("title", "")) for button in buttons]
