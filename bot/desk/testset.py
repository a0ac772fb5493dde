"""The owner's own test questions, each with the fact that should answer it, and what a version would break."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from bot.desk.documents.trying import Trying
from bot.desk.tables import Database
from bot.tables import TESTS
from knowledge.model import Refused
from knowledge.shelf.model import Version
from knowledge.shelf.publishing import placed

LONGEST, MOST = 300, 2000  # characters of a question, questions
GONE = "its document is gone"


@dataclass(frozen=True)
class Test:
    """A question and the fact that should answer it."""

    id: int
    question: str
    occupation: str  # slug
    fact: str  # in the document's words
    added_by: str
    added_at: float
    document: int | None  # on the shelf; `None` where it was kept before there were such numbers


class TestSet:
    """The test questions in the database."""

    def __init__(self, database: Database, trying: Trying) -> None:
        self._database = database
        self._trying = trying

    def all(self) -> list[Test]:
        """All of them, the latest first."""
        with self._database.engine().connect() as connection:
            return [Test(*row) for row in connection.execute(select(TESTS).order_by(TESTS.c.id.desc()))]

    def add(self, question: str, document: int, occupation: str, fact: str, *, by: str) -> int:
        """Keep a question with its fact in a document, once; returns its number, raises `Refused`."""
        question, fact = " ".join(question.split())[:LONGEST], fact.strip()
        if not question or not fact:
            raise Refused("A test question needs its words, and the fact that should answer it.")
        there = self.all()
        if any((each.question, each.document) == (question, document) for each in there):
            raise Refused("That is a test question already.")
        if len(there) >= MOST:
            raise Refused(f"There are {MOST:,} test questions already; take some away first.")
        values = {"question": question, "document": document, "occupation": occupation, "fact": fact}
        with self._database.engine().begin() as connection:
            added = connection.execute(insert(TESTS).values(**values, added_by=by, added_at=time.time()))
        return added.inserted_primary_key[0]

    def remove(self, number: int) -> None:
        """Take one away."""
        with self._database.engine().begin() as connection:
            connection.execute(delete(TESTS).where(TESTS.c.id == number))

    def of(self, version: Version) -> list[Test]:
        """Those whose fact is of its document."""
        return [each for each in self.all() if each.document == version.document]

    def broken(self, version: Version) -> list[tuple[Test, str]]:
        """Those that a version would not answer with their fact, each with why."""
        items = [item for item in version.items if item.is_fact]
        texts, facts = [item.text for item in items], [placed(item) for item in items]
        found = []
        for test in self.of(version):
            if test.fact not in texts:
                found.append((test, f"its fact “{test.fact}” is gone"))
            elif test.fact not in [texts[each.place] for each in self._trying.nearest(test.question, facts)]:
                found.append((test, f"other facts come before “{test.fact}”"))
        return found
