"""What the channels themselves keep in the tracker database: messages they have taken, and visitors' feedback."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

METADATA = MetaData()
TAKEN = Table(
    "channel_taken",
    METADATA,
    Column("key", String(255), primary_key=True),
    Column("payload", Text, nullable=False),
    Column("taken_at", Float, nullable=False, index=True),  # seconds since 1970
    Column("result", Text),  # null until it is answered
)
FEEDBACK = Table(
    "channel_feedback",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("given_at", Float, nullable=False),  # seconds since 1970
    Column("conversation", String(255), nullable=False),
    Column("answer", Text, nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("why", Text, nullable=False),
)


@dataclass(frozen=True)
class Feedback:
    """What somebody thought of one answer."""

    conversation: str
    answer: str
    helpful: bool
    why: str = ""
    given_at: float = 0.0


class Store:
    """Messages taken, so that each is answered once by one of several servers, and feedback; safe between threads."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._opened: Engine | None = None
        self._opening = threading.Lock()

    def take(self, key: str, payload: str = "") -> bool:
        """Whether nobody has taken the message `key` before; from now on it is taken."""
        try:
            with self._engine().begin() as connection:
                connection.execute(insert(TAKEN).values(key=key, payload=payload, taken_at=time.time()))
        except IntegrityError:
            return False
        return True

    def take_all(self, messages: Sequence[tuple[str, str, str | None]]) -> list[bool]:
        """Take several messages (key, payload, result where there is one already) in one transaction; as `take`."""
        engine = self._engine()
        new = (postgresql if engine.dialect.name == "postgresql" else sqlite).insert(TAKEN).on_conflict_do_nothing()
        taken = [False] * len(messages)
        with engine.begin() as connection:
            # in one order, so that two servers never wait for each other
            for place, (key, payload, result) in sorted(enumerate(messages), key=lambda each: each[1][0]):
                values = {"key": key, "payload": payload, "taken_at": time.time(), "result": result}
                taken[place] = connection.execute(new.values(**values)).rowcount == 1
        return taken

    def retake(self, key: str, taken_at: float) -> bool:
        """Whether we take over a message that another took at that time and has not answered since."""
        same = (TAKEN.c.key == key) & (TAKEN.c.taken_at == taken_at) & TAKEN.c.result.is_(None)
        with self._engine().begin() as connection:
            return connection.execute(update(TAKEN).where(same).values(taken_at=time.time())).rowcount == 1

    def renew(self, keys: Collection[str], *, taken_at: float) -> None:
        """Say when we were last at messages that we took and have not answered yet."""
        ours = TAKEN.c.key.in_(keys) & TAKEN.c.result.is_(None)
        with self._engine().begin() as connection:
            connection.execute(update(TAKEN).where(ours).values(taken_at=taken_at))

    def finish(self, key: str, result: str = "") -> None:
        """Keep what a taken message was answered with."""
        with self._engine().begin() as connection:
            connection.execute(update(TAKEN).where(TAKEN.c.key == key).values(result=result))

    def result(self, key: str) -> str | None:
        """What a message was answered with; `None` while it is not."""
        with self._engine().connect() as connection:
            return connection.execute(select(TAKEN.c.result).where(TAKEN.c.key == key)).scalar()

    def unfinished(self, prefix: str, *, before: float) -> list[tuple[str, str, float]]:
        """Key, payload and time of messages taken before a time and not answered: their server has died."""
        wanted = (
            TAKEN.c.key.startswith(prefix, autoescape=True) & TAKEN.c.result.is_(None) & (TAKEN.c.taken_at < before)
        )
        with self._engine().connect() as connection:
            rows = connection.execute(select(TAKEN.c.key, TAKEN.c.payload, TAKEN.c.taken_at).where(wanted))
            return [tuple(row) for row in rows]

    def forget(self, *, before: float, prefix: str = "") -> int:
        """Drop messages taken before a time, those whose key begins so; returns how many."""
        old = TAKEN.c.key.startswith(prefix, autoescape=True) & (TAKEN.c.taken_at < before)
        with self._engine().begin() as connection:
            return connection.execute(delete(TAKEN).where(old)).rowcount

    def add_feedback(self, feedback: Feedback) -> None:
        """Keep what somebody thought of an answer."""
        with self._engine().begin() as connection:
            connection.execute(
                insert(FEEDBACK).values(
                    given_at=feedback.given_at or time.time(),
                    conversation=feedback.conversation,
                    answer=feedback.answer,
                    helpful=feedback.helpful,
                    why=feedback.why,
                )
            )

    def feedback(self) -> list[Feedback]:
        """All feedback, the latest first."""
        columns = [FEEDBACK.c[name] for name in Feedback.__dataclass_fields__]
        with self._engine().connect() as connection:
            return [Feedback(*row) for row in connection.execute(select(*columns).order_by(FEEDBACK.c.id.desc()))]

    def _engine(self) -> Engine:
        with self._opening:
            if self._opened is None:
                options = {"connect_args": {"timeout": 30}} if self._url.startswith("sqlite") else {}
                engine = create_engine(self._url, future=True, pool_pre_ping=True, **options)
                try:
                    METADATA.create_all(engine)
                except (IntegrityError, OperationalError, ProgrammingError):  # another server made them just now
                    METADATA.create_all(engine)
                self._opened = engine
            return self._opened
