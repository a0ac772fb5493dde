"""BLS Occupational Employment and Wage Statistics, as downloaded -> what occupations pay in the nation and the states.

Layouts differ between editions: since 2019 every table tells the type of its area and the group of its occupation;
before, the table of the nation has no area at all, and that of the states a column of their names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge.model import Refused, Source, Wage
from knowledge.sources.files import EXCEL, TEXT, Files, Row
from knowledge.sources.release import Release, Tell, say_nothing

NATION = "United States"
HOURLY = ("h_pct10", "h_pct25", "h_median", "h_pct75", "h_pct90")
ANNUAL = ("a_pct10", "a_pct25", "a_median", "a_pct75", "a_pct90")
NEEDED = {"occ_code", "occ_title", "tot_emp", "h_mean", "a_mean", "h_median", "a_median"}
OLDER = {"occ_titl": "occ_title", "occ_group": "o_group", "group": "o_group", "state": "area_title"}
KEPT = ("detailed", "broad", "total", "")  # older tables leave the group of a detailed occupation empty
EVERYONE = ("1235", "")  # owned by federal, state or local government, or privately
CROSS = "cross-industry"
NOT_PUBLISHED = ("*", "**", "")
CODE = re.compile(r"\d\d-\d{4}")
FIGURE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?")
PERIOD = re.compile(r"(?:_M_?|(may|november)[ _]?)(20\d\d)(?!\d)|oesm(\d\d)", re.IGNORECASE)  # “M” is May


@dataclass(frozen=True)
class Kept:
    """A wage that was read, and where it stands."""

    wage: Wage
    broad: bool
    file: str
    line: int


def is_in(files: Files) -> bool:
    """Whether a download has a table with the columns of occupations and their wages."""
    return any(_is_table(files, name) for name in files.names)


def read(files: Files, tell: Tell = say_nothing) -> Release:
    """Read the wages over all industries, in US dollars, of the nation, the states and the territories.

    Raises `Refused`, with file and line, where a row is broken or there twice, or the edition is not known or not one.
    """
    names = [name for name in files.names if _is_table(files, name)]
    release = Release(_source(files, names))
    found: dict[tuple[str, str], Kept] = {}
    for done, name in enumerate(names):
        tell("tables", done, len(names))
        for kept in _wages(files, name):
            code, area = kept.wage.code, kept.wage.area
            earlier = found.get((code, area))
            if earlier and earlier.broad == kept.broad:
                first = f"{earlier.file}:{earlier.line}"
                raise Refused(f"{kept.file}:{kept.line}: {code} in {area} is there twice, first in {first}.")
            if earlier is None or earlier.broad:
                found[code, area] = kept
    tell("tables", len(names), len(names))
    release.wages = [kept.wage for kept in found.values()]
    areas = {wage.area for wage in release.wages}
    if not areas:
        raise Refused(f"{files.path}: it holds no wages over all industries of the nation or of a state.")
    if NATION not in areas:
        release.lacks.append("There are no wages of the nation.")
    if areas == {NATION}:
        release.lacks.append("There are no wages by state.")
    return release


def _is_table(files: Files, name: str) -> bool:
    return name.lower().endswith((*TEXT, *EXCEL)) and {_column(each) for each in files.columns(name)} >= NEEDED


def _column(written: str) -> str:
    """The name of a column as the newest layout has it, in lower case."""
    plain = written.lower().replace(" ", "_")
    return OLDER.get(plain, plain)


def _source(files: Files, names: list[str]) -> Source:
    if not names:
        raise Refused(f"{files.path}: it has no table of occupations and their wages.")
    editions = {_edition(files, name): name for name in names}
    if len(editions) > 1:
        (one, first), (other, second) = [*editions.items()][:2]
        raise Refused(f"{first}: it is of {one}, and {second} of {other}; import one edition.")
    edition = next(iter(editions))
    title, publisher = "Occupational Employment and Wage Statistics", "U.S. Bureau of Labor Statistics"
    return Source(
        name="oews",
        title=title,
        publisher=publisher,
        date=edition,
        edition=edition,
        licence="Public domain (U.S. government work)",
        attribution=f"Source: {publisher}, {title}, {edition}.",
    )


def _edition(files: Files, name: str) -> str:
    """The month and year that a table is of: no cell tells it, but the names of file, sheet or download do."""
    for written in (name, *files.sheets(name), files.path.name):
        if found := PERIOD.search(written):
            return f"{(found[1] or 'May').capitalize()} {found[2] or '20' + found[3]}"
    raise Refused(f"{name}: its name does not say which year it is of; keep the name it was published by.")


def _wages(files: Files, name: str) -> Iterator[Kept]:
    columns: dict[str, str] = {}
    for read in files.table(name):
        columns = columns or {written: _column(written) for written in read.cells}
        row = Row(read.file, read.line, {columns[written]: cell for written, cell in read.cells.items()})
        group = row.cells.get("o_group", "").lower()
        if group in KEPT and _over_all_industries(row) and (area := _area(row)):
            yield Kept(_wage(row, area), group == "broad", name, row.line)


def _over_all_industries(row: Row) -> bool:
    one_industry = row.cells.get("naics", "").strip("0") or (row.cells.get("i_group") or CROSS).lower() != CROSS
    return not one_industry and row.cells.get("own_code", "") in EVERYONE


def _area(row: Row) -> str | None:
    """The nation, or the name of the state or territory; `None` where the row is of a smaller area."""
    older = "2" if "area_title" in row.cells else "4" if "area_name" in row.cells else "1"
    kind = row.cells.get("area_type", older)
    if kind == "1":
        return NATION
    if kind not in ("2", "3"):
        return None
    if not row["area_title"]:
        raise row.wrong("the row names no state")
    return row["area_title"]


def _wage(row: Row, area: str) -> Wage:
    code, title = row["occ_code"], row["occ_title"]
    if not CODE.fullmatch(code):
        raise row.wrong(f"“{code}” is no occupation's code")
    if not title:
        raise row.wrong(f"{code} has no title")
    only_by_hour, only_by_year = _flag(row, "hourly"), _flag(row, "annual")
    by_hour = [None if only_by_year else _figure(row, column, 2) for column in ("h_mean", *HOURLY)]
    by_year = [None if only_by_hour else _figure(row, column) for column in ("a_mean", *ANNUAL)]
    employment = _figure(row, "tot_emp")
    return Wage(code, title, area, employment, by_hour[0], by_year[0], tuple(by_hour[1:]), tuple(by_year[1:]))


def _flag(row: Row, name: str) -> bool:
    """Whether wages are published by the hour only, or by the year only."""
    return row.cells.get(name, "").lower() == "true"


def _figure(row: Row, column: str, decimals: int = 0) -> str | None:
    """A figure as it is printed; raises `Refused` where it is neither a figure nor a mark."""
    try:
        return _printed(row[column], decimals)
    except ValueError:
        raise row.wrong(f"“{row[column]}” under {column.upper()} is neither a figure nor a mark") from None


@lru_cache(maxsize=100_000)  # half a million figures are read, and most of them are there many times
def _printed(written: str, decimals: int) -> str | None:
    """A figure as people read it: 51,000 or 24.50; "#" at or above the top code, `None` where it is not published."""
    if written in NOT_PUBLISHED:
        return None
    if written == "#":
        return written
    found = FIGURE.fullmatch(written)
    if not found:
        raise ValueError(written)
    part = (found[2] or "").rstrip("0").ljust(decimals, "0")
    return f"{int(found[1].replace(',', '')):,}" + (f".{part}" if part else "")
