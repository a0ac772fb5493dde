"""Questions and answers as Rasa keeps them, for the desk's tests."""

from __future__ import annotations

import json
import time
from typing import Any

from sqlalchemy import insert

from bot.events import EVENTS
from bot.store import Store


def told(sentence: str, text: str = "An answer.", **custom: Any) -> dict[str, Any]:
    """A reply."""
    return {"event": "bot", "text": text, "metadata": {"utter_action": sentence}, "data": {"custom": custom or None}}


ANSWERED = told(
    "utter_pay", "It pays well.", kind="pay", sources=[{"document": "zookeeper", "quote": "It pays"}], gap=False
)
LACKING = told("utter_lacks", "It may.", kind="pay", sources=[{"document": "zookeeper", "quote": "It may"}], gap=True)
GAP = told("utter_gap", "The page does not say what it pays.", kind="pay", sources=[], gap=True)
GREETED = told("utter_greet", "Hello!")
WHICH = told("utter_which", "Which of these?", kind="which", sources=[{"document": "zookeeper"}])
LOST = told("utter_help", "I can tell you what a job is.")


def ask(
    store: Store,
    text: str,
    *replies: dict[str, Any],
    conversation: str = "web:v1",
    at: float | None = None,
    intent: str = "ask_pay",
    occupation: str | None = "zookeeper",
) -> int:
    """A question of a visitor's with its replies; returns the number of its event."""
    named = [{"entity": "occupation", "value": occupation}] if occupation else []
    if named and occupation in text.casefold():
        start = text.casefold().index(occupation)
        named[0] |= {"start": start, "end": start + len(occupation)}
    asked = {"event": "user", "text": text, "parse_data": {"intent": {"name": intent}, "entities": named}}
    numbers = []
    with store.engine().begin() as connection:
        for event in ({"event": "action", "name": "action_listen"}, asked, *replies):
            values = {
                "sender_id": conversation,
                "type_name": event["event"],
                "timestamp": time.time() if at is None else at,
                "data": json.dumps(event),
            }
            numbers.append(connection.execute(insert(EVENTS).values(**values)).inserted_primary_key[0])
    return numbers[1]
