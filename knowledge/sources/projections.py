"""BLS Employment Projections, as downloaded -> how each occupation's employment changes, and what entering it needs.

The tables change their numbers, years and dashes between editions, so each is known by the words of its columns: one
with figures of every occupation (1.2, in older editions 1.7; what it leaves out stands in 1.10), one with what is
needed to enter it (5.4), and one with the reasons of change (1.12).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.model import Projection, Refused, Source
from knowledge.sources.files import EXCEL, TEXT, Files, Row
from knowledge.sources.release import Release, Tell, say_nothing

WORDS = {  # of a column's name, those that it has and those that it has not
    "code": ({"code"}, {"industry"}),
    "title": ({"title"}, {"industry"}),
    "type": ({"occupation", "type"}, set()),
    "change": ({"employment", "change", "numeric"}, set()),
    "percent": ({"employment", "change", "percent"}, set()),
    "openings": ({"openings", "annual", "average"}, set()),
    "education": ({"education", "entry"}, set()),
    "experience": ({"experience", "related"}, set()),
    "training": ({"training", "job"}, set()),
    "industry": ({"industry", "code"}, set()),
    "factors": ({"factors"}, set()),
}
FIGURES = ("employment", "projected", "change", "percent", "openings")
NEEDS = ("education", "experience", "training")
TOLD = (*FIGURES, *NEEDS, "factors")
REASONS = ("industry", "factors")
OCCUPATIONS = {"code", "title", "type", "employment", "projected", "change", "percent"}
ALL_OCCUPATIONS, ALL_INDUSTRIES = "00-0000", "TE1000"
CODE = re.compile(r"\d\d-\d{4}")
MARK = re.compile(r"\s*\[\d+\]")  # of a footnote
FIGURE = re.compile(r"([-–−]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?")
NOT_PUBLISHED = ("—", "–", "-", "")


@dataclass(frozen=True)
class Table:
    """A table of occupations: where it is, which of its columns tells what, and the years in their names."""

    file: str
    sheet: str | None
    header: int
    columns: dict[str, str]
    years: tuple[str, ...]


def is_in(files: Files) -> bool:
    """Whether a download has a table of every occupation's employment and how it will change."""
    return any(table.columns.keys() >= OCCUPATIONS for table in _tables(files))


def read(files: Files, tell: Tell = say_nothing) -> Release:
    """Read the projections: employment and openings in thousands of jobs, change in thousands and percent.

    Of the summaries only that of all occupations is read: any other sums up line items that are read themselves.
    Raises `Refused`, with file and line, where a row is broken or there twice, or the tables are of several editions.
    """
    tables = sorted(_tables(files), key=lambda table: -len(table.columns))
    whole = [table for table in tables if table.columns.keys() >= OCCUPATIONS]
    rest = [table for table in tables if table not in whole]
    if not whole:
        raise Refused(f"{files.path}: it has no table of occupations and how their employment will change.")
    years = whole[0].years
    for table in tables:
        if table.years not in (years, years[:1], ()):
            this, other = "–".join(table.years), "–".join(years)
            raise Refused(f"{table.file}: it is of {this}, and {whole[0].file} of {other}; import one edition.")
    found: dict[str, dict[str, str]] = {}
    for done, table in enumerate([*whole, *rest]):
        tell("tables", done, len(tables))
        for code, said in _said(files, table):
            if table in whole or code in found:
                found[code] = {**said, **found.get(code, {})}  # what the fuller table says goes first
    tell("tables", len(tables), len(tables))
    if not found:
        raise Refused(f"{whole[0].file}: its tables hold no occupation.")
    base, target = years
    projections = [
        Projection(code, said["title"], base, target, **{name: said.get(name) for name in TOLD})
        for code, said in found.items()
    ]
    return Release(_source(base, target), projections=projections, lacks=_lacks(projections))


