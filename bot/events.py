"""Rasa's table of events: its columns, the indexes that it lacks, and how rows are found and dropped."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Float, Integer, MetaData, String, Table, Text, delete, func, inspect, select, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.sql.elements import ColumnElement

from bot.tables import TAKEN

EVENTS = Table(  # Rasa makes it (rasa.core.tracker_store), and can delete nothing
    "events",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("sender_id", String(255)),
    Column("type_name", String(255)),
    Column("timestamp", Float),  # seconds since 1970
    Column("data", Text),
)
INDEXES = {"ix_events_timestamp": "events (timestamp)"}
BEGINNINGS = {  # PostgreSQL's, where the order of a language does not tell how a text begins
    "ix_events_sender_id_beginning": "events (sender_id varchar_pattern_ops)",
    "ix_channel_taken_key_beginning": "channel_taken (key varchar_pattern_ops)",
}
SAID = ("user", "bot")  # Rasa's names of the events that people see
STEP = 500  # rows that are read or dropped at once, so that nobody waits for it


def prepare(engine: Engine) -> None:
    """Make the indexes that are not there yet, also while other servers do so."""
    if not there(engine):
        return
    postgres = engine.dialect.name == "postgresql"
    wanted = {**INDEXES, **BEGINNINGS} if postgres else INDEXES
    made = {index["name"] for table in (EVENTS, TAKEN) for index in inspect(engine).get_indexes(table.name)}
    lacking = {name: where for name, where in wanted.items() if name not in made}
    with engine.begin() as connection:
        if lacking and postgres:  # where "if not exists" alone lets two servers collide
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(EVENTS.name))))
        for name, where in lacking.items():
            connection.execute(text(f"CREATE INDEX IF NOT EXISTS {name} ON {where}"))


def there(engine: Engine) -> bool:
    """Whether Rasa has made its table, which it does when a server starts."""
    return inspect(engine).has_table(EVENTS.name)


def begins(engine: Engine, column: Column, prefix: str) -> ColumnElement[bool]:
    """Whether a column begins so, as the database finds it by an index, and with each letter as it is written."""
    if engine.dialect.name == "postgresql" or not prefix:
        return column.startswith(prefix, autoescape=True)
    return (column >= prefix) & (column < prefix[:-1] + chr(ord(prefix[-1]) + 1))


def some(connection: Connection, table: Table, wanted: ColumnElement[bool]) -> list[Any]:
    """The keys of at most STEP rows of a table."""
    return list(connection.execute(select(_key(table)).where(wanted).limit(STEP)).scalars())


def oldest(connection: Connection, column: Column, before: float) -> list[Any]:
    """The keys of at most STEP rows whose time is before another, the oldest first."""
    wanted = select(_key(column.table)).where(column < before)
    # in this order PostgreSQL takes the index, also where it knows nothing of the rows yet
    return list(connection.execute(wanted.order_by(column).limit(STEP)).scalars())


def drop(connection: Connection, table: Table, keys: list[Any]) -> int:
    """Delete rows by their keys; returns how many were named."""
    if keys:
        connection.execute(delete(table).where(_key(table).in_(keys)))
    return len(keys)


def _key(table: Table) -> Column:
    return list(table.primary_key)[0]
