"""What was said, as Rasa's table of events keeps it: read page by page, forgotten at a word, and left to age."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Float, Integer, MetaData, String, Table, Text, delete, func, select, update
from sqlalchemy.engine import Connection

from bot.store import ENDED, FEEDBACK, TAKEN, Store

EVENTS = Table(  # Rasa makes it (rasa.core.tracker_store), and can delete nothing
    "events",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("sender_id", String(255)),
    Column("type_name", String(255)),
    Column("timestamp", Float),  # seconds since 1970
    Column("data", Text),
)
SAID = ("user", "bot")  # Rasa's names of the events that people see
STEP = 500  # rows that are dropped at once, so that nobody waits for it
WORDS = {"answer": "", "question": "", "why": "", "conversation": ""}  # what feedback keeps of them once forgotten

Event = tuple[int, dict[str, Any]]  # the row's id, and what Rasa kept


class Said:
    """The words in the tracker database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def page(self, conversation: str, *, before: int | None = None, most: int) -> list[Event]:
        """The last `most` things that were said in a conversation, before one of them, in order."""
        wanted = select(EVENTS.c.id, EVENTS.c.data).where(_of(conversation), EVENTS.c.type_name.in_(SAID))
        if before is not None:
            wanted = wanted.where(EVENTS.c.id < before)
        with self._store.engine().connect() as connection:
            rows = connection.execute(wanted.order_by(EVENTS.c.id.desc()).limit(most)).all()
        return [(row.id, json.loads(row.data)) for row in reversed(rows)]

    def conversations(self, prefix: str = "", *, since: float = 0.0, until: float = float("inf")) -> list[str]:
        """The conversations whose id begins so, and in which something was said between two times."""
        wanted = (
            select(EVENTS.c.sender_id)
            .where(EVENTS.c.sender_id.startswith(prefix, autoescape=True), EVENTS.c.timestamp >= since)
            .where(EVENTS.c.timestamp < min(until, 1e15))
            .group_by(EVENTS.c.sender_id)
            .order_by(func.min(EVENTS.c.id))
        )
        with self._store.engine().connect() as connection:
            return list(connection.execute(wanted).scalars())

    def everything(self, conversation: str) -> Iterator[Event]:
        """All that was said in a conversation, in order, a page at a time."""
        last = 0
        wanted = select(EVENTS.c.id, EVENTS.c.data).where(_of(conversation), EVENTS.c.type_name.in_(SAID))
        while True:
            with self._store.engine().connect() as connection:
                rows = connection.execute(wanted.where(EVENTS.c.id > last).order_by(EVENTS.c.id).limit(STEP)).all()
            yield from ((row.id, json.loads(row.data)) for row in rows)
            if len(rows) < STEP:
                return
            last = rows[-1].id

    def forget(self, conversation: str) -> int:
        """Drop all that was said in a conversation, of feedback its words too; returns how many events went."""
        mark = "#" if conversation.startswith("slack:") else ":"  # between it and what was said, in a message's key
        theirs = TAKEN.c.key.startswith(conversation + mark, autoescape=True)
        with self._store.engine().begin() as connection:
            connection.execute(delete(TAKEN).where(theirs))
            connection.execute(update(FEEDBACK).where(FEEDBACK.c.conversation == conversation).values(**WORDS))
            return connection.execute(delete(EVENTS).where(_of(conversation))).rowcount

    def age(self, before: float) -> bool:
        """Drop some of what is older than a time; returns whether there may be more."""
        with self._store.engine().begin() as connection:
            dropped = [
                _drop_some(connection, table, column, before)
                for table, column in (
                    (EVENTS, EVENTS.c.timestamp),
                    (FEEDBACK, FEEDBACK.c.given_at),
                    (TAKEN, TAKEN.c.taken_at),
                    (ENDED, ENDED.c.until),
                )
            ]
        return max(dropped) == STEP


def _of(conversation: str) -> Any:
    return EVENTS.c.sender_id == conversation


def _drop_some(connection: Connection, table: Table, column: Column, before: float) -> int:
    """Rows are numbered as they come, so the oldest are found at the low end of the key, without an index of times."""
    key = list(table.primary_key)[0]
    oldest = select(key, column).order_by(key if table is EVENTS else column).limit(STEP)
    old = [row[0] for row in connection.execute(oldest) if row[1] is not None and row[1] < before]
    if old:
        connection.execute(delete(table).where(key.in_(old)))
    return len(old)
