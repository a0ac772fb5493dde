"""Who is signed in, known by a random key in a signed cookie; and how often somebody may try to sign in."""

from __future__ import annotations

import hashlib
import math
import secrets
import time

from sqlalchemy import delete, func, insert, select

from bot.desk.tables import ATTEMPTS, SESSIONS, Database
from bot.desk.users import plain
from bot.tables import USERS

LONGEST = 12 * 3600  # seconds of a session, however much it is used
IDLE = 2 * 3600  # seconds without use after which it is over
WINDOW = 15 * 60  # seconds in which attempts are counted
OF_PAIR, OF_NAME, OF_ADDRESS = 8, 60, 40  # attempts in that time; an office has many people and one address


class Sessions:
    """The sessions in the database, which end when they are signed out, whoever has a copy of the cookie."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, name: str) -> str:
        """The key of a new session."""
        key, now = secrets.token_urlsafe(32), time.time()
        with self._database.engine().begin() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.until < now))
            connection.execute(insert(SESSIONS).values(key=_hidden(key), name=plain(name), until=now + LONGEST))
        return key

    def name(self, key: str) -> str | None:
        """Whose session a key is of; `None` where it is over."""
        there = select(SESSIONS.c.name).join(USERS, USERS.c.name == SESSIONS.c.name)
        wanted = there.where(SESSIONS.c.key == _hidden(key), SESSIONS.c.until > time.time())
        with self._database.engine().connect() as connection:
            return connection.execute(wanted).scalar()

    def end(self, key: str) -> None:
        """Sign out."""
        with self._database.engine().begin() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.key == _hidden(key)))


class Attempts:
    """Attempts to sign in that did not succeed, kept so that a restart forgets none.

    Somebody who guesses is stopped soon; others of that name, who come from elsewhere, only where many guess.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def wait(self, name: str, address: str) -> int:
        """Seconds until the next attempt is heard; 0: now, and it is counted already."""
        now, longest = time.time(), 0.0
        limits = _limits(name, address)
        with self._database.engine().begin() as connection:
            connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.at < now - WINDOW))
            for of, most in limits.items():
                counted = select(func.count(), func.min(ATTEMPTS.c.at)).where(ATTEMPTS.c.of == of)
                tried, first = connection.execute(counted).one()
                if tried >= most:
                    longest = max(longest, first + WINDOW - now)
            if not longest:
                connection.execute(insert(ATTEMPTS), [{"of": of, "at": now} for of in limits])
        return math.ceil(longest)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the attempts of somebody who has signed in."""
        theirs = [of for of in _limits(name, address) if not of.startswith("address")]
        with self._database.engine().begin() as connection:
            connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.of.in_(theirs)))


def _limits(name: str, address: str) -> dict[str, int]:
    named = hashlib.sha256(plain(name).encode()).hexdigest()  # whatever somebody typed there
    return {f"pair {named} {address}"[:200]: OF_PAIR, f"name {named}": OF_NAME, f"address {address}"[:200]: OF_ADDRESS}


def _hidden(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
