"""The questions that visitors have left, as the tracker database keeps them until they are sent, and a while after."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.store import Store
from bot.tables import LEFT

HOUR, MOMENT = 3600, 600  # seconds
AT_ONCE = 10  # questions that are tried in one round


@dataclass(frozen=True)
class Left:
    """A question for one receiver; `id` is the same for all receivers, and however often it is sent."""

    id: str
    receiver: str
    conversation: str
    question: str
    reach: str  # a mail address or a phone number
    left_at: float  # seconds since 1970
    tries: int = 0

    @property
    def channel(self) -> str:
        """Where it was left: web, slack or rest."""
        return self.conversation.partition(":")[0]


class LeftQuestions:
    """Keeps questions; each is tried by one of several servers at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self, conversation: str, question: str, reach: str, *, receivers: Iterable[str], due_at: float
    ) -> list[Left]:
        """Keep a question for each receiver; it is another server's to send from `due_at` on."""
        now, key = time.time(), str(uuid.uuid4())
        kept = [Left(key, receiver, conversation, question, reach, now) for receiver in receivers]
        rows = [{**vars(each), "due_at": due_at, "why": "", "told": False} for each in kept]
        with self._store.engine().begin() as connection:
            connection.execute(insert(LEFT), rows)
        return kept

    def same(self, conversation: str, question: str, reach: str) -> bool | None:
        """Whether the same question, left a moment ago, was sent; `None` where there is none."""
        words = (LEFT.c.question == question) & (LEFT.c.reach == reach) & (LEFT.c.conversation == conversation)
        wanted = select(LEFT.c.sent_at).where(words, LEFT.c.left_at > time.time() - MOMENT)
        with self._store.engine().connect() as connection:
            sent = connection.execute(wanted).scalars().all()
        return any(each is not None for each in sent) if sent else None

    def lately(self, conversation: str) -> tuple[int, int]:
        """How many questions were left within an hour: in a conversation, and in all."""
        since = LEFT.c.left_at > time.time() - HOUR
        number = func.count(LEFT.c.id.distinct())
        with self._store.engine().connect() as connection:
            own = connection.execute(select(number).where(since, LEFT.c.conversation == conversation)).scalar()
            return own, connection.execute(select(number).where(since)).scalar()

    def due(self, now: float, *, lease: float) -> list[Left]:
        """Some that are to be tried now; they are ours for `lease` seconds."""
        wanted = select(LEFT).where(LEFT.c.due_at <= now).order_by(LEFT.c.due_at).limit(AT_ONCE)
        with self._store.engine().connect() as connection:
            rows = connection.execute(wanted).all()
        ours = []
        for row in rows:
            same = _of(row.id, row.receiver) & (LEFT.c.due_at == row.due_at)
            with self._store.engine().begin() as connection:
                if connection.execute(update(LEFT).where(same).values(due_at=now + lease)).rowcount == 1:
                    names = Left.__dataclass_fields__
                    ours.append(Left(**{name: getattr(row, name) for name in names}))
        return ours

    def sent(self, left: Left) -> None:
        """A question has arrived."""
        now = time.time()
        self._change(left, {"due_at": None, "sent_at": now, "done_at": now, "why": "", "tries": left.tries + 1})

    def not_sent(self, left: Left, why: str, *, due_at: float | None) -> None:
        """A try failed; the next is at `due_at`, and `None` gives it up."""
        done_at = time.time() if due_at is None else None
        self._change(left, {"due_at": due_at, "done_at": done_at, "why": why[:200], "tries": left.tries + 1})

    def told(self, key: str) -> None:
        """The visitor knows how it ended."""
        with self._store.engine().begin() as connection:
            connection.execute(update(LEFT).where(LEFT.c.id == key).values(told=True))

    def news(self, conversation: str) -> dict[str, bool]:
        """The questions of a conversation that have ended without its visitor's knowledge: whether each was sent."""
        open_ = select(LEFT).where(LEFT.c.conversation == conversation, LEFT.c.told.is_(False)).order_by(LEFT.c.left_at)
        with self._store.engine().connect() as connection:
            rows = connection.execute(open_).all()
        ended = {}
        for key in dict.fromkeys(row.id for row in rows):
            its = [row for row in rows if row.id == key]
            arrived = any(row.sent_at is not None for row in its)
            if arrived or all(row.done_at is not None for row in its):
                ended[key] = arrived
        return ended

    def waiting(self) -> list[tuple[str, int, str]]:
        """Of each receiver to whom questions wait to be sent: its name, how many, and why the last try failed."""
        wanted = select(LEFT.c.receiver, LEFT.c.why).where(LEFT.c.due_at.is_not(None)).order_by(LEFT.c.left_at.desc())
        with self._store.engine().connect() as connection:
            rows = connection.execute(wanted).all()
        receivers = sorted({row.receiver for row in rows})
        reasons = {each: [row.why for row in rows if row.receiver == each] for each in receivers}
        return [(each, len(why), next(filter(None, why), "")) for each, why in reasons.items()]

    def _change(self, left: Left, values: dict[str, object]) -> None:
        with self._store.engine().begin() as connection:
            connection.execute(update(LEFT).where(_of(left.id, left.receiver)).values(**values))


def _of(key: str, receiver: str) -> ColumnElement[bool]:
    return (LEFT.c.id == key) & (LEFT.c.receiver == receiver)
