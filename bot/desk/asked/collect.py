"""Rasa's events -> rows of the desk: which message is which question, without its words."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, func, insert, select

from bot.desk.asked.outcome import occupation, outcome
from bot.desk.masking import masked
from bot.desk.tables import GROUPS, QUESTIONS, STATE, VECTORS, Database
from bot.events import EVENTS, SAID, there

STEP = 4000  # events that are read at once
SETTLES = 120  # seconds after which no more replies to a message come
DAY = 24 * 3600
SEEN = "settled_event"  # the key of the last event that need not be looked at again
WORD = re.compile(r"\w+")


@dataclass
class Turn:
    """A message and its replies."""

    event: int
    conversation: str
    at: float
    asked: dict[str, Any]
    replies: list[dict[str, Any]] = field(default_factory=list)


class Collector:
    """Keeps the desk's rows of questions as the conversations are now."""

    def __init__(self, database: Database, secret: str) -> None:
        self._database = database
        self._secret = secret.encode()

    def collect(self, now: float | None = None) -> int:
        """Take up what was said since the last time, and drop what is gone; returns how many messages were read."""
        engine = self._database.engine()
        if not there(engine):
            return 0
        self._drop_gone()
        now, read = now or time.time(), 0
        seen = settled = self._seen()
        open_: dict[str, Turn] = {}
        talked: dict[str, str | None] = {}
        while rows := self._rows(seen):
            turns = list(_turns(rows, open_))
            seen = rows[-1].id
            if len(rows) == STEP:  # the last turns may go on in the next rows
                open_ = {turn.conversation: turn for turn in turns}
                latest = set(map(id, open_.values()))
                turns = [turn for turn in turns if id(turn) not in latest]
            else:
                open_ = {}
            self._keep(turns, talked)
            read += len(turns)
            if len(rows) < STEP:
                break
        self._keep(list(open_.values()), talked)
        with engine.begin() as connection:
            past = select(func.max(EVENTS.c.id)).where(EVENTS.c.id > settled, EVENTS.c.timestamp < now - SETTLES)
            settled = connection.execute(past).scalar() or settled
            connection.execute(delete(STATE).where(STATE.c.key == SEEN))
            connection.execute(insert(STATE).values(key=SEEN, value=str(settled)))
        return read

    def mark(self, text: str) -> str:
        """What tells the words of a text from others, and can be made by nobody without the secret."""
        return hmac.new(self._secret, plain(text).encode(), hashlib.sha256).hexdigest()

    def _seen(self) -> int:
        with self._database.engine().connect() as connection:
            return int(connection.execute(select(STATE.c.value).where(STATE.c.key == SEEN)).scalar() or 0)

    def _rows(self, after: int) -> list[Any]:
        columns = (EVENTS.c.id, EVENTS.c.sender_id, EVENTS.c.type_name, EVENTS.c.timestamp, EVENTS.c.data)
        wanted = select(*columns).where(EVENTS.c.id > after, EVENTS.c.type_name.in_(SAID))
        with self._database.engine().connect() as connection:
            return connection.execute(wanted.order_by(EVENTS.c.id).limit(STEP)).all()

    def _drop_gone(self) -> None:
        """Drop the rows whose words are forgotten or too old, and vectors of words that nobody's are any more."""
        kept = select(EVENTS.c.id).where(EVENTS.c.id == QUESTIONS.c.event)
        used = select(QUESTIONS.c.mark).where(QUESTIONS.c.mark == VECTORS.c.mark)
        with self._database.engine().begin() as connection:
            gone = connection.execute(delete(QUESTIONS).where(~kept.exists())).rowcount
            if gone:
                connection.execute(delete(VECTORS).where(~used.exists()))

    def _keep(self, turns: list[Turn], talked: dict[str, str | None]) -> None:
        rows = []
        for turn in turns:
            text = str(turn.asked.get("text") or "")
            about = occupation(turn.asked, turn.replies) or talked.get(turn.conversation)
            talked[turn.conversation] = about
            intent = ((turn.asked.get("parse_data") or {}).get("intent") or {}).get("name")
            rows.append(
                {
                    "event": turn.event,
                    "day": int(turn.at // DAY),
                    "channel": turn.conversation.partition(":")[0][:20] if ":" in turn.conversation else "other",
                    "outcome": outcome(intent, turn.replies).value,
                    "pressed": text.startswith("/"),
                    "occupation": about,
                    "mark": self.mark(masked(text)),
                }
            )
        if not rows:
            return
        with self._database.engine().begin() as connection:
            for start in range(0, len(rows), 500):
                some = rows[start : start + 500]
                events = [row["event"] for row in some]
                groups = select(QUESTIONS.c.event, QUESTIONS.c.group).where(QUESTIONS.c.event.in_(events))
                grouped = dict(connection.execute(groups).all())
                connection.execute(delete(QUESTIONS).where(QUESTIONS.c.event.in_(events)))
                connection.execute(insert(QUESTIONS), [{**row, "group": grouped.get(row["event"])} for row in some])


def forget_all(database: Database) -> None:
    """Drop all that was worked out; it is worked out anew."""
    with database.engine().begin() as connection:
        for table in (QUESTIONS, VECTORS, GROUPS, STATE):
            connection.execute(delete(table))


def plain(text: str) -> str:
    """The words of a text, however they are written."""
    return " ".join(WORD.findall(text.casefold()))


def _turns(rows: list[Any], open_: dict[str, Turn]) -> Iterator[Turn]:
    """Each message of some events with its replies, as far as they are among them."""
    latest = dict(open_)
    yield from open_.values()
    for row in rows:
        event = json.loads(row.data)
        if row.type_name == "user":
            latest[row.sender_id] = Turn(row.id, row.sender_id, row.timestamp or 0.0, event)
            yield latest[row.sender_id]
        elif row.sender_id in latest:
            latest[row.sender_id].replies.append(event)
