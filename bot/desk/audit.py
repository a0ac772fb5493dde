"""Who did what on the desk, and when: written with each change, read page by page, never changed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timezone

from sqlalchemy import delete, insert, select

from bot.desk.tables import Database
from bot.tables import AUDIT

LONGEST = 300  # characters of what it was about
KEPT = 2 * 365 * 24 * 3600  # seconds


@dataclass(frozen=True)
class Entry:
    """One thing that somebody did."""

    id: int
    at: datetime  # UTC
    who: str
    what: str
    about: str


class Audit:
    """The log in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, who: str, what: str, about: str = "") -> None:
        """Add an entry, and drop those that are older than two years."""
        now = time.time()
        with self._database.engine().begin() as connection:
            connection.execute(delete(AUDIT).where(AUDIT.c.at < now - KEPT))
            values = {"at": now, "who": who[:64], "what": what[:64], "about": about[:LONGEST]}
            connection.execute(insert(AUDIT).values(**values))

    def page(self, *, before: int | None = None, most: int = 100) -> list[Entry]:
        """The latest entries, or the latest before one of them."""
        wanted = select(AUDIT).order_by(AUDIT.c.id.desc()).limit(most)
        if before is not None:
            wanted = wanted.where(AUDIT.c.id < before)
        with self._database.engine().connect() as connection:
            rows = connection.execute(wanted).all()
        return [Entry(row.id, datetime.fromtimestamp(row.at, timezone.utc), *row[2:]) for row in rows]
