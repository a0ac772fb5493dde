"""KnowledgeBase: builds the store whole or not at all, and answers queries with domain objects."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from sqlalchemy import Column, create_engine, event, insert, inspect, select
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from knowledge import placing, tables
from knowledge.duties import Duties
from knowledge.encoder import Encoder
from knowledge.matcher import Match, Matcher, Nearest, learns
from knowledge.model import Asked, Aspect, Fact, Occupation, Refused, Source, Title
from knowledge.reader import Reader
from knowledge.rows import Rows, thing
from knowledge.sources import store
from knowledge.sources.occupations import Catalogue
from knowledge.sources.vectors import KeptVectors
from knowledge.words import Words

DUTIES = (Aspect.tasks, Aspect.typical_day)
FRESH = 1.0  # seconds for which a fingerprint is believed
WAIT = 30.0  # seconds that SQLite waits for another who writes; its own 5 are less than a long import takes
STALE = 60.0  # seconds after which what was read with vectors missing is read again
KEPT, KEPT_PUBLIC = 256, 48  # occupations in memory: the owner's, with what was learned of them, and imported ones
Encode = Callable[[list[str]], np.ndarray]  # n texts -> their (n, 768) vectors, float32


class NotBuilt(RuntimeError):
    """The store holds no knowledge yet."""


class KnowledgeBase:
    """What the advisor knows. Returns domain objects, never rows."""

    def __init__(self, url: str) -> None:
        """Open the store at an SQLAlchemy `url`; nothing is read until the first query, which may raise `Refused`."""
        self._engine = open_store(url)
        self._looked_up: tuple[float, tuple[str, str] | None] = (0.0, None)
        self._marks = lru_cache(maxsize=2)(self._read_marks)
        self._own = lru_cache(maxsize=KEPT)(self._read_own)  # what else is added leaves what was learned of them
        self._public = lru_cache(maxsize=KEPT_PUBLIC)(self._read_imported)
        self._catalogue = lru_cache(maxsize=1)(self._read_catalogue)
        self._public_duties: tuple[str, float, Duties | None] | None = None  # of which imports, when read
        self._own_duties: tuple[str, Duties | None, Duties] | None = None  # of which documents, beside which

    def build(self, occupations: list[Occupation], encode: Encode, fingerprint: str) -> None:
        """Replace the store by `occupations`, in one transaction: whole, or not at all.

        Of an occupation that stands there several times each is what one source says of it.
        """
        rows = Rows(occupations, encode)
        with self._engine.begin() as connection:
            tables.metadata.drop_all(connection)  # their columns may be those of an older version
            tables.metadata.create_all(connection)
            placing.write(connection, rows)
            connection.execute(insert(tables.builds), {"fingerprint": fingerprint, "mark": uuid.uuid4().hex})
        self._looked_up = (0.0, None)

    def put(
        self,
        source: str,
        occupations: list[Occupation],
        encode: Encode,
        also: Callable[[Connection, list[str]], None],
    ) -> None:
        """Put what one source says of some occupations in the place of what it said; of none: take it out.

        In one transaction, in which `also` may write more, and is given the slugs of which something else is said now;
        everything else stays as it is, running servers see it within a second. Raises `NotBuilt` where there is no
        store to put it into, and `Refused` where it cannot be written now.
        """
        self.built()
        rows = Rows(occupations, encode)
        with writing(self._engine) as connection:
            placing.mark(connection)  # first: whoever else puts something waits here, since keys go on from the highest
            touched = placing.take_out(connection, source)
            placing.write(connection, rows)
            also(connection, list(dict.fromkeys([*touched, *rows.slugs])))
        self._looked_up = (0.0, None)

    def fingerprint(self) -> str | None:
        """What the store was built from; `None` where it was never built; raises `Refused` where it cannot be read."""
        return self._look(tables.builds.c.fingerprint)

    def _look(self, *columns: Column) -> str | None:
        try:
            with self._engine.connect() as connection:
                if not inspect(connection).has_table(tables.builds.name):
                    return None
                row = connection.execute(select(*columns)).first()
                return None if row is None else "".join(row)
        except DatabaseError as error:
            raise Refused(f"The store cannot be read: {str(error.orig).splitlines()[0]}.") from error

    def occupations(self) -> list[str]:
        """The slugs of the occupations that the owner's documents describe, in order of their titles."""
        self.built()
        with self._engine.connect() as connection:
            return list(
                connection.execute(select(tables.occupations.c.slug).order_by(tables.occupations.c.title)).scalars()
            )

    def imported(self) -> Catalogue | None:
        """What was imported; `None` where nothing was."""
        return self._catalogue(self.builds()[1])

    def sources(self) -> list[Source]:
        """The sources of public data that are held."""
        return [held.source for held in store.held(self._engine)]

    def holds(self, slug: str) -> bool:
        """Whether there is an occupation of that slug."""
        catalogue = self.imported()
        return slug in self.occupations() or (catalogue is not None and slug in catalogue)

    def titles(self) -> list[tuple[str, Title]]:
        """Every title that the owner's documents name, with the slug of its occupation."""
        self.built()
        with self._engine.connect() as connection:
            rows = connection.execute(select(tables.titles).order_by(tables.titles.c.id)).mappings()
            return [(row["occupation"], thing(Title, row)) for row in rows]

    def occupation(self, slug: str) -> Occupation:
        """One occupation with its titles and facts; raises `KeyError` where there is none of that slug."""
        return self._read(slug).occupation

    def facts(self, occupation: str, aspect: Aspect) -> list[Fact]:
        """The facts of one aspect, the most important first; empty where the sources hold none."""
        facts = [fact for fact in self.occupation(occupation).facts if fact.aspect is aspect]
        return sorted(facts, key=lambda fact: -(fact.importance or 0))

    def similarities(self, occupation: str, vector: np.ndarray, places: tuple[int, ...] | None = None) -> np.ndarray:
        """Cosine of what a text means, (384,), to every fact of an occupation, in the order of its facts: (n,).

        Imported facts are many, and are read when they are first looked at: those at `places`; it is 0 for others.
        """
        read = self._read(occupation)
        if read.vectors is not None:
            return read.vectors @ vector
        facts, found = read.occupation.facts, np.zeros(len(read.occupation.facts), dtype=np.float32)
        looked_at = list(range(len(facts)) if places is None else places)
        found[looked_at] = self._vectors.of([facts[place].placed for place in looked_at]) @ vector
        return found

    def described(self, text: str) -> list[tuple[str, float]]:
        """The occupations by how near what they are and do is to a text, the nearest first: slug and nearness."""
        vectors = self._encoder.encode([text])[0]
        all_duties = self._all_duties()
        found = [each for duties in all_duties for each in duties.nearest(text, vectors, all_duties[-1].terms)]
        return sorted(found, key=lambda each: -each[1])

    def shared(self, occupation: str, text: str) -> np.ndarray:
        """How much of what a text says each fact of an occupation says in the same words: (n,)."""
        return self._read(occupation).words.shared(text)

    def read(self, occupation: str, question: str, places: tuple[int, ...]) -> np.ndarray:
        """The chance of each relation of a question to some facts of an occupation: (n, 5), see `Relation`."""
        facts = self.occupation(occupation).facts
        return self._reader.relations(question, [facts[place].placed for place in places])

    def match(self, occupation: str, text: str, vector: np.ndarray) -> Match | None:
        """How a question with its vectors (768,) is like those confirmed for each fact; `None` where none are.

        Where they are few, only a question that is nearly one of them is matched.
        """
        matcher = self._read(occupation).matcher
        return matcher.match(text, vector) if matcher else None

    @cached_property
    def _reader(self) -> Reader:
        return Reader(threads=2)

    def warm(self) -> None:
        """Load the reader, and read occupations ahead of the first query, as many as are kept."""
        _ = self._reader
        for slug in self.occupations()[:KEPT]:
            _ = self._read(slug).matcher
        if self.imported():
            self._all_duties()

    def built(self) -> str:
        """What tells what is held from anything else; raises `NotBuilt` where nothing is."""
        return "".join(self.builds())

    def builds(self) -> tuple[str, str]:
        """What tells the owner's documents and the imports that are held from any others; raises `NotBuilt`.

        Looked up once a second at most, since questions ask often.
        """
        looked_up, builds = self._looked_up
        if builds is None or time.monotonic() - looked_up > FRESH:
            documents = self._look(tables.builds.c.fingerprint, tables.builds.c.mark)
            builds = None if documents is None else (documents, store.fingerprint(self._engine))
            self._looked_up = time.monotonic(), builds
        if builds is None:
            raise NotBuilt("The knowledge base is empty; run `python -m knowledge build`.")
        return builds

    def _read(self, slug: str) -> _Read:
        documents, imported = self.builds()
        mark = self._marks(documents).get(slug)
        own = None if mark is None else self._own(slug, mark)
        return own or self._public(slug, imported)

    def says(self, slug: str) -> str:
        """What tells all that is said of an occupation from anything else: other documents leave it as it is."""
        documents, imported = self.builds()
        return self._marks(documents).get(slug, imported)

    def _read_marks(self, documents: str) -> dict[str, str]:
        del documents  # part of the cache's key only
        with self._engine.connect() as connection:
            return dict(connection.execute(select(tables.occupations.c.slug, tables.occupations.c.mark)).all())

    @cached_property
    def _vectors(self) -> KeptVectors:
        return KeptVectors(self._engine, self._encoder.encode)

    @cached_property
    def _encoder(self) -> Encoder:
        return Encoder(threads=2)

    def _read_catalogue(self, built: str) -> Catalogue | None:
        return Catalogue(self._engine) if built else None

    def _all_duties(self) -> list[Duties]:
        """What all occupations are and do, those of public data and the owner's apart: each is read when it changes.

        Those of public data are read again after an import, and while vectors are still being read ahead.
        """
        documents, imported = self.builds()
        if self._public_duties is not None:
            of, read_at, public = self._public_duties
            if of != imported or not (public is None or public.whole or time.monotonic() - read_at < STALE):
                self._public_duties = None
        if self._public_duties is None:
            self._public_duties = imported, time.monotonic(), self._read_public_duties(imported)
        public = self._public_duties[2]
        if self._own_duties is None or self._own_duties[:2] != (documents, public):
            self._own_duties = documents, public, self._read_own_duties(documents, public)
        return [duties for duties in (public, self._own_duties[2]) if duties is not None]

    def _read_public_duties(self, imported: str) -> Duties | None:
        """What imported occupations are and do, as far as their vectors were read ahead."""
        catalogue = self._catalogue(imported)
        if catalogue is None:
            return None
        does = catalogue.duties()
        told = [(slug, what, does.get(slug, [])) for slug, what in catalogue.overviews.items()]
        overviews = self._vectors.kept([what for _, what, _ in told])
        return Duties(told, overviews, self._vectors.kept([duty for _, _, some in told for duty in some]))

    def _read_own_duties(self, documents: str, public: Duties | None) -> Duties:
        told: list[tuple[str, str, list[str]]] = []
        overviews, duties = [], []
        for slug in self.occupations():
            read = self._own(slug, self._marks(documents)[slug])
            facts = read.occupation.facts
            first = next((place for place, fact in enumerate(facts) if fact.aspect is Aspect.overview), 0)
            some = [place for place, fact in enumerate(facts) if fact.aspect in DUTIES]
            told.append((slug, facts[first].text, [facts[place].placed for place in some]))
            overviews.append(read.vectors[[first]].astype(np.float16))
            duties.append(read.vectors[some].astype(np.float16))
        return Duties(told, np.vstack(overviews), np.vstack(duties), beside=public)

    def _read_imported(self, slug: str, built: str) -> _Read:
        catalogue = self._catalogue(built)
        if catalogue is None:
            raise KeyError(slug)
        return _Read(catalogue.occupation(slug), None, _stack([]))

    def _read_own(self, slug: str, mark: str) -> _Read | None:
        del mark  # part of the cache's key only: what is said differently is read anew
        with self._engine.connect() as connection:
            where = tables.occupations.c.slug == slug
            row = connection.execute(select(tables.occupations).where(where)).mappings().first()
            if row is None:
                return None
            names = select(tables.facts.c.source_name).where(tables.facts.c.occupation == slug)
            where = (tables.sources.c.name == row["source_name"]) | tables.sources.c.name.in_(names)
            rows = connection.execute(select(tables.sources).where(where)).mappings()
            sources = {each["name"]: thing(Source, each) for each in rows}
            titles = connection.execute(
                select(tables.titles).where(tables.titles.c.occupation == slug).order_by(tables.titles.c.id)
            ).mappings()
            occupation = Occupation(
                row["slug"],
                row["title"],
                sources[row["source_name"]],
                row["code"],
                titles=[thing(Title, title) for title in titles],
            )
            return _with_facts(connection, occupation, sources)


