"""What the pages show of visitors' questions: some at a time, their words read from the conversations and masked."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.sql import Select

from bot.desk.asked.collect import DAY
from bot.desk.asked.outcome import Outcome
from bot.desk.masking import masked
from bot.desk.tables import GROUPS, ORDER, QUESTIONS, Database
from bot.events import EVENTS, there
from bot.tables import FEEDBACK, SETTLED

PAGE = 50
ANSWER = 700  # characters of an answer that are shown


@dataclass(frozen=True)
class Question:
    """One message of a visitor's."""

    event: int
    at: datetime  # UTC
    channel: str
    outcome: Outcome
    text: str
    occupation: str | None
    group: int | None


@dataclass(frozen=True)
class Group:
    """Questions of one meaning."""

    id: int
    text: str  # one of them
    occupation: str | None
    asked: int
    people: int
    refused: int
    unsure: int
    answered: int
    latest: datetime  # the day
    settled: bool


@dataclass(frozen=True)
class Thumb:
    """What somebody thought of an answer."""

    at: datetime  # UTC
    helpful: bool
    question: str
    answer: str
    why: str
    channel: str


@dataclass(frozen=True)
class Filter:
    """Which questions are wanted; `days`: 0 for all."""

    days: int = 0
    channel: str = ""
    outcome: str = ""


