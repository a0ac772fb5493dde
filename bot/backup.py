"""Keeps all that people have said in a file, also while the advisor runs; or puts it back, all or nothing.

The file fits SQLite and PostgreSQL alike. The knowledge base is not in it, but the documents on the shelf are: `make
run` builds it from documents.
"""

from __future__ import annotations

import argparse
import base64
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timezone
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.sql import Select
from sqlalchemy.types import TypeEngine

from bot import archive
from bot.archive import ArchiveError, Contents, Part, Row
from bot.database import file_of, open_engine
from bot.desk.tables import MADE
from bot.folder import FolderError, held
from bot.settings import VAR, Settings, SettingsError
from bot.store import WRITTEN, Store
from bot.tables import METADATA, TAKEN
from bot.watch import progress, say
from knowledge.placing import forget_build
from knowledge.shelf import tables as shelf_tables

BATCH = 1_000  # rows
BUILT = ("knowledge_", *MADE.tables)  # how the names of tables begin that are made of what is kept elsewhere
EVENTS = Table(  # Rasa's own, as rasa.core.tracker_store makes it
    "events",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("sender_id", String(255), nullable=False, index=True),
    Column("type_name", String(255), nullable=False),
    Column("timestamp", Float),
    Column("intent_name", String(255)),
    Column("action_name", String(255)),
    Column("data", Text),
)
TABLES = {table.name: table for table in (EVENTS, *METADATA.sorted_tables, *shelf_tables.metadata.sorted_tables)}


class BackupError(Exception):
    """Why there is no backup, or nothing was put back, in one sentence."""


def main(arguments: list[str] | None = None) -> int:
    """Keep or restore; returns the exit code: 0, or 1 with one sentence on stderr."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.backup",
        description=__doc__,
        epilog="Environment: DATABASE_URL (an SQLite file in var/), as for `make run`.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="where the backup is, for example advisor.backup")
    parser.add_argument(
        "--restore", action="store_true", help="put back what is in FILE; the advisor has to be stopped"
    )
    parser.add_argument(
        "--force", action="store_true", help="overwrite FILE, or with --restore what the database holds"
    )
    options = parser.parse_args(arguments)
    os.umask(0o077)
    try:
        url = Settings.of_environment().database_url
        if not options.restore:
            keep(url, options.file, force=options.force)
        else:
            with held(VAR):
                restore(url, options.file, force=options.force)
    except (BackupError, ArchiveError, SettingsError, FolderError) as reason:
        progress("")
        print(reason, file=sys.stderr)
        return 1
    except (DBAPIError, ValueError) as error:  # the latter where it cannot hold a character
        progress("")
        why = str(getattr(error, "orig", error)).strip().splitlines()[0]
        print(f"The database refuses it: {why.rstrip('.')}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        progress("")
        print("Stopped; nothing has changed.", file=sys.stderr)
        return 130
    return 0


def keep(url: str, path: Path, *, force: bool = False) -> None:
    """Write what is in a database at one moment to a file; raises `BackupError`, `ArchiveError` and SQLAlchemy's."""
    if path.exists() and not force:
        raise BackupError(f"{path} is there already; name another file, or overwrite it with --force.")
    with _one_moment(url) as connection:
        there = inspect(connection).get_table_names()
        if foreign := [name for name in there if name not in TABLES and not name.startswith(BUILT)]:
            say(f"Left out, for they are not the advisor's: {', '.join(sorted(foreign))}.")
        tables = [table for name, table in TABLES.items() if name in there]
        parts = [Part(table.name, list(table.c.keys()), _count(connection, table)) for table in tables]
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        archive.write(path, Contents(now, parts), _rows(connection, tables))
    progress("")
    say(f"Kept {_told(parts)} in {path} ({path.stat().st_size / 1000:,.0f} kB).")


