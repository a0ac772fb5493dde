"""What the channels themselves keep in the tracker database: messages they have taken, and visitors' feedback."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DatabaseError, IntegrityError

from bot.database import file_of, open_engine
from bot.tables import ENDED, FEEDBACK, TAKEN, create_tables

WRITTEN = "ready"  # the key of the message that nobody sent, with which it is tried whether the database takes one


@dataclass(frozen=True)
class Feedback:
    """What somebody thought of one answer."""

    conversation: str
    answer: str
    helpful: bool
    why: str = ""
    given_at: float = 0.0
    question: str = ""


class Store:
    """Messages taken, so that each is answered once by one of several servers, and feedback; safe between threads."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._opened: Engine | None = None
        self._opening = threading.Lock()

    def take(self, key: str, payload: str = "") -> bool:
        """Whether nobody has taken the message `key` before; from now on it is taken."""
        try:
            with self.engine().begin() as connection:
                connection.execute(insert(TAKEN).values(key=key, payload=payload, taken_at=time.time()))
        except IntegrityError:
            return False
        return True

    def take_all(self, messages: Sequence[tuple[str, str, str | None]]) -> list[bool]:
        """Take several messages (key, payload, result where there is one already) in one transaction; as `take`."""
        engine = self.engine()
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
        with self.engine().begin() as connection:
            return connection.execute(update(TAKEN).where(same).values(taken_at=time.time())).rowcount == 1

    def renew(self, keys: Collection[str], *, taken_at: float) -> None:
        """Say when we were last at messages that we took and have not answered yet."""
        ours = TAKEN.c.key.in_(keys) & TAKEN.c.result.is_(None)
        with self.engine().begin() as connection:
            connection.execute(update(TAKEN).where(ours).values(taken_at=taken_at))

    def finish(self, key: str, result: str = "") -> None:
        """Keep what a taken message was answered with."""
        with self.engine().begin() as connection:
            connection.execute(update(TAKEN).where(TAKEN.c.key == key).values(result=result))

    def release(self, key: str) -> None:
        """Give a message back that could not be answered, so that it can be taken again."""
        with self.engine().begin() as connection:
            connection.execute(delete(TAKEN).where((TAKEN.c.key == key) & TAKEN.c.result.is_(None)))

    def result(self, key: str) -> str | None:
        """What a message was answered with; `None` while it is not."""
        with self.engine().connect() as connection:
            return connection.execute(select(TAKEN.c.result).where(TAKEN.c.key == key)).scalar()

    def unfinished(self, prefix: str, *, before: float) -> list[tuple[str, str, float]]:
        """Key, payload and time of messages taken before a time and not answered: their server has died."""
        wanted = (
            TAKEN.c.key.startswith(prefix, autoescape=True) & TAKEN.c.result.is_(None) & (TAKEN.c.taken_at < before)
        )
        with self.engine().connect() as connection:
            rows = connection.execute(select(TAKEN.c.key, TAKEN.c.payload, TAKEN.c.taken_at).where(wanted))
            return [tuple(row) for row in rows]

    def forget(self, *, before: float, prefix: str = "") -> int:
        """Drop messages taken before a time, those whose key begins so; returns how many."""
        old = (TAKEN.c.taken_at < before) & TAKEN.c.key.startswith(prefix, autoescape=True)
        with self.engine().begin() as connection:
            return connection.execute(delete(TAKEN).where(old)).rowcount

    def end_session(self, session: str, *, until: float) -> None:
        """Let no token of a session open it any more."""
        with self.engine().begin() as connection:
            connection.execute(delete(ENDED).where(ENDED.c.session == session))
            connection.execute(insert(ENDED).values(session=session, until=until))

    def has_ended(self, session: str) -> bool:
        """Whether a session's visitor has ended it."""
        with self.engine().connect() as connection:
            return connection.execute(select(ENDED.c.until).where(ENDED.c.session == session)).first() is not None

    def add_feedback(self, feedback: Feedback) -> None:
        """Keep what somebody thought of an answer."""
        with self.engine().begin() as connection:
            connection.execute(insert(FEEDBACK).values(**_row(feedback)))

    def set_feedback(self, feedback: Feedback) -> None:
        """Keep what somebody thinks of an answer now, instead of what they thought of it before."""
        same = (
            (FEEDBACK.c.conversation == feedback.conversation)
            & (FEEDBACK.c.question == feedback.question)
            & (FEEDBACK.c.answer == feedback.answer)
        )
        with self.engine().begin() as connection:
            connection.execute(delete(FEEDBACK).where(same))
            connection.execute(insert(FEEDBACK).values(**_row(feedback)))

    def feedback(self, conversation: str | None = None, *, answers: Collection[str] | None = None) -> list[Feedback]:
        """All feedback, or that of one conversation and on some of its answers, the latest first."""
        wanted = select(*(FEEDBACK.c[name] for name in Feedback.__dataclass_fields__)).order_by(FEEDBACK.c.id.desc())
        if conversation is not None:
            wanted = wanted.where(FEEDBACK.c.conversation == conversation)
        if answers is not None:
            wanted = wanted.where(FEEDBACK.c.answer.in_(answers))
        with self.engine().connect() as connection:
            return [Feedback(*row) for row in connection.execute(wanted)]

    def writable(self) -> bool:
        """Whether the database takes a write, and is still the one that was opened."""
        try:
            engine = self.engine()
            with engine.begin() as connection:
                connection.execute(delete(TAKEN).where(TAKEN.c.key == WRITTEN))
                connection.execute(insert(TAKEN).values(key=WRITTEN, payload="", taken_at=time.time(), result=""))
        except DatabaseError:
            return False
        return file_of(engine) == self._file

    def engine(self) -> Engine:
        """The database, with our tables in it."""
        with self._opening:
            if self._opened is None:
                engine = open_engine(self._url)
                create_tables(engine)
                self._opened, self._file = engine, file_of(engine)
            return self._opened


def _row(feedback: Feedback) -> dict[str, Any]:
    return {**asdict(feedback), "given_at": feedback.given_at or time.time()}
