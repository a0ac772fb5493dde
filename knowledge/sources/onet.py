"""O*NET, as text or Excel, of any release since 2022 -> what it says of each occupation.

Since release 30.3 the tables bear other names (Job Titles, Essential and Transferable Skills, Software Skills, and
education in two tables); each is known by either. What is rated unimportant, not relevant or too imprecise to be
used, as the release itself marks it, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from knowledge.model import Aspect, Fact, Refused, Source, Title
from knowledge.sources.files import Files, Row
from knowledge.sources.release import Described, Release, Tell, say_nothing

CODE = "O*NET-SOC Code"
NAME = re.compile(r"\d\d-\d{4}\.\d\d")
BOTH = re.compile(r"^(.+?) \(([^()]+)\)$")  # "Certified Nursing Assistant (CNA)": two names in one
EDITION = re.compile(r"O\*NET[®\s]*(\d+\.\d+) Database\s+(\w+ \d{4})?")
IMPORTANT = 3.0  # of 5, where O*NET's scale says "important"
DISTINGUISHES = 1.0  # of 3, the impact of a work style from which it helps
INTERESTS = 4.0  # of 7, where O*NET's scale of interests and values turns to what is typical
RARE = 10.0  # percent of those asked, below which a level of education or experience is not told
ATTRIBUTION = (
    "This page includes information from the O*NET {edition} Database by the U.S. Department of Labor, Employment and "
    "Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA. It was "
    "selected and arranged here; USDOL/ETA has not approved, endorsed, or tested that."
)


@dataclass(frozen=True)
class Table:
    """A table of a release: the names that it has had, and what a row of it tells of its occupation."""

    names: tuple[str, ...]
    read: Callable[[Row, Reference], Iterator[Fact | Title]]
    needed: bool = False


class Reference:
    """What the release says once for all occupations: what its terms mean, and the preparation of each Job Zone."""

    def __init__(self, files: Files) -> None:
        self.meanings: dict[str, str] = {}
        self.zones: dict[str, Row] = {}
        self.levels: dict[tuple[str, str], str] = {}
        self.titles: dict[str, str] = {}
        for row in _rows(files, "Content Model Reference"):
            self.meanings[row["Element ID"]] = row["Description"]
        for row in _rows(files, "Job Zone Reference"):
            self.zones[row["Job Zone"]] = row
        categories = ("Education, Training, and Experience Categories", "Education Categories", "Experience Categories")
        for name in categories:
            for row in _rows(files, name):
                self.levels[row["Element ID"], row["Category"]] = row["Category Description"]


def is_in(files: Files) -> bool:
    """Whether a download is a release of O*NET: its occupations are described by O*NET-SOC codes."""
    name = files.named("Occupation Data")
    return name is not None and {CODE, "Title", "Description"} <= set(files.columns(name))


def read(files: Files, tell: Tell = say_nothing) -> Release:
    """Read a release; raises `Refused` with file and line where a row is broken."""
    release, reference = Release(_source(files)), Reference(files)
    described: dict[str, Described] = {}
    for row in files.table(files.named("Occupation Data")):
        code = row[CODE]
        if not NAME.fullmatch(code):
            raise row.wrong(f"“{code}” is no O*NET-SOC code")
        if code in described:
            raise row.wrong(f"{code} is described twice")
        overview = Fact(Aspect.overview, row["Description"], heading="Description")
        described[code] = Described(code, row["Title"], [code], [Title(row["Title"], "preferred")], [overview])
    reference.titles = {code: each.title for code, each in described.items()}
    for done, table in enumerate(TABLES):
        tell("tables", done, len(TABLES))
        found = [name for name in map(files.named, table.names) if name]
        if not found:
            release.lacks.append(f"There is no “{table.names[0]}”.")
        for name in found:
            for row in files.table(name):
                occupation = described.get(row[CODE])
                if occupation is None:
                    raise row.wrong(f"no occupation of the release has the code {row[CODE]}")
                for each in table.read(row, reference):
                    (occupation.titles if isinstance(each, Title) else occupation.facts).append(each)
    tell("tables", len(TABLES), len(TABLES))
    release.described = [_ordered(each) for each in described.values()]
    return release


def _source(files: Files) -> Source:
    written = next((files.text(name) for name in files.names if name.lower().startswith("read me")), "")
    found = EDITION.search(written)
    folder = re.search(r"(\d\d)[._](\d)", files.path.stem)
    edition = found[1] if found else f"{folder[1]}.{folder[2]}" if folder else None
    if edition is None:
        raise Refused(
            f"{files.path}: it does not say which release of O*NET it is; keep its “Read Me.txt”, or name the folder "
            "after the release (db_30_1_text)."
        )
    return Source(
        name="onet",
        title=f"O*NET {edition} Database",
        publisher="U.S. Department of Labor, Employment and Training Administration",
        date=found[2] if found else None,
        edition=edition,
        licence="CC BY 4.0",
        attribution=ATTRIBUTION.format(edition=edition),
    )


def _rows(files: Files, name: str) -> Iterator[Row]:
    found = files.named(name)
    return files.table(found) if found else iter(())


def _ordered(described: Described) -> Described:
    """The same without what is told twice, the most important first."""
    titles = {title.text.lower(): title for title in reversed(described.titles)}
    described.titles = [*reversed(titles.values())]
    facts = {(fact.aspect, fact.quote): fact for fact in reversed(described.facts)}
    described.facts = sorted(reversed(facts.values()), key=lambda fact: -(fact.importance or 0))
    return described


def _titles(row: Row, reference: Reference) -> Iterator[Title]:
    reported = "Reported Job Title" in row.cells
    column = next(name for name in ("Reported Job Title", "Alternate Title", "Job Title", "Title") if name in row.cells)
    both = BOTH.match(row[column])
    names = both.groups() if both else (row[column],)
    short = row.cells.get("Short Title", "n/a")
    for name in (*names, *(() if short in ("", "n/a") else (short,))):
        yield Title(name, "reported" if reported else "alternate")


def _task(row: Row, reference: Reference) -> Iterator[Fact]:
    asked = row.number("Incumbents Responding") or 0
    core = row["Task Type"] == "Core"
    yield Fact(Aspect.tasks, row["Task"], heading="Tasks", importance=1000 * core + asked / 1000 - row.line / 1e6)


def _rated(aspect: Aspect, heading: str, scale: str = "IM", least: float = IMPORTANT) -> Callable:
    """What is rated on a scale of importance, from the least that counts."""

    def read(row: Row, reference: Reference) -> Iterator[Fact]:
        if row["Scale ID"] != scale or "Y" in (row.cells.get("Recommend Suppress"), row.cells.get("Not Relevant")):
            return
        value, name = row.number("Data Value") or 0, row["Element Name"]
        if value >= least:
            yield Fact(aspect, reference.meanings.get(row["Element ID"], name), None, heading, name, value)

    return read


def _work_style(row: Row, reference: Reference) -> Iterator[Fact]:
    """Rated by impact since release 30, by importance before."""
    scale, least = ("WI", DISTINGUISHES) if row["Scale ID"] == "WI" else ("IM", IMPORTANT)
    yield from _rated(Aspect.abilities, "Work Styles", scale, least)(row, reference)


def _software(row: Row, reference: Reference) -> Iterator[Fact]:
    wanted = sum(row.cells.get(name) == "Y" for name in ("Hot Technology", "In Demand"))
    kind = row.cells.get("Commodity Title") or row.cells.get("Element Name") or row["Example"]
    yield Fact(Aspect.technology, kind, None, "Technology Skills", row["Example"], wanted - row.line / 1e6)


def _tool(row: Row, reference: Reference) -> Iterator[Fact]:
    yield Fact(Aspect.tools, row["Commodity Title"], None, "Tools Used", row["Example"], -row.line / 1e6)


ZONE = {Aspect.education: "Education", Aspect.experience: "Experience", Aspect.training_length: "Job Training"}


def _zone(row: Row, reference: Reference) -> Iterator[Fact]:
    zone = reference.zones.get(row["Job Zone"])
    if zone is None:
        return
    for aspect, column in ZONE.items():
        yield Fact(aspect, zone[column], heading=zone["Name"], importance=0.5, group="all occupations of this Job Zone")


LEVELS = {
    "2.D.1": (Aspect.education, "Required Level of Education"),
    "3.A.1": (Aspect.experience, "Related Work Experience"),
    "3.A.2": (Aspect.training_length, "On-Site or In-Plant Training"),
    "3.A.3": (Aspect.training_length, "On-the-Job Training"),
}


def _level(row: Row, reference: Reference) -> Iterator[Fact]:
    """How many of those asked named a level; levels are told apart by their category."""
    known = LEVELS.get(row["Element ID"])
    level = reference.levels.get((row["Element ID"], row["Category"]))
    share = row.number("Data Value") or 0
    if known and level and share >= RARE and row.cells.get("Recommend Suppress") != "Y":
        aspect, heading = known
        label = f"{heading}: {level}"
        yield Fact(aspect, f"{row['Data Value']}% of those asked", None, heading, label, 1 + share / 100)


def _interest(row: Row, reference: Reference) -> Iterator[Fact]:
    if row["Scale ID"] in ("OI", "EX") and (row.number("Data Value") or 0) >= INTERESTS:
        meaning, name = reference.meanings.get(row["Element ID"], row["Element Name"]), row["Element Name"]
        heading = "Interests" if row["Scale ID"] == "OI" else "Work Values"
        yield Fact(Aspect.interests, meaning, None, heading, name, row.number("Data Value"))


def _related(row: Row, reference: Reference) -> Iterator[Fact]:
    title = reference.titles.get(row["Related O*NET-SOC Code"])
    if title and row["Relatedness Tier"] != "Supplemental":
        yield Fact(Aspect.related, title, None, "Related Occupations", title, 100 - (row.number("Index") or 0))


TABLES = (
    Table(("Alternate Titles", "Job Titles"), _titles),
    Table(("Sample of Reported Titles",), _titles),
    Table(("Task Statements", "Tasks"), _task),
    Table(("Skills", "Essential Skills", "Transferable Skills"), _rated(Aspect.skills, "Skills")),
    Table(("Knowledge",), _rated(Aspect.knowledge, "Knowledge")),
    Table(("Abilities",), _rated(Aspect.abilities, "Abilities")),
    Table(("Work Styles",), _work_style),
    Table(("Technology Skills", "Software Skills"), _software),
    Table(("Tools Used",), _tool),
    Table(("Job Zones",), _zone),
    Table(("Education, Training, and Experience", "Education", "Training and Experience"), _level),
    Table(("Interests",), _interest),
    Table(("Work Values",), _interest),
    Table(("Related Occupations",), _related),
)
