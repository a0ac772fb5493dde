"""How the tracker database is opened: many readers beside one writer, a bounded wait for locks, no words in errors."""

from __future__ import annotations

import os
from contextlib import suppress
from sqlite3 import OperationalError
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import QueuePool

LOCKED = 5  # seconds that a statement waits for another's lock; all of them are made in threads


def open_engine(url: str) -> Engine:
    """An engine for an SQLAlchemy URL. Its errors show no parameters, which may be what a visitor wrote."""
    if not url.startswith("sqlite"):
        options: dict[str, Any] = {"connect_args": {"options": f"-c lock_timeout={LOCKED}s", "connect_timeout": LOCKED}}
        return create_engine(url, future=True, pool_pre_ping=True, hide_parameters=True, **options)
    options = {"timeout": LOCKED, "check_same_thread": False}  # a pool's connection serves one thread at a time
    engine = create_engine(url, future=True, hide_parameters=True, poolclass=QueuePool, connect_args=options)
    event.listen(engine, "connect", _write_ahead)
    return engine


def file_of(engine: Engine) -> tuple[int, int] | None:
    """Device and number of an SQLite database's file as it is now; `None` where there is no file."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    try:
        found = os.stat(engine.url.database)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _write_ahead(connection: Any, record: Any) -> None:
    """Let readers go on while somebody writes (https://sqlite.org/wal.html); the file remembers it."""
    with suppress(OperationalError):  # another server does it at this moment, and does not wait
        connection.execute("PRAGMA journal_mode=WAL")
