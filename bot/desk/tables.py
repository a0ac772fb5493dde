"""The desk's tables of what is worked out of visitors' questions, beside those of the owner's own (`bot.tables`).

Nothing here holds a visitor's words: a question is known by the number of Rasa's event and read from there, so what
a visitor deletes, or what grows too old, is gone from the desk in the same moment.
"""

from __future__ import annotations

import threading

from sqlalchemy import Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.engine import Engine

from bot.database import open_engine
from bot.tables import create_tables

MADE = MetaData()  # made of what is kept elsewhere, or of use for a while only
SESSIONS = Table(
    "desk_sessions",
    MADE,
    Column("key", String(64), primary_key=True),  # SHA-256 of what the browser holds
    Column("name", String(64), nullable=False, index=True),
    Column("until", Float, nullable=False, index=True),
)
ATTEMPTS = Table(
    "desk_attempts",
    MADE,
    Column("id", Integer, primary_key=True),
    Column("of", String(200), nullable=False, index=True),  # a name or an address
    Column("at", Float, nullable=False, index=True),
)
QUESTIONS = Table(
    "desk_questions",
    MADE,
    Column("event", Integer, primary_key=True, autoincrement=False),  # the number of Rasa's event
    Column("day", Integer, nullable=False),  # since 1970, in UTC
    Column("channel", String(20), nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("pressed", Boolean, nullable=False),  # a button, and no words of the visitor's own
    Column("occupation", String(200)),
    Column("mark", String(64), nullable=False),  # keyed hash of the words, to know the same words again
    Column("group", Integer),
    Index("ix_desk_questions_outcome", "outcome", "event"),
    Index("ix_desk_questions_day", "day", "channel", "outcome"),
    Index("ix_desk_questions_group", "group", "event"),
    Index("ix_desk_questions_mark", "mark"),
)
VECTORS = Table(
    "desk_vectors",
    MADE,
    Column("mark", String(64), primary_key=True),
    Column("vector", LargeBinary, nullable=False),  # (384,), float16
)
ORDER = ("refused", "unsure", "people")  # of groups, the most first
GROUPS = Table(
    "desk_groups",
    MADE,
    Column("id", Integer, primary_key=True),
    Column("occupation", String(200)),
    Column("centre", LargeBinary, nullable=False),  # (384,), float32, the sum of its vectors
    Column("example", Integer),  # the event whose words stand for all
    *(Column(name, Integer, nullable=False) for name in ("asked", "people", "refused", "unsure", "answered")),
    Column("latest", Integer, nullable=False),  # day
    Column("settled", Boolean, nullable=False),
)
Index("ix_desk_groups_order", GROUPS.c.settled, *(GROUPS.c[name].desc() for name in ORDER), GROUPS.c.id)
STATE = Table(
    "desk_state",
    MADE,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)


class Database:
    """The tracker database with the desk's tables in it, made when it is first asked for; safe between threads."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine: Engine | None = None
        self._opening = threading.Lock()

    @property
    def url(self) -> str:
        """Its address."""
        return self._url

    def engine(self) -> Engine:
        """The opened database; raises SQLAlchemy's `DBAPIError` where it is away."""
        with self._opening:
            if self._engine is None:
                engine = open_engine(self._url)
                create_tables(engine)
                create_tables(engine, MADE)
                self._engine = engine
            return self._engine
