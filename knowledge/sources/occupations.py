"""What all imported sources together say of one occupation: O*NET's codes tie them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine, RowMapping

from knowledge import tables
from knowledge.model import Aspect, Fact, Occupation, Projection, Source, Title, Wage
from knowledge.rows import thing
from knowledge.sources.figures import projection_facts, state_fact, wage_facts

NATION = "United States"
PUBLISHED_AS = {  # where BLS publishes figures for some occupations together, by a code of its own
    **dict.fromkeys(("21-1011", "21-1014"), "21-1018"),
    **dict.fromkeys(("25-2055", "25-2056"), "25-2052"),
    **dict.fromkeys(("25-9042", "25-9043", "25-9049"), "25-9045"),
    **dict.fromkeys(("51-2022", "51-2023"), "51-2028"),
    **dict.fromkeys(("53-1042", "53-1043", "53-1044", "53-1049"), "53-1047"),
}
RANK = ("oews", "ooh", "projections", "onet")  # whose facts of a kind are told first: figures, then what is explained


class Catalogue:
    """What is described by whom, at one time; read once, since it names some 1,300 occupations."""

    def __init__(self, engine: Engine) -> None:
        """Read what there is; the tables have to be there."""
        self._engine = engine
        with engine.connect() as connection:
            sources = connection.execute(select(tables.imported_sources)).mappings()
            self.sources = {row["name"]: thing(Source, row) for row in sources}
            every = connection.execute(select(tables.described).order_by(tables.described.c.id)).mappings().all()
        self._coded = {row["slug"]: row for row in every if row["slug"] in row["codes"]}
        self._pages = [row for row in every if row["slug"] not in row["codes"]]
        self._bears = {row["id"]: self._home(row) for row in every}
        self._described: dict[str, list[RowMapping]] = {}
        for row in every:
            self._described.setdefault(self._bears[row["id"]], []).append(row)

    def __contains__(self, slug: str) -> bool:
        return slug in self._described

    def __len__(self) -> int:
        return len(self._described)

    def titles(self) -> list[tuple[str, Title]]:
        """Every title with the slug of the occupation that bears it."""
        with self._engine.connect() as connection:
            found = connection.execute(select(tables.imported_titles).order_by(tables.imported_titles.c.id)).mappings()
            return [(self._bears[row["described_id"]], thing(Title, row)) for row in found]

    @cached_property
    def names(self) -> dict[str, str]:
        """What each occupation is called."""
        return {slug: described[0]["title"] for slug, described in self._described.items()}

    def codes(self, slug: str) -> list[str]:
        """The codes of an occupation, or of the group that it is."""
        return [slug] if slug in self._coded else self._described[slug][0]["codes"]

    @cached_property
    def overviews(self) -> dict[str, str]:
        """What each occupation is, in the first words of what describes it."""
        where = tables.imported_facts.c.aspect == Aspect.overview
        columns = tables.imported_facts.c.described_id, tables.imported_facts.c.text
        told: dict[str, str] = {}
        with self._engine.connect() as connection:
            for number, text in connection.execute(select(*columns).where(where).order_by(tables.imported_facts.c.id)):
                told.setdefault(self._bears[number], text)
        return told

    def duties(self) -> dict[str, list[str]]:
        """The duties of each occupation, as they are read against a question."""
        table, told = tables.imported_facts, {}
        columns = table.c.described_id, table.c.aspect, table.c.text, table.c.heading, table.c.label
        with self._engine.connect() as connection:
            rows = connection.execute(select(*columns).where(table.c.aspect == Aspect.tasks).order_by(table.c.id))
            for number, aspect, text, heading, label in rows:
                fact = Fact(aspect, text, heading=heading, label=label)
                told.setdefault(self._bears[number], []).append(fact.placed)
        return told

    @cached_property
    def employment(self) -> dict[str, float]:
        """How many people work in each occupation, by SOC code, where that is published."""
        where = tables.wages.c.area == NATION
        with self._engine.connect() as connection:
            found = connection.execute(select(tables.wages.c.code, tables.wages.c.employment).where(where))
            return {code: float(number.replace(",", "")) for code, number in found if number}

    def working(self, slug: str) -> float:
        """How many people work in an occupation, or in all of a group; 0 where that is not published."""
        return sum(self.employment.get(code, 0.0) for code in {code[:7] for code in self.codes(slug)})

    def occupation(self, slug: str) -> Occupation:
        """One occupation; raises `KeyError` where no source knows it."""
        described = self._described[slug]
        first, codes = described[0], self.codes(slug)
        with self._engine.connect() as connection:
            facts = [fact for row in described for fact in self._facts(connection, row)]
            for page in self._pages:  # of a group that it belongs to
                if page not in described and slug in page["codes"]:
                    facts += [replace(fact, group=page["title"]) for fact in self._facts(connection, page)]
            for code in dict.fromkeys(code[:7] for code in codes):
                facts += self._figures(connection, code, first["title"])
            ids = [row["id"] for row in described]
            where = tables.imported_titles.c.described_id.in_(ids)
            titles = connection.execute(select(tables.imported_titles).where(where)).mappings()
            return Occupation(
                slug,
                first["title"],
                self.sources[first["source_name"]],
                slug if slug in self._coded else None,
                codes,
                [thing(Title, row) for row in titles],
                _once(sorted(facts, key=_order)),
            )

    def _home(self, row: RowMapping) -> str:
        """The occupation that a description is of: of a page about one occupation that one, else a group of its own."""
        if row["slug"] in self._coded:
            return row["slug"]
        known = [code for code in row["codes"] if code in self._coded]
        same = [code for code in known if self._coded[code]["title"].lower() == row["title"].lower()]
        whole = [code for code in known if code.endswith(".00")]
        return next((found[0] for found in (same, known, whole) if len(found) == 1), row["slug"])

    def _facts(self, connection: Connection, row: RowMapping) -> Iterator[Fact]:
        source = self.sources[row["source_name"]]
        where = tables.imported_facts.c.described_id == row["id"]
        query = select(tables.imported_facts).where(where).order_by(tables.imported_facts.c.id)
        for found in connection.execute(query).mappings():
            yield replace(thing(Fact, {**found, "line": None, "asked": []}), source=source)

    def _figures(self, connection: Connection, code: str, title: str) -> Iterator[Fact]:
        for wage, source in self._wages(connection, code):
            group = None if alike(wage.title, title) else wage.title
            if wage.area == NATION:
                yield from wage_facts(wage, source, group=group)
            elif (fact := state_fact(wage, source, group=group)) is not None:
                yield fact
        where = tables.projections.c.code.in_(_broader(code))
        rows = connection.execute(select(tables.projections).where(where)).mappings().all()
        for row in sorted(rows, key=lambda row: _broader(code).index(row["code"]))[:1]:
            group = None if alike(row["title"], title) else row["title"]
            yield from projection_facts(thing(Projection, row), self.sources[row["source_name"]], group=group)

    def _wages(self, connection: Connection, code: str) -> Iterator[tuple[Wage, Source]]:
        """The wages of an occupation in each area, by its SOC code; of its broad group where that is all there is."""
        where = tables.wages.c.code.in_(_broader(code))
        query = select(tables.wages).where(where).order_by(tables.wages.c.area)
        rows = connection.execute(query).mappings().all()
        rows = sorted(rows, key=lambda row: -_broader(code).index(row["code"]))
        for row in {row["area"]: row for row in rows}.values():
            wage = thing(Wage, {**row, "hourly": tuple(row["hourly"]), "annual": tuple(row["annual"])})
            yield wage, self.sources[row["source_name"]]


def _once(facts: list[Fact]) -> list[Fact]:
    """The same without what the projections say in the words of another source."""
    said = {(fact.aspect, fact.text) for fact in facts if fact.source.name != "projections"}
    return [fact for fact in facts if fact.source.name != "projections" or (fact.aspect, fact.text) not in said]


def _order(fact: Fact) -> tuple[bool, bool, int, float]:
    """The figures of states last, since only who asks for one is told it; its own before its group's."""
    wider = fact.group is not None and fact.aspect in (Aspect.overview, Aspect.tasks, Aspect.outlook)
    return fact.area is not None, wider, RANK.index(fact.source.name), -(fact.importance or 0)


def alike(one: str, other: str) -> bool:
    """Whether two titles are one, whatever their case and commas."""
    return one.replace(",", "").casefold() == other.replace(",", "").casefold()


def _broader(code: str) -> tuple[str, ...]:
    """A SOC code, and those under which its figures may be published with others': 13-1023, 13-1020."""
    return tuple(filter(None, (code, PUBLISHED_AS.get(code), f"{code[:6]}0")))
