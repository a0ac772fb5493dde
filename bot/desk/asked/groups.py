"""Questions -> groups of one meaning, a little at a time, so that a group stays what it is when more is asked.

What is new joins the nearest group about the same occupation, where it is near enough; the rest is clustered (average
linkage by cosine, scikit-learn) and begins groups of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from sklearn.cluster import AgglomerativeClustering
from sqlalchemy import Integer, Table, bindparam, case, delete, distinct, func, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from bot.desk.asked.outcome import Outcome
from bot.desk.masking import masked
from bot.desk.tables import GROUPS, QUESTIONS, VECTORS, Database
from bot.events import EVENTS, there
from bot.tables import SETTLED

STEP = 256  # texts that are encoded at once
AT_ONCE = 1000  # texts that are clustered at once: their distances are so many squared
NEAR = 0.68  # cosine from which a question means what a group does
SPREAD = 1 - 0.6  # of cosine: the mean distance within a new group
MEANING = 384  # dimensions

Encode = Callable[[list[str]], np.ndarray]  # n texts -> (n, 384) unit vectors of what they mean


class Grouper:
    """Keeps the groups as the questions are."""

    def __init__(self, database: Database, encode: Encode) -> None:
        self._database = database
        self._encode = encode

    def group(self, pause: Callable[[], None] = lambda: None) -> int:
        """Put every question that has words into a group; returns how many words were new. `pause` lets others work."""
        if not there(self._database.engine()):
            return 0
        self._read_words(pause)
        new = self._new()
        for occupation in sorted(new, key=str):
            marks = new[occupation]
            for start in range(0, len(marks), AT_ONCE):
                self._place(occupation, marks[start : start + AT_ONCE])
                pause()
        self._count()
        return sum(map(len, new.values()))

    def _read_words(self, pause: Callable[[], None]) -> None:
        """Give each text its vector."""
        known = select(VECTORS.c.mark).where(VECTORS.c.mark == QUESTIONS.c.mark)
        lacking = select(QUESTIONS.c.mark, func.min(QUESTIONS.c.event)).where(*_ungrouped(), ~known.exists())
        with self._database.engine().connect() as connection:
            marks = {event: mark for mark, event in connection.execute(lacking.group_by(QUESTIONS.c.mark))}
        events = sorted(marks)
        for start in range(0, len(events), STEP):
            wanted = select(EVENTS.c.id, EVENTS.c.data).where(EVENTS.c.id.in_(events[start : start + STEP]))
            with self._database.engine().connect() as connection:
                rows = connection.execute(wanted).all()
            vectors = self._encode([_without_title(json.loads(row.data)) for row in rows]).astype(np.float16)
            values = [{"mark": marks[row.id], "vector": vector.tobytes()} for row, vector in zip(rows, vectors)]
            if values:
                with self._database.engine().begin() as connection:
                    connection.execute(insert(VECTORS), values)
            pause()

    def _new(self) -> dict[str | None, list[str]]:
        """The marks of words that are in no group yet, by the occupation that they are about."""
        wanted = select(QUESTIONS.c.occupation, QUESTIONS.c.mark).where(*_ungrouped()).distinct()
        new: dict[str | None, list[str]] = {}
        with self._database.engine().connect() as connection:
            for occupation, mark in connection.execute(wanted):
                new.setdefault(occupation, []).append(mark)
        return new

    def _place(self, occupation: str | None, marks: list[str]) -> None:
        """Let words join the nearest group, or begin one with those that are like them."""
        with self._database.engine().begin() as connection:
            found = connection.execute(select(VECTORS).where(VECTORS.c.mark.in_(marks))).all()
            if not found:
                return
            marks, vectors = [row.mark for row in found], np.stack([_vector(row.vector, np.float16) for row in found])
            numbers, sums = self._centres(connection, occupation)
            left, joined = list(range(len(marks))), []
            if numbers:
                centres = sums / np.linalg.norm(sums, axis=1, keepdims=True)
                nearness = vectors @ centres.T
                best = nearness.argmax(axis=1)
                joining = [place for place in left if nearness[place, best[place]] >= NEAR]
                for place in joining:
                    sums[best[place]] += vectors[place]
                    joined.append({"words": marks[place], "number": numbers[best[place]]})
                for which in sorted({int(best[place]) for place in joining}):
                    values = {"centre": sums[which].astype(np.float32).tobytes()}
                    connection.execute(update(GROUPS).where(GROUPS.c.id == numbers[which]).values(**values))
                left = sorted(set(left) - set(joining))
            for places in _clusters(vectors, left):
                values = {
                    "occupation": occupation,
                    "centre": vectors[places].sum(axis=0).astype(np.float32).tobytes(),
                    **dict.fromkeys(("asked", "people", "refused", "unsure", "answered", "latest"), 0),
                    "settled": False,
                }
                [number] = connection.execute(insert(GROUPS).values(**values)).inserted_primary_key
                joined += [{"words": marks[place], "number": number} for place in places]
            theirs = _about(QUESTIONS, occupation) & QUESTIONS.c.group.is_(None)
            joining = update(QUESTIONS).where(theirs, QUESTIONS.c.mark == bindparam("words"))
            connection.execute(joining.values(group=bindparam("number")), joined)

    @staticmethod
    def _centres(connection: Connection, occupation: str | None) -> tuple[list[int], np.ndarray]:
        rows = connection.execute(select(GROUPS.c.id, GROUPS.c.centre).where(_about(GROUPS, occupation))).all()
        sums = np.stack([_vector(row.centre, np.float32) for row in rows]) if rows else np.zeros((0, MEANING))
        return [row.id for row in rows], sums

    def _count(self) -> None:
        """Count what was asked in each group, and by how many people; drop groups that nobody asks any more."""

        def of(wanted: Outcome) -> object:
            return func.sum(case((QUESTIONS.c.outcome == wanted.value, 1), else_=0)).cast(Integer)

        counted = (
            select(
                QUESTIONS.c.group,
                func.count().label("asked"),
                func.count(distinct(EVENTS.c.sender_id)).label("people"),
                *(of(each).label(each.value) for each in (Outcome.refused, Outcome.unsure, Outcome.answered)),
                func.max(QUESTIONS.c.day).label("latest"),
                func.count(distinct(SETTLED.c.mark)).label("settled"),
            )
            .join(EVENTS, EVENTS.c.id == QUESTIONS.c.event)
            .outerjoin(SETTLED, SETTLED.c.mark == QUESTIONS.c.mark)
            .where(QUESTIONS.c.group.is_not(None))
            .group_by(QUESTIONS.c.group)
        )
        with self._database.engine().begin() as connection:
            rows = connection.execute(counted).all()
            examples = dict(self._examples(connection))
            there = select(QUESTIONS.c.group).where(QUESTIONS.c.group == GROUPS.c.id)
            connection.execute(delete(GROUPS).where(~there.exists()))
            names = ("asked", "people", "refused", "unsure", "answered", "latest")
            values = [
                {
                    "number": row.group,
                    **{f"new_{name}": getattr(row, name) for name in names},
                    "new_settled": bool(row.settled),
                    "new_example": examples.get(row.group),
                }
                for row in rows
            ]
            changing = {name: bindparam(f"new_{name}") for name in (*names, "settled", "example")}
            if values:
                connection.execute(update(GROUPS).where(GROUPS.c.id == bindparam("number")).values(**changing), values)

    @staticmethod
    def _examples(connection: Connection) -> Iterator[tuple[int, int]]:
        """The event of each group whose words are asked most, of those the latest."""
        times = select(
            QUESTIONS.c.group, QUESTIONS.c.mark, func.count().label("times"), func.max(QUESTIONS.c.event).label("event")
        ).where(QUESTIONS.c.group.is_not(None))
        rows = connection.execute(times.group_by(QUESTIONS.c.group, QUESTIONS.c.mark)).all()
        for row in sorted(rows, key=lambda row: (row.times, row.event)):
            yield row.group, row.event


def _ungrouped() -> tuple[ColumnElement[bool], ...]:
    """Which questions have words that are in no group yet."""
    return QUESTIONS.c.group.is_(None), ~QUESTIONS.c.pressed, QUESTIONS.c.outcome != Outcome.talk.value


def _about(table: Table, occupation: str | None) -> ColumnElement[bool]:
    return table.c.occupation.is_(None) if occupation is None else table.c.occupation == occupation


def _without_title(asked: dict[str, Any]) -> str:
    """A question without the name of the occupation, by which all questions about it would be alike."""
    text = str(asked.get("text") or "")
    entities = (asked.get("parse_data") or {}).get("entities") or []
    spans = [(each.get("start"), each.get("end")) for each in entities if each.get("entity") == "occupation"]
    for start, end in sorted((span for span in spans if None not in span), reverse=True):
        text = f"{text[:start]}this job{text[end:]}"
    return masked(text)


def _clusters(vectors: np.ndarray, places: list[int]) -> list[list[int]]:
    """Places of vectors, those of one meaning together."""
    if len(places) < 2:
        return [places] if places else []
    clustering = AgglomerativeClustering(
        n_clusters=None, distance_threshold=SPREAD, affinity="cosine", linkage="average"
    )
    labels = clustering.fit_predict(vectors[places])
    return [[place for place, label in zip(places, labels) if label == each] for each in sorted(set(labels))]


def _vector(content: bytes, kind: type) -> np.ndarray:
    return np.frombuffer(content, dtype=kind).astype(np.float32)
