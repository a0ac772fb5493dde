"""All that is kept in a scope, in every table: counted, read, and deleted."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Table, delete, distinct, func, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.events import EVENTS, STEP, drop, some
from bot.said import WORDS, Amount
from bot.scopes import Scope
from bot.store import Feedback, Store
from bot.tables import ENDED, FEEDBACK, LEFT, TAKEN

PAUSE = 0.02  # seconds between two steps, in which the servers write


def amount(store: Store, scope: Scope) -> Amount:
    """How much is kept."""
    conversations = func.count(distinct(EVENTS.c.sender_id))
    messages = func.count().filter(EVENTS.c.type_name == "user")
    with store.engine().connect() as connection:
        events = connection.execute(select(conversations, messages, func.count()).where(scope.events)).one()
        feedback = connection.execute(select(func.count()).where(scope.feedback)).scalar()
        taken = connection.execute(select(func.count()).where(scope.taken)).scalar()
        left = connection.execute(select(func.count()).where(scope.left)).scalar()
    return Amount(*events, feedback, taken, left)


def older(store: Store, before: float) -> int:
    """How many rows are older than a time."""
    with store.engine().connect() as connection:
        return sum(
            connection.execute(select(func.count()).where(column < before)).scalar()
            for column in (EVENTS.c.timestamp, FEEDBACK.c.given_at, TAKEN.c.taken_at, ENDED.c.until, LEFT.c.done_at)
        )


def conversations(store: Store, scope: Scope) -> list[str]:
    """The conversations in which something was said, the first first."""
    wanted = select(EVENTS.c.sender_id).where(scope.events).group_by(EVENTS.c.sender_id)
    with store.engine().connect() as connection:
        return list(connection.execute(wanted.order_by(func.min(EVENTS.c.id))).scalars())


def events(store: Store, wanted: ColumnElement[bool]) -> Iterator[dict[str, Any]]:
    """What Rasa kept, in order: the conversation, when (seconds since 1970), and the event."""
    for row in _rows(store, EVENTS, wanted):
        yield {"conversation": row["sender_id"], "at": row["timestamp"], "event": json.loads(row["data"])}


def feedback(store: Store, wanted: ColumnElement[bool]) -> Iterator[Feedback]:
    """Feedback, the first first."""
    for row in _rows(store, FEEDBACK, wanted):
        yield Feedback(**{name: row[name] for name in Feedback.__dataclass_fields__})


def taken(store: Store, wanted: ColumnElement[bool]) -> Iterator[dict[str, Any]]:
    """Messages taken: under which key, when, what Slack told of it, and what it was answered with."""
    for row in _rows(store, TAKEN, wanted):
        yield {**row, "payload": _read(row["payload"]), "result": _read(row["result"])}


def left(store: Store, wanted: ColumnElement[bool]) -> Iterator[dict[str, Any]]:
    """Questions left for people, the first first: the words, how to reach who asks, where they go and what became."""
    yield from _rows(store, LEFT, wanted)


def ended(store: Store, wanted: ColumnElement[bool]) -> list[dict[str, Any]]:
    """Sessions that their visitors have ended, and until when that has to be known."""
    return list(_rows(store, ENDED, wanted))


def delete_all(store: Store, scope: Scope, told: Callable[[int], None]) -> Amount:
    """Delete what is kept, of feedback its words; `told` hears how many events have gone. Returns how much went."""
    there, gone = amount(store, scope), 0
    with store.engine().begin() as connection:
        connection.execute(delete(TAKEN).where(scope.taken))
        connection.execute(delete(LEFT).where(scope.left))
        connection.execute(update(FEEDBACK).where(scope.feedback).values(**WORDS))
    while True:
        with store.engine().begin() as connection:
            dropped = drop(connection, EVENTS, some(connection, EVENTS, scope.events))
        if not dropped:
            return there
        gone += dropped
        told(gone)
        time.sleep(PAUSE)


def _rows(store: Store, table: Table, wanted: ColumnElement[bool]) -> Iterator[dict[str, Any]]:
    """Rows in order, some at a time, as they were when the first was read."""
    order = {
        EVENTS: EVENTS.c.id,
        FEEDBACK: FEEDBACK.c.id,
        TAKEN: TAKEN.c.taken_at,
        ENDED: ENDED.c.until,
        LEFT: LEFT.c.left_at,
    }[table]
    with store.engine().connect().execution_options(stream_results=True) as connection:
        for row in connection.execute(select(table).where(wanted).order_by(order)).yield_per(STEP):
            yield dict(row._mapping)


def _read(text: str | None) -> Any:
    try:
        return json.loads(text or "null")
    except ValueError:
        return text
