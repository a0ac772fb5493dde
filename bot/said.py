"""What was said, as Rasa's table of events keeps it: read page by page, forgotten at a word, and left to age."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.sql.elements import ColumnElement

from bot.events import EVENTS, SAID, STEP, begins, drop, oldest
from bot.store import Store
from bot.tables import ENDED, FEEDBACK, LEFT, TAKEN

WORDS = {"answer": "", "question": "", "why": "", "conversation": ""}  # what feedback keeps of them once forgotten

Event = tuple[int, dict[str, Any]]  # the row's id, and what Rasa kept


@dataclass(frozen=True)
class Amount:
    """How much is kept, or was forgotten; a message is what a person said, an event also all that followed from it."""

    conversations: int = 0
    messages: int = 0
    events: int = 0
    opinions: int = 0
    taken: int = 0
    left: int = 0  # questions left for people, one for each receiver

    def __add__(self, other: Amount) -> Amount:
        return Amount(*map(sum, zip(astuple(self), astuple(other))))


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

    def asked_again(self, conversation: str, metadata: dict[str, str], *, since: int) -> bool:
        """Whether a person's message of such metadata is in a conversation, at an event or behind it."""
        written = EVENTS.c.data.contains(json.dumps(metadata)[1:-1], autoescape=True)
        theirs = _of(conversation) & (EVENTS.c.id >= since) & (EVENTS.c.type_name == "user")
        with self._store.engine().connect() as connection:
            return connection.execute(select(EVENTS.c.id).where(theirs, written).limit(1)).first() is not None

    def any(self, prefix: str) -> bool:
        """Whether there is a conversation whose id begins so."""
        engine = self._store.engine()
        wanted = select(EVENTS.c.id).where(begins(engine, EVENTS.c.sender_id, prefix)).limit(1)
        with engine.connect() as connection:
            return connection.execute(wanted).first() is not None

    def conversations(self, prefix: str = "", *, since: float = 0.0, until: float = float("inf")) -> list[str]:
        """The conversations whose id begins so, and in which something was said between two times."""
        engine = self._store.engine()
        wanted = (
            select(EVENTS.c.sender_id)
            .where(begins(engine, EVENTS.c.sender_id, prefix), EVENTS.c.timestamp >= since)
            .where(EVENTS.c.timestamp < min(until, 1e15))
            .group_by(EVENTS.c.sender_id)
            .order_by(func.min(EVENTS.c.id))
        )
        with engine.connect() as connection:
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

    def forget(self, conversation: str) -> Amount:
        """Drop all that was said in a conversation, of feedback its words too; returns how much went."""
        engine = self._store.engine()
        people = _of(conversation) & (EVENTS.c.type_name == "user")
        with engine.begin() as connection:
            messages = connection.execute(select(func.count()).where(people)).scalar()
            taken = connection.execute(delete(TAKEN).where(taken_in(engine, conversation))).rowcount
            theirs = FEEDBACK.c.conversation == conversation
            opinions = connection.execute(update(FEEDBACK).where(theirs).values(**WORDS)).rowcount
            left = connection.execute(delete(LEFT).where(LEFT.c.conversation == conversation)).rowcount
            events = connection.execute(delete(EVENTS).where(_of(conversation))).rowcount
        return Amount(int(events > 0), messages, events, opinions, taken, left)

    def age(self, before: float) -> int:
        """Drop some of what is older than a time; returns how many rows went, 0 where there are no more."""
        with self._store.engine().begin() as connection:
            old = oldest(connection, EVENTS.c.timestamp, before)
            if old:  # an event without a time is older than one that came after it
                untimed = EVENTS.c.timestamp.is_(None) & (EVENTS.c.id < max(old))
                connection.execute(delete(EVENTS).where(untimed))
            dropped = drop(connection, EVENTS, old)
            for column in (FEEDBACK.c.given_at, TAKEN.c.taken_at, ENDED.c.until):
                dropped += drop(connection, column.table, oldest(connection, column, before))
            # a question that was left is kept until it is sent or given up, and as long as the rest from then on
            dropped += connection.execute(delete(LEFT).where(LEFT.c.done_at < before)).rowcount
        return dropped


def taken_in(engine: Engine, conversation: str) -> ColumnElement[bool]:
    """Whether a message was taken in a conversation."""
    mark = "#" if conversation.startswith("slack:") else ":"  # between it and what was said, in a message's key
    return begins(engine, TAKEN.c.key, conversation + mark)


def _of(conversation: str) -> ColumnElement[bool]:
    return EVENTS.c.sender_id == conversation
