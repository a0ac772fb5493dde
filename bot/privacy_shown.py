"""What is kept, in words for a person and as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import datetime, timezone
from typing import Any, TextIO

from bot import feedback, kept
from bot.events import EVENTS, SAID
from bot.said import Amount
from bot.scopes import Scope
from bot.store import Store

REST = "What was understood of each message, and what is remembered of the person, is in the export."


def told(amount: Amount) -> str:
    """How much, in words."""
    parts = [
        _counted(amount.conversations, "conversation"),
        f"{_counted(amount.messages, 'message')} of people ({_counted(amount.events, 'event')} in all)",
        _counted(amount.opinions, "piece") + " of feedback",
        _counted(amount.taken, "taken message"),
        *([_counted(amount.left, "question") + " left for people"] if amount.left else []),
    ]
    return ", ".join(parts)


def shown(store: Store, scope: Scope, amount: Amount) -> Iterator[str]:
    """What is kept, line by line: what was said in each conversation, feedback, messages taken."""
    yield f"Of {scope.name} are kept: {told(amount)}."
    for conversation in kept.conversations(store, scope):
        yield f"\n{conversation}"
        wanted = scope.events & (EVENTS.c.sender_id == conversation) & EVENTS.c.type_name.in_(SAID)
        yield from _said(each for each in kept.events(store, wanted))
    opinions = [feedback.shown(each) for each in kept.feedback(store, scope.feedback)]
    yield from ["\nFeedback", *opinions] if opinions else []
    taken = [_taken(each) for each in kept.taken(store, scope.taken)]
    yield from ["\nTaken messages", *taken] if taken else []
    left = [_left(each) for each in kept.left(store, scope.left)]
    yield from ["\nQuestions left for people", *left] if left else []
    for session in kept.ended(store, scope.ended):
        yield f"\nIts visitor has ended the session; that has to be known until {minute(session['until'])}."
    yield f"\n{REST}"


def export(store: Store, scope: Scope, file: TextIO, far: Callable[[int], None]) -> None:
    """Write all that is kept as one JSON object, a row a line; `far` hears how many events are written."""
    parts: dict[str, Iterable[dict[str, Any]]] = {
        "events": _counting(kept.events(store, scope.events), far),
        "feedback": map(asdict, kept.feedback(store, scope.feedback)),
        "taken": kept.taken(store, scope.taken),
        "ended": kept.ended(store, scope.ended),
        "left": kept.left(store, scope.left),
    }
    now = datetime.now(timezone.utc).isoformat(timespec="seconds")
    file.write(f'{{"of": {json.dumps(scope.name)}, "exported_at": {json.dumps(now)}')
    for name, rows in parts.items():
        file.write(f',\n"{name}": [')
        for number, row in enumerate(rows):
            file.write(("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False))
        file.write("]")
    file.write("}\n")


def minute(seconds: float | None) -> str:
    """A time as a person reads it."""
    if seconds is None:
        return "at an unknown time"
    return f"{datetime.fromtimestamp(seconds, timezone.utc):%Y-%m-%d %H:%M} UTC"


def _said(events: Iterable[dict[str, Any]]) -> Iterator[str]:
    titles: dict[str, str] = {}  # of buttons, which a person presses and Rasa keeps as what they mean
    for each in events:
        event = each["event"]
        buttons = (event.get("data") or {}).get("buttons") or []
        titles.update({button["payload"]: button["title"] for button in buttons})
        who, text = ("person ", event.get("text")) if event["event"] == "user" else ("advisor", event.get("text"))
        yield f"  {minute(each['at'])}  {who}  {_indented(titles.get(text, text) or '')}"


def _taken(message: dict[str, Any]) -> str:
    payload = message["payload"] or {}
    text = f"  {_indented(payload['text'])}" if isinstance(payload, dict) and payload.get("text") else ""
    return f"  {minute(message['taken_at'])}  {message['key']}{text}"


def _left(question: dict[str, Any]) -> str:
    outcome = "given up" if question["done_at"] else "not sent yet"
    if question["sent_at"]:
        outcome = f"sent at {minute(question['sent_at'])}"
    words = f"{question['question']} (to be reached at {question['reach']})"
    return f"  {minute(question['left_at'])}  to {question['receiver']}, {outcome}  {_indented(words)}"


def _indented(text: str) -> str:
    return text.strip().replace("\n", "\n    ")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _counting(rows: Iterable[dict[str, Any]], far: Callable[[int], None]) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(rows, 1):
        yield row
        far(number)