@dataclass
class _Read:
    """An occupation as the store holds it, with the vectors of its facts (n, 384) and of their questions (m, 768).

    `vectors` is `None` where facts are only read when they are looked at.
    """

    occupation: Occupation
    vectors: np.ndarray | None
    asked_vectors: np.ndarray

    @cached_property
    def words(self) -> Words:
        """The words of the facts."""
        return Words([fact.placed for fact in self.occupation.facts])

    @cached_property
    def matcher(self) -> Matcher | Nearest | None:
        """Learned when first needed (seconds for thousands of questions)."""
        asked = [(place, each) for place, fact in enumerate(self.occupation.facts) for each in fact.asked]
        if not asked:
            return None
        texts, begins = [each.text for _, each in asked], [each.begins for _, each in asked]
        places = [place for place, _ in asked]
        count = len(self.occupation.facts)
        kind = Matcher if learns(count, len(asked)) else Nearest
        return kind(count, texts, self.asked_vectors, places, begins)


def _with_facts(connection: Connection, occupation: Occupation, sources: dict[str, Source]) -> _Read:
    facts = connection.execute(
        select(tables.facts, tables.vectors.c.vector)
        .join(tables.vectors)
        .where(tables.facts.c.occupation == occupation.slug)
        .order_by(tables.facts.c.id)
    ).mappings()
    by_id: dict[int, Fact] = {}
    vectors, asked_vectors = [], []
    for row in facts:
        other = sources[row["source_name"]] if row["source_name"] != occupation.source.name else None
        by_id[row["id"]] = replace(thing(Fact, row), source=other)
        vectors.append(row["vector"])
    asked = connection.execute(
        select(tables.asked)
        .join(tables.facts)
        .where(tables.facts.c.occupation == occupation.slug)
        .order_by(tables.asked.c.fact_id, tables.asked.c.id)
    ).mappings()
    for row in asked:
        by_id[row["fact_id"]].asked.append(thing(Asked, row))
        asked_vectors.append(row["vector"])
    return _Read(replace(occupation, facts=list(by_id.values())), _stack(vectors), _stack(asked_vectors))


def _stack(vectors: list[bytes]) -> np.ndarray:
    unpacked = [np.frombuffer(vector, dtype=np.float32) for vector in vectors]
    return np.stack(unpacked) if unpacked else np.zeros((0, 0), dtype=np.float32)


def open_store(url: str) -> Engine:
    """The store at an SQLAlchemy `url`; raises `Refused` where that is no address."""
    try:
        waits = {"timeout": WAIT} if make_url(url).get_backend_name() == "sqlite" else {}
        engine = create_engine(url, future=True, pool_pre_ping=True, connect_args=waits)
    except (ArgumentError, ImportError, ValueError) as error:  # the address is not repeated: it may hold a password
        raise Refused(
            "The store has no such address; it looks like sqlite:///FILE or postgresql://USER@HOST/NAME."
        ) from error
    if engine.dialect.name == "sqlite":  # its driver begins a transaction too late to hold CREATE TABLE
        event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction; raises `Refused` where somebody else has written for so long that it could not begin or end."""
    try:
        with engine.begin() as connection:
            yield connection
    except OperationalError as error:
        said = str(error.orig).strip().splitlines()[0]
        raise Refused(f"The store cannot be written now ({said}); try again.") from error