def _tables(files: Files) -> Iterator[Table]:
    """The tables about occupations; Excel has a line above the names of the columns that says what it shows."""
    for file in files.names:
        if file.lower().endswith(TEXT):
            places = [(None, 0, files.columns(file))]
        elif file.lower().endswith(EXCEL):
            sheets = [sheet for sheet in files.sheets(file) if "table" in sheet.lower()]
            heads = ((sheet, head, next(files.table(file, sheet, head), None)) for sheet in sheets for head in (0, 1))
            places = ((sheet, head, [*row.cells]) for sheet, head, row in heads if row)
        else:
            continue
        for sheet, header, names in places:
            columns, years = _columns(names)
            if any(columns.keys() >= needed for needed in (OCCUPATIONS, {"code", *NEEDS}, {"code", *REASONS})):
                yield Table(file, sheet, header, columns, years)


def _columns(names: list[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """What the columns tell, and the years that they are of: from and to, or the one of the occupations' list."""
    found: dict[str, str] = {}
    employment: dict[str, str] = {}
    for name in names:
        words = set(re.findall(r"[a-z]+|\d{4}", MARK.sub("", name).lower()))
        years = {word for word in words if word.isdigit()}
        if words - years == {"employment"} and len(years) == 1:
            employment[years.pop()] = name
        for meaning, (has, has_not) in WORDS.items():
            if has <= words and not has_not & words:
                found.setdefault(meaning, name)
    if len(employment) == 2:
        found["employment"], found["projected"] = (employment[year] for year in sorted(employment))
        return found, tuple(sorted(employment))
    return found, tuple(re.findall(r"\d{4}", found.get("code", ""))[:1])


def _said(files: Files, table: Table) -> Iterator[tuple[str, dict[str, str]]]:
    """What a table says of each occupation that it lists, by what its columns tell; without what is not published."""
    lines: dict[str, int] = {}
    for row in files.table(table.file, table.sheet, table.header):
        cells = {meaning: MARK.sub("", row.cells.get(name, "")) for meaning, name in table.columns.items()}
        code = cells["code"]
        if not code and sum(map(bool, row.cells.values())) == 1:
            continue  # a footnote or the table's source
        if not CODE.fullmatch(code):
            raise row.wrong(f"“{code}” is no occupation's code")
        if "factors" in cells and cells["industry"] != ALL_INDUSTRIES:
            continue  # a reason in some industries is none of the whole occupation, even where they share its words
        if cells.get("type", "Line item").lower() != "line item" and code != ALL_OCCUPATIONS:
            continue
        if code in lines:
            raise row.wrong(f"{code} is there twice, first in line {lines[code]}")
        if not cells.get("title", code):
            raise row.wrong(f"{code} has no title")
        lines[code] = row.line
        told = {meaning: _figure(row, cells[meaning]) for meaning in FIGURES if meaning in cells}
        told |= {meaning: cells[meaning] for meaning in ("title", *NEEDS, "factors") if meaning in cells}
        yield code, {meaning: text for meaning, text in told.items() if text and text not in NOT_PUBLISHED}


def _figure(row: Row, written: str) -> str | None:
    """A figure as it is published, with one decimal: 14,441.0; `None` where it is not."""
    if written in NOT_PUBLISHED:
        return None
    found = FIGURE.fullmatch(written)
    if not found:
        raise row.wrong(f"“{written}” is neither a figure nor a mark")
    return f"{'-' if found[1] else ''}{int(found[2].replace(',', '')):,}.{found[3] or '0'}"


def _lacks(projections: list[Projection]) -> list[str]:
    told = {
        "openings": "job openings",
        "education": "the education that is typically needed",
        "experience": "the work experience that is typically needed",
        "training": "the training that is typically needed",
        "factors": "why employment changes",
    }
    return [
        f"There is nothing on {what}." for name, what in told.items() if not any(getattr(p, name) for p in projections)
    ]


def _source(base: str, target: str) -> Source:
    edition = f"{base}–{target[2:]}"
    title, publisher = "Employment Projections", "U.S. Bureau of Labor Statistics"
    return Source(
        name="projections",
        title=title,
        publisher=publisher,
        date=edition,
        edition=edition,
        licence="Public domain (U.S. government work)",
        attribution=f"Source: {publisher}, {title}, {edition}.",
    )