class Questions:
    """The questions in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, wanted: Filter, *, before: int | None = None, most: int = PAGE) -> list[Question]:
        """The latest questions of a kind, or the latest before one of them."""
        query = _filtered(_questions(), wanted).order_by(QUESTIONS.c.event.desc()).limit(most)
        if before is not None:
            query = query.where(QUESTIONS.c.event < before)
        return self._read(query)

    def every(self, wanted: Filter) -> Iterator[Question]:
        """All questions of a kind, the latest first."""
        before = None
        while some := self.page(wanted, before=before, most=1000):
            yield from some
            before = some[-1].event

    def counts(self, days: int) -> list[tuple[datetime, str, dict[str, int]]]:
        """How many messages there were of each outcome, by day and channel, the latest day first."""
        counted = (
            select(QUESTIONS.c.day, QUESTIONS.c.channel, QUESTIONS.c.outcome, func.count())
            .where(QUESTIONS.c.day > _today() - days)
            .group_by(QUESTIONS.c.day, QUESTIONS.c.channel, QUESTIONS.c.outcome)
        )
        told: dict[tuple[int, str], dict[str, int]] = {}
        for day, channel, outcome, number in self._rows(counted):
            told.setdefault((day, channel), {})[outcome] = number
        return [(_date(day), channel, told[day, channel]) for day, channel in sorted(told, key=lambda k: (-k[0], k[1]))]

    def channels(self) -> list[str]:
        """The channels in which anything was asked."""
        return sorted(row[0] for row in self._rows(select(QUESTIONS.c.channel).distinct()))

    def groups(self, *, page: int = 0, most: int = PAGE, settled: bool = False, all_: bool = False) -> list[Group]:
        """Groups, those that were refused most first; without those that the owner has dealt with, or only those."""
        wanted = select(GROUPS.c.id).order_by(*(GROUPS.c[name].desc() for name in ORDER), GROUPS.c.id)
        if not all_:
            wanted = wanted.where(GROUPS.c.settled == settled)
        # the words are read of those alone that are shown, however far down they stand
        numbers = [row.id for row in self._rows(wanted.limit(most).offset(page * most))]
        found: dict[int, Group] = {}
        for start in range(0, len(numbers), 500):
            for row in self._rows(_groups().where(GROUPS.c.id.in_(numbers[start : start + 500]))):
                found[row.id] = _group(row)
        return [found[number] for number in numbers if number in found]

    def group(self, number: int) -> Group | None:
        """One group; `None` where there is none any more."""
        rows = self._rows(_groups().where(GROUPS.c.id == number))
        return _group(rows[0]) if rows else None

    def of_group(self, number: int, *, before: int | None = None, most: int = PAGE) -> list[Question]:
        """The questions of a group, the latest first."""
        query = _questions().where(QUESTIONS.c.group == number).order_by(QUESTIONS.c.event.desc()).limit(most)
        if before is not None:
            query = query.where(QUESTIONS.c.event < before)
        return self._read(query)

    def one(self, event: int) -> Question | None:
        """One question; `None` where it is forgotten."""
        found = self._read(_questions().where(QUESTIONS.c.event == event))
        return found[0] if found else None

    def answer(self, event: int) -> str:
        """What the advisor said to a question."""
        with self._database.engine().connect() as connection:
            conversation = connection.execute(select(EVENTS.c.sender_id).where(EVENTS.c.id == event)).scalar()
            said = (
                select(EVENTS.c.type_name, EVENTS.c.data)
                .where(EVENTS.c.sender_id == conversation, EVENTS.c.id > event, EVENTS.c.type_name.in_(("user", "bot")))
                .order_by(EVENTS.c.id)
                .limit(12)
            )
            replies = []
            for kind, content in connection.execute(said):
                if kind == "user":
                    break
                replies.append(str(json.loads(content).get("text") or "").strip())
        return masked("\n".join(filter(None, replies)))

    def settle(self, group: int, how: str, *, by: str) -> None:
        """Say that the owner has dealt with the words of a group."""
        marks = [row[0] for row in self._rows(select(QUESTIONS.c.mark).where(QUESTIONS.c.group == group).distinct())]
        with self._database.engine().begin() as connection:
            for start in range(0, len(marks), 500):
                some = marks[start : start + 500]
                connection.execute(delete(SETTLED).where(SETTLED.c.mark.in_(some)))
                connection.execute(
                    insert(SETTLED), [{"mark": mark, "how": how, "by": by, "at": time.time()} for mark in some]
                )
            connection.execute(update(GROUPS).where(GROUPS.c.id == group).values(settled=True))

    def unsettle(self, group: int) -> None:
        """Take that back."""
        marks = select(QUESTIONS.c.mark).where(QUESTIONS.c.group == group)
        with self._database.engine().begin() as connection:
            connection.execute(delete(SETTLED).where(SETTLED.c.mark.in_(marks)))
            connection.execute(update(GROUPS).where(GROUPS.c.id == group).values(settled=False))

    def thumbs(self, *, page: int = 0, most: int = PAGE, unhelpful: bool = False) -> list[Thumb]:
        """What visitors thought of answers, the latest first."""
        query = select(FEEDBACK).order_by(FEEDBACK.c.given_at.desc(), FEEDBACK.c.id.desc())
        if unhelpful:
            query = query.where(~FEEDBACK.c.helpful)
        return [_thumb(row) for row in self._rows(query.limit(most).offset(page * most), table=FEEDBACK.name)]

    def helpful(self) -> tuple[int, int]:
        """How many answers helped, and how many did not."""
        counted = select(FEEDBACK.c.helpful, func.count()).group_by(FEEDBACK.c.helpful)
        told = dict(map(tuple, self._rows(counted, table=FEEDBACK.name)))
        return told.get(True, 0), told.get(False, 0)

    def _read(self, query: Select) -> list[Question]:
        return [
            Question(
                row.event,
                datetime.fromtimestamp(row.timestamp or 0.0, timezone.utc),
                row.channel,
                Outcome(row.outcome),
                _words(row.data),
                row.occupation,
                row.group,
            )
            for row in self._rows(query)
        ]

    def _rows(self, query: Select, table: str = EVENTS.name) -> list[Any]:
        engine = self._database.engine()
        if table == EVENTS.name and not there(engine):
            return []
        with engine.connect() as connection:
            if table == FEEDBACK.name and not engine.dialect.has_table(connection, table):
                return []
            return connection.execute(query).all()


def _questions() -> Select:
    return (
        select(QUESTIONS, EVENTS.c.timestamp, EVENTS.c.data)
        .join(EVENTS, EVENTS.c.id == QUESTIONS.c.event)
        .where(~QUESTIONS.c.pressed)
    )


def _groups() -> Select:
    return select(GROUPS, EVENTS.c.data).join(EVENTS, EVENTS.c.id == GROUPS.c.example)


def _filtered(query: Select, wanted: Filter) -> Select:
    if wanted.outcome:
        query = query.where(QUESTIONS.c.outcome == wanted.outcome)
    else:
        query = query.where(QUESTIONS.c.outcome != Outcome.talk.value)
    if wanted.channel:
        query = query.where(QUESTIONS.c.channel == wanted.channel)
    if wanted.days:
        query = query.where(QUESTIONS.c.day > _today() - wanted.days)
    return query


def _group(row: Any) -> Group:
    return Group(
        row.id,
        _words(row.data),
        row.occupation,
        row.asked,
        row.people,
        row.refused,
        row.unsure,
        row.answered,
        _date(row.latest),
        row.settled,
    )


def _thumb(row: Any) -> Thumb:
    return Thumb(
        datetime.fromtimestamp(row.given_at, timezone.utc),
        row.helpful,
        masked(row.question),
        _cut(masked(row.answer)),
        masked(row.why),
        row.conversation.partition(":")[0],
    )


def _words(event: str) -> str:
    return masked(str(json.loads(event).get("text") or ""))


def _cut(text: str) -> str:
    return text if len(text) <= ANSWER else f"{text[:ANSWER].rstrip()} …"


def _today() -> int:
    return int(time.time() // DAY)


def _date(day: int) -> datetime:
    return datetime.fromtimestamp(day * DAY, timezone.utc)
