"""Where the owner's settings are kept, and read afresh by every server within two seconds."""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.owner.keys import Owner, checked, known
from bot.store import Store
from bot.tables import OWNER

FRESH = 1.0  # seconds that what was read is believed

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kept:
    """One setting as it is kept: who has set it, and when (seconds since 1970)."""

    key: str
    value: Any
    by: str
    at: float


class OwnerSettings:
    """Reads and writes the settings of a database; safe between threads and servers.

    ADVISOR_CONTACT stands for help_mail or help_page where neither is set.
    """

    def __init__(self, url: str, *, environ: Mapping[str, str] | None = None) -> None:
        self._store = Store(url)
        self._environ = os.environ if environ is None else environ
        self._read = threading.Lock()
        self._known: tuple[float, Owner] | None = None
        self._warned: set[str] = set()

    def all(self) -> Owner:
        """What is set, as it was a second ago at most."""
        with self._read:
            if self._known is None or time.monotonic() - self._known[0] > FRESH:
                self._known = time.monotonic(), self._owner()
            return self._known[1]

    def get(self, key: str) -> Any:
        """What one key is set to; raises `InvalidSetting` where there is no such key."""
        known(key)
        return getattr(self.all(), key)

    def set(self, key: str, value: object, *, by: str = "") -> None:
        """Keep a value; raises `InvalidSetting` for one that cannot be set."""
        kept = json.dumps(checked(key, value), ensure_ascii=False)
        values = {"value": kept, "by": by[:255], "at": time.time()}
        engine = self._store.engine()
        new = (postgresql if engine.dialect.name == "postgresql" else sqlite).insert(OWNER).values(key=key, **values)
        with engine.begin() as connection:
            connection.execute(new.on_conflict_do_update(index_elements=["key"], set_=values))
        self._forget()

    def unset(self, key: str) -> bool:
        """Take a setting away; whether there was one. Raises `InvalidSetting` where there is no such key."""
        known(key)
        with self._store.engine().begin() as connection:
            gone = connection.execute(delete(OWNER).where(OWNER.c.key == key)).rowcount > 0
        self._forget()
        return gone

    def kept(self) -> list[Kept]:
        """Each setting that is kept, by key; one that is no longer valid is left out, with a warning."""
        with self._store.engine().connect() as connection:
            rows = connection.execute(select(OWNER).order_by(OWNER.c.key)).all()
        found = []
        for row in rows:
            try:
                found.append(Kept(row.key, checked(row.key, json.loads(row.value)), row.by, row.at))
            except ValueError as why:  # of another version, or written by another program
                if row.key not in self._warned:
                    self._warned.add(row.key)
                    logger.warning("A setting of the owner's is passed over: %s", why)
        return found

    def _owner(self) -> Owner:
        values = {each.key: each.value for each in self.kept()}
        contact = (self._environ.get("ADVISOR_CONTACT") or "").strip()
        if contact and not {"help_mail", "help_page"} & set(values):
            values["help_page" if contact.startswith(("https://", "http://")) else "help_mail"] = contact
        return Owner(**values)

    def _forget(self) -> None:
        with self._read:
            self._known = None
