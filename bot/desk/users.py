"""Who may use the desk: named people with a role, whose passwords are kept as argon2's hashes."""

from __future__ import annotations

import re
import time
import unicodedata
from dataclasses import dataclass
from enum import IntEnum

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError, VerifyMismatchError
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.desk.tables import SESSIONS, Database
from bot.tables import USERS

NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,63}")
SHORTEST, LONGEST = 12, 200  # characters of a password; argon2 would hash a book
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


class Role(IntEnum):
    """What somebody may do; each may do what those below it may."""

    reader = 1  # look
    editor = 2  # change documents and test questions, and publish
    owner = 3  # settings, and who may use the desk


class NotDone(Exception):
    """Why something about users was not done, in one sentence."""


@dataclass(frozen=True)
class User:
    """Somebody who may use the desk."""

    name: str
    role: Role
    has_password: bool
    added_at: float  # seconds since 1970


class Users:
    """The people in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._hasher = PasswordHasher()

    def all(self) -> list[User]:
        """Everybody, by name."""
        with self._database.engine().connect() as connection:
            return [_user(row) for row in connection.execute(select(USERS).order_by(USERS.c.name))]

    def named(self, name: str) -> User | None:
        """Somebody by name, however it is written; `None` where there is nobody."""
        with self._database.engine().connect() as connection:
            row = connection.execute(select(USERS).where(USERS.c.name == plain(name))).first()
        return _user(row) if row else None

    def add(self, name: str, role: Role, password: str | None) -> User:
        """Let somebody use the desk, with a password or only through the proxy in front; raises `NotDone`."""
        name = plain(name)
        if not NAME.fullmatch(name):
            raise NotDone("A name has letters of a to z, digits and . _ @ + -, and at most 64 of them.")
        values = {"name": name, "role": role.name, "password": self._hashed(password, name), "added_at": time.time()}
        try:
            with self._database.engine().begin() as connection:
                connection.execute(insert(USERS).values(**values))
        except IntegrityError as error:
            raise NotDone(f"There is a user {name} already.") from error
        return User(name, role, password is not None, values["added_at"])

    def remove(self, name: str) -> None:
        """Let somebody use the desk no longer, at once; raises `NotDone` for the last owner."""
        with self._database.engine().begin() as connection:
            self._refuse_last_owner(connection, plain(name), None)
            connection.execute(delete(SESSIONS).where(SESSIONS.c.name == plain(name)))
            if connection.execute(delete(USERS).where(USERS.c.name == plain(name))).rowcount == 0:
                raise NotDone(f"There is no user {plain(name)}.")

    def set_role(self, name: str, role: Role) -> None:
        """Let somebody do more or less from now on; raises `NotDone` for the last owner."""
        with self._database.engine().begin() as connection:
            self._refuse_last_owner(connection, plain(name), role)
            changed = update(USERS).where(USERS.c.name == plain(name)).values(role=role.name)
            if connection.execute(changed).rowcount == 0:
                raise NotDone(f"There is no user {plain(name)}.")

    def set_password(self, name: str, password: str) -> None:
        """Give somebody a new password, and end all their sessions; raises `NotDone`."""
        hashed = self._hashed(password, plain(name))
        with self._database.engine().begin() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.name == plain(name)))
            changed = update(USERS).where(USERS.c.name == plain(name)).values(password=hashed)
            if connection.execute(changed).rowcount == 0:
                raise NotDone(f"There is no user {plain(name)}.")

    def checked(self, name: str, password: str) -> User | None:
        """The user of that name and password; `None` for anybody else, and it takes as long to say so."""
        with self._database.engine().connect() as connection:
            row = connection.execute(select(USERS).where(USERS.c.name == plain(name))).first()
        try:
            self._hasher.verify((row and row.password) or NOBODY, password[:LONGEST])
        except VerifyMismatchError:
            return None
        except VerificationError:  # a hash that is none
            return None
        if row is None or row.password is None:
            return None
        if self._hasher.check_needs_rehash(row.password):
            rehashed = update(USERS).where(USERS.c.name == row.name).values(password=self._hasher.hash(password))
            with self._database.engine().begin() as connection:
                connection.execute(rehashed)
        return _user(row)

    def _hashed(self, password: str | None, name: str) -> str | None:
        if password is None:
            return None
        if not SHORTEST <= len(password) <= LONGEST:
            raise NotDone(f"A password has {SHORTEST} to {LONGEST} characters.")
        if password.casefold() == name or len(set(password)) < 4:
            raise NotDone("That password is too easy to guess; three or four words that have no connection are good.")
        return self._hasher.hash(password)

    @staticmethod
    def _refuse_last_owner(connection, name: str, role: Role | None) -> None:
        if role is Role.owner:
            return
        row = connection.execute(select(USERS.c.role).where(USERS.c.name == name)).first()
        owners = connection.execute(select(func.count()).where(USERS.c.role == Role.owner.name)).scalar()
        if row and row.role == Role.owner.name and owners == 1:
            raise NotDone(f"{name} is the only owner; make somebody else an owner first.")


def plain(name: str) -> str:
    """A name as it is kept."""
    return unicodedata.normalize("NFKC", name).strip().lower()


def _user(row) -> User:
    return User(row.name, Role[row.role], row.password is not None, row.added_at)
