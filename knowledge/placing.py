"""One source in and out of the built tables, beside all others: what a document says of occupations."""

from __future__ import annotations

import uuid

from sqlalchemy import Table, delete, func, insert, inspect, select, update
from sqlalchemy.engine import Connection

from knowledge import tables
from knowledge.rows import Last, Rows


def write(connection: Connection, rows: Rows) -> None:
    """Write what some sources say; they have to be new to the store, their occupations need not."""
    held = set(connection.execute(select(tables.occupations.c.slug)).scalars())
    last = Last(*(_highest(connection, table) for table in (tables.titles, tables.facts, tables.asked)))
    for table, values in rows.by_table(last, frozenset(held)):
        if values:
            connection.execute(insert(table), values)
    _mark_anew(connection, [slug for slug in rows.slugs if slug in held])


def take_out(connection: Connection, source: str) -> list[str]:
    """Delete all that a source says, and the occupations of which nobody else does; returns of which it said any."""
    slugs = {
        slug
        for table in (tables.titles, tables.facts)
        for slug in connection.execute(select(table.c.occupation).where(table.c.source_name == source)).scalars()
    }
    own = tables.occupations.c.source_name == source
    slugs.update(connection.execute(select(tables.occupations.c.slug).where(own)).scalars())
    of_source = select(tables.facts.c.id).where(tables.facts.c.source_name == source)
    for table in (tables.vectors, tables.asked):
        connection.execute(delete(table).where(table.c.fact_id.in_(of_source)))
    for table in (tables.facts, tables.titles):
        connection.execute(delete(table).where(table.c.source_name == source))
    for slug in slugs:
        _leave(connection, slug, source)
    connection.execute(delete(tables.sources).where(tables.sources.c.name == source))
    _mark_anew(connection, list(slugs))
    return sorted(slugs)


def mark(connection: Connection) -> None:
    """Let running servers see that something is said differently."""
    connection.execute(update(tables.builds).values(mark=uuid.uuid4().hex))


def forget_build(connection: Connection) -> None:
    """Have the next start build everything anew; nothing where nothing was built."""
    if inspect(connection).has_table(tables.builds.name):
        connection.execute(delete(tables.builds))


def _leave(connection: Connection, slug: str, source: str) -> None:
    """An occupation without a source: it is described by the next one, or by none any more."""
    where = tables.facts.c.occupation == slug
    others = select(tables.facts.c.source_name).where(where).order_by(tables.facts.c.id)
    left = connection.execute(others).scalars().first()
    one = tables.occupations.c.slug == slug
    if left is None:
        connection.execute(delete(tables.titles).where(tables.titles.c.occupation == slug))
        connection.execute(delete(tables.occupations).where(one))
    else:
        own = tables.occupations.c.source_name == source
        connection.execute(update(tables.occupations).where(one, own).values(source_name=left))


def _mark_anew(connection: Connection, slugs: list[str]) -> None:
    for slug in slugs:
        where = tables.occupations.c.slug == slug
        connection.execute(update(tables.occupations).where(where).values(mark=uuid.uuid4().hex))


def _highest(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.max(table.c.id))).scalar() or 0