def restore(url: str, path: Path, *, force: bool = False) -> None:
    """Replace what a database holds by what a file does; raises `BackupError`, `ArchiveError` and SQLAlchemy's."""
    contents, rows = archive.read(path)
    for part in contents.parts:
        table = TABLES.get(part.table)
        if table is None or not set(part.columns) <= set(table.c.keys()):
            raise BackupError(f"{path} holds a table {part.table} that this version of the advisor does not know.")
    engine = Store(_usable(url)).engine()
    EVENTS.create(engine, checkfirst=True)
    shelf_tables.metadata.create_all(engine)
    with engine.begin() as connection:
        _hold(connection)
        said = sum(_count(connection, table) for table in TABLES.values())
        if said and not force:
            raise BackupError(f"The database holds {said:,} rows already; replace them with --force.")
        for table in reversed(TABLES.values()):
            connection.execute(table.delete())
        for part in contents.parts:
            _put(connection, part, islice(rows, part.rows))
        if connection.dialect.name == "postgresql":
            _go_on_counting(connection)
        forget_build(connection)  # what is live on the shelf is other than what was built
    progress("")
    say(f"Put back {_told(contents.parts)} from {path}, as of {contents.made_at}.")


@contextmanager
def _one_moment(url: str) -> Iterator[Connection]:
    """A connection that sees the database as it is now, however long it reads, and lets others write."""
    engine = open_engine(_usable(url))
    if engine.dialect.name == "sqlite" and file_of(engine) is None:
        raise BackupError(f"There is no database at {engine.url.database} yet.")
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")  # which its driver would only do at the first write
        else:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def _hold(connection: Connection) -> None:
    """Let nobody else write until the transaction ends."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(text(f"LOCK TABLE {', '.join(TABLES)} IN EXCLUSIVE MODE"))


def _rows(connection: Connection, tables: list[Table]) -> Iterator[Row]:
    streamed = connection.execution_options(stream_results=True)
    for table in tables:
        read = streamed.execute(_all(table).order_by(*table.primary_key)).yield_per(BATCH)
        for number, row in enumerate(read):
            if number % BATCH == 0:
                progress(f"{table.name} ... {number:,}")
            yield tuple(_written(value) for value in row)


def _put(connection: Connection, part: Part, rows: Iterator[Row]) -> None:
    done = 0
    table = TABLES[part.table]
    kinds = [(name, table.c[name].type) for name in part.columns]
    while batch := [
        {name: _read(value, kind) for (name, kind), value in zip(kinds, row)} for row in islice(rows, BATCH)
    ]:
        connection.execute(insert(table), batch)
        done += len(batch)
        progress(f"{part.table} ... {done:,} of {part.rows:,}")


def _written(value: Any) -> Any:
    """A value as JSON holds it: bytes by base64, times as ISO 8601 writes them."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value.isoformat() if isinstance(value, date) else value  # a datetime is a date too


def _read(value: Any, kind: TypeEngine) -> Any:
    """A value as a column of a kind takes it."""
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def _go_on_counting(connection: Connection) -> None:
    """Let PostgreSQL number new rows from after those that were put back."""
    for table in TABLES.values():
        if "id" in table.c and isinstance(table.c.id.type, Integer):  # others have keys of their own
            sequence = func.pg_get_serial_sequence(table.name, "id")
            connection.execute(select(func.setval(sequence, func.coalesce(func.max(table.c.id), 0) + 1, False)))


def _all(table: Table) -> Select:
    """The rows of a table, without the one that nobody wrote."""
    return select(table).where(TAKEN.c.key != WRITTEN) if table is TAKEN else select(table)


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(_all(table).subquery())).scalar()


def _usable(url: str) -> str:
    try:
        open_engine(url)
    except (ArgumentError, ImportError) as error:
        raise BackupError("DATABASE_URL is no address of a database that the advisor can use.") from error
    return url


def _told(parts: list[Part]) -> str:
    return f"{sum(part.rows for part in parts):,} rows ({', '.join(f'{part.rows:,} {part.table}' for part in parts)})"


if __name__ == "__main__":
    sys.exit(main())
