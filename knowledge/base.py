"""KnowledgeBase: builds the store whole or not at all, and answers queries with domain objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import Table, create_engine, event, insert, inspect, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import ArgumentError, DatabaseError

from knowledge import tables
from knowledge.model import Aspect, Fact, Occupation, Refused, Source, Title

Thing = TypeVar("Thing")
Encode = Callable[[list[str]], np.ndarray]  # n texts -> (n, d) unit vectors, float32


class NotBuilt(RuntimeError):
    """The store holds no knowledge yet."""


class KnowledgeBase:
    """What the advisor knows. Returns domain objects, never rows."""

    def __init__(self, url: str) -> None:
        """Open the store at an SQLAlchemy `url`; nothing is read until the first query, which may raise `Refused`."""
        self._engine = _engine(url)
        self._read = lru_cache(maxsize=256)(self._read_occupation)

    def build(self, occupations: list[Occupation], encode: Encode, fingerprint: str) -> None:
        """Replace the store by `occupations`, in one transaction: whole, or not at all."""
        rows = _Rows(occupations)
        encoded = encode(rows.quotes).astype(np.float32) if rows.quotes else []
        with self._engine.begin() as connection:
            tables.metadata.drop_all(connection)  # their columns may be those of an older version
            tables.metadata.create_all(connection)
            for table, values in rows.by_table():
                if values:
                    connection.execute(insert(table), values)
            for fact, vector in zip(rows.facts, encoded, strict=True):
                connection.execute(insert(tables.vectors), {"fact_id": fact["id"], "vector": vector.tobytes()})
            connection.execute(insert(tables.builds), {"fingerprint": fingerprint})

    def fingerprint(self) -> str | None:
        """What the store was built from; `None` where it was never built; raises `Refused` where it cannot be read."""
        try:
            with self._engine.connect() as connection:
                if not inspect(connection).has_table(tables.builds.name):
                    return None
                return connection.execute(select(tables.builds.c.fingerprint)).scalar()
        except DatabaseError as error:
            raise Refused(f"The store cannot be read: {str(error.orig).splitlines()[0]}.") from error

    def occupations(self) -> list[str]:
        """The slugs of all occupations, in order of their titles."""
        self._built()
        with self._engine.connect() as connection:
            return list(
                connection.execute(select(tables.occupations.c.slug).order_by(tables.occupations.c.title)).scalars()
            )

    def titles(self) -> list[tuple[str, Title]]:
        """Every title with the slug of its occupation."""
        self._built()
        with self._engine.connect() as connection:
            rows = connection.execute(select(tables.titles).order_by(tables.titles.c.id)).mappings()
            return [(row["occupation"], _thing(Title, row)) for row in rows]

    def occupation(self, slug: str) -> Occupation:
        """One occupation with its titles and facts; raises `KeyError` where there is none of that slug."""
        return self._read(slug, self._built())[0]

    def facts(self, occupation: str, aspect: Aspect) -> list[Fact]:
        """The facts of one aspect, the most important first; empty where the sources hold none."""
        facts = [fact for fact in self.occupation(occupation).facts if fact.aspect is aspect]
        return sorted(facts, key=lambda fact: -(fact.importance or 0))

    def similarities(self, occupation: str, vector: np.ndarray) -> np.ndarray:
        """Cosine of a unit vector (d,) to every fact of an occupation, in the order of its facts: (n,)."""
        return self._read(occupation, self._built())[1] @ vector

    def _built(self) -> str:
        fingerprint = self.fingerprint()
        if fingerprint is None:
            raise NotBuilt("The knowledge base is empty; run `python -m knowledge build`.")
        return fingerprint

    def _read_occupation(self, slug: str, built: str) -> tuple[Occupation, np.ndarray]:
        del built  # part of the cache's key only: a new build is read anew
        of_slug = tables.facts.c.occupation == slug
        with self._engine.connect() as connection:
            row = (
                connection.execute(select(tables.occupations).where(tables.occupations.c.slug == slug))
                .mappings()
                .first()
            )
            if row is None:
                raise KeyError(slug)
            source = (
                connection.execute(select(tables.sources).where(tables.sources.c.name == row["source_name"]))
                .mappings()
                .one()
            )
            titles = connection.execute(
                select(tables.titles).where(tables.titles.c.occupation == slug).order_by(tables.titles.c.id)
            ).mappings()
            facts = (
                connection.execute(
                    select(tables.facts, tables.vectors.c.vector)
                    .join(tables.vectors)
                    .where(of_slug)
                    .order_by(tables.facts.c.id)
                )
                .mappings()
                .all()
            )
            occupation = Occupation(
                row["slug"],
                row["title"],
                _thing(Source, source),
                row["code"],
                [_thing(Title, title) for title in titles],
                [_thing(Fact, fact) for fact in facts],
            )
        vectors = [np.frombuffer(fact["vector"], dtype=np.float32) for fact in facts]
        return occupation, np.stack(vectors) if vectors else np.zeros((0, 0), dtype=np.float32)


def embedded(fact: Fact) -> str:
    """The words by which a fact is found: what kind of thing it tells, and its quote."""
    return f"{fact.aspect.value.replace('_', ' ')}: {fact.quote}"


def _engine(url: str) -> Engine:
    try:
        engine = create_engine(url, future=True, pool_pre_ping=True)
    except (ArgumentError, ImportError, ValueError) as error:  # the address is not repeated: it may hold a password
        raise Refused(
            "The store has no such address; it looks like sqlite:///FILE or postgresql://USER@HOST/NAME."
        ) from error
    if engine.dialect.name == "sqlite":  # its driver begins a transaction too late to hold CREATE TABLE
        event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


class _Rows:
    """The rows of a build, with their keys given here, so that each vector belongs to its fact."""

    def __init__(self, occupations: list[Occupation]) -> None:
        self.sources = list({o.source.name: _columns(o.source, tables.sources) for o in occupations}.values())
        self.occupations = [
            {"slug": o.slug, "title": o.title, "code": o.code, "source_name": o.source.name} for o in occupations
        ]
        titles = [(o.slug, title) for o in occupations for title in o.titles]
        facts = [(o.slug, fact) for o in occupations for fact in o.facts]
        self.titles = [
            {**_columns(title, tables.titles), "id": n, "occupation": slug} for n, (slug, title) in enumerate(titles, 1)
        ]
        self.facts = [
            {**_columns(fact, tables.facts), "id": n, "occupation": slug} for n, (slug, fact) in enumerate(facts, 1)
        ]
        self.quotes = [embedded(fact) for _, fact in facts]

    def by_table(self) -> list[tuple[Table, list[dict]]]:
        return [
            (tables.sources, self.sources),
            (tables.occupations, self.occupations),
            (tables.titles, self.titles),
            (tables.facts, self.facts),
        ]


def _columns(thing: object, table: Table) -> dict:
    return {name: getattr(thing, name) for name in table.columns.keys() if hasattr(thing, name)}


def _thing(kind: type[Thing], row: Mapping[str, Any]) -> Thing:
    return kind(**{field.name: row[field.name] for field in fields(kind) if field.name in row})
