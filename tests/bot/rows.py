"""Rows as the servers write them, for tests of what is kept: what was said, what was thought of it, what was taken."""

from __future__ import annotations

import json
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy import insert, text

from bot.events import EVENTS
from bot.store import Store
from bot.tables import TAKEN

DAY = 24 * 3600  # seconds
# as Rasa's events come, four a turn, twenty a conversation, evenly over forty days
MANY = r"""
INSERT INTO events (sender_id, type_name, timestamp, data)
WITH RECURSIVE numbered(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbered WHERE n < :number - 1)
SELECT CASE (n / 20) % 2 WHEN 0 THEN 'web\:visitor' || (n / 20)
       ELSE 'slack\:T1\:C1\:17.' || (n / 20) || '\:U' || ((n / 20) % 501) END,
       CASE n % 4 WHEN 0 THEN 'user' WHEN 1 THEN 'bot' WHEN 2 THEN 'slot' ELSE 'action' END,
       :now - 40.0 * 86400 + n * (40.0 * 86400 / :number), '{"event"\: "user", "text"\: "words"}'
FROM numbered
"""


def opened(url: str) -> Store:
    """A database in which an advisor has run."""
    store = Store(url)
    SQLTrackerStore.SQLEvent.__table__.create(store.engine())
    return store


def say(store: Store, conversation: str, *texts: str, at: float | None = 1.0) -> None:
    """Things that a person said in a conversation at a time, each with its answer and what Rasa keeps beside it."""
    rows = []
    for said in texts:
        user = conversation.rpartition(":")[2] if conversation.startswith("slack:") else None
        for event in (
            {"event": "action", "name": "action_listen"},
            {"event": "user", "text": said, "metadata": {"user": user} if user else {}},
            {"event": "slot", "name": "fit", "value": {"fits": {"1": said}}},
            {"event": "bot", "text": f"On {said}:\n- a fact", "data": {}},
        ):
            data = json.dumps({**event, "timestamp": at})
            rows.append({"sender_id": conversation, "type_name": event["event"], "timestamp": at, "data": data})
    with store.engine().begin() as connection:
        connection.execute(insert(EVENTS), rows)


def take(store: Store, key: str, *, at: float = 1.0, result: str | None = "{}", **payload: Any) -> None:
    """A message that was taken at a time, of Slack with its turn."""
    told = json.dumps(payload) if payload else ""
    with store.engine().begin() as connection:
        connection.execute(insert(TAKEN).values(key=key, payload=told, taken_at=at, result=result))


def say_much(store: Store, number: int, *, now: float) -> None:
    """So many events over the forty days before a time."""
    with store.engine().begin() as connection:
        connection.execute(text(MANY), {"number": number, "now": now})


def left(store: Store) -> dict[str, int]:
    """How many rows each table has."""
    tables = ("events", "channel_feedback", "channel_taken", "channel_ended")
    with store.engine().connect() as connection:
        return {table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() for table in tables}
