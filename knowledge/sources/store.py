"""Releases -> SQL: each replaces the one of its source, whole or not at all."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Table, delete, func, insert, inspect, select
from sqlalchemy.engine import Connection, Engine

from knowledge import tables
from knowledge.model import Source
from knowledge.rows import thing
from knowledge.sources.release import Described, Release

AT_ONCE = 5000  # rows that are written together
OF_DESCRIBED = (tables.imported_titles, tables.imported_facts)
OF_SOURCE = (tables.described, tables.wages, tables.projections)


@dataclass(frozen=True)
class Held:
    """A source that was imported, and how many of each kind of thing it has."""

    source: Source
    counts: dict[str, int]


def save(engine: Engine, release: Release) -> None:
    """Put a release in the place of the one of that source, in one transaction."""
    name = release.source.name
    tables.imported.create_all(engine)
    with engine.begin() as connection:
        _delete(connection, name)
        made = {**asdict(release.source), "fingerprint": uuid.uuid4().hex}
        connection.execute(insert(tables.imported_sources), made)
        _save_described(connection, name, release.described)
        for table, found in ((tables.wages, release.wages), (tables.projections, release.projections)):
            _write(connection, table, ({**asdict(each), "source_name": name} for each in found))


def forget(engine: Engine, name: str) -> bool:
    """Take a source out; returns whether there was one of that name."""
    if not fingerprint(engine):
        return False
    with engine.begin() as connection:
        return _delete(connection, name)


def held(engine: Engine) -> list[Held]:
    """The sources that were imported, by name."""
    if not fingerprint(engine):
        return []
    with engine.connect() as connection:
        rows = connection.execute(select(tables.imported_sources).order_by(tables.imported_sources.c.name)).mappings()
        return [Held(thing(Source, row), _counts(connection, row["name"])) for row in rows]


def fingerprint(engine: Engine) -> str:
    """What tells what was imported from anything else; empty where there is nothing."""
    with engine.connect() as connection:
        if not inspect(connection).has_table(tables.imported_sources.name):
            return ""
        marks = select(tables.imported_sources.c.fingerprint).order_by(tables.imported_sources.c.name)
        found = list(connection.execute(marks).scalars())
    return hashlib.sha256("".join(found).encode()).hexdigest() if found else ""


def knows_download(engine: Engine, mark: str) -> bool:
    """Whether a download was looked at before."""
    tables.imported.create_all(engine)
    where = tables.downloads.c.mark == mark
    with engine.connect() as connection:
        return connection.execute(select(tables.downloads.c.mark).where(where)).first() is not None


def note_download(engine: Engine, mark: str, name: str) -> None:
    """Remember a download, so that it is not looked at again."""
    with engine.begin() as connection:
        connection.execute(insert(tables.downloads), {"mark": mark, "name": name[:200]})


def _save_described(connection: Connection, name: str, described: list[Described]) -> None:
    first = connection.execute(select(func.max(tables.described.c.id))).scalar() or 0
    numbered = list(enumerate(described, first + 1))
    rows = ({"id": n, "source_name": name, "slug": d.slug, "title": d.title, "codes": d.codes} for n, d in numbered)
    _write(connection, tables.described, rows)
    titles = ({"described_id": n, "text": t.text, "kind": t.kind} for n, d in numbered for t in d.titles)
    _write(connection, tables.imported_titles, titles)
    columns = [column.name for column in tables.imported_facts.columns if column.name not in ("id", "described_id")]
    facts = (
        {"described_id": n, **{column: getattr(fact, column) for column in columns}}
        for n, d in numbered
        for fact in d.facts
    )
    _write(connection, tables.imported_facts, facts)


def _write(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    left: Iterator[dict[str, Any]] = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        connection.execute(insert(table), some)


def _delete(connection: Connection, name: str) -> bool:
    of_source = select(tables.described.c.id).where(tables.described.c.source_name == name)
    for table in OF_DESCRIBED:
        connection.execute(delete(table).where(table.c.described_id.in_(of_source)))
    for table in OF_SOURCE:
        connection.execute(delete(table).where(table.c.source_name == name))
    gone = connection.execute(delete(tables.imported_sources).where(tables.imported_sources.c.name == name))
    return gone.rowcount > 0


def _counts(connection: Connection, name: str) -> dict[str, int]:
    def count(table: Table, where: Any) -> int:
        return connection.execute(select(func.count()).select_from(table).where(where)).scalar_one()

    of_source = select(tables.described.c.id).where(tables.described.c.source_name == name)
    found = {
        "occupations": count(tables.described, tables.described.c.source_name == name),
        "titles": count(tables.imported_titles, tables.imported_titles.c.described_id.in_(of_source)),
        "facts": count(tables.imported_facts, tables.imported_facts.c.described_id.in_(of_source)),
        "wages": count(tables.wages, tables.wages.c.source_name == name),
        "projections": count(tables.projections, tables.projections.c.source_name == name),
    }
    return {kind: number for kind, number in found.items() if number}
