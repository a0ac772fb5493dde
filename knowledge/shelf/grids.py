"""The cells of a table, wherever it was found -> its rows as lines to be quoted, each with what heads its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.shelf.blocks import SPANNED, Block, Role, row

HEADER = "the header of a table; it stands in its rows"
YEAR = re.compile(r"\b(?:19|20)\d\d(?:\s*[-–/]\s*\d{2,4})?\b")  # noqa: RUF001
DIGIT = re.compile(r"\d")
BARE = re.compile(r"-?\d[\d,.]*")
MEASURE = re.compile(  # a label that says itself what its figure counts
    r"\b(?:number|jobs?|openings|years?|ages?|hours?|days?|weeks?|months?|people|pay|wages?|salary|earnings|average|median|"
    r"mean|growth|change|employment|employed|workers?|outlook|minimum|maximum|survey|cost|fee|size|total number)\b",
    re.IGNORECASE,
)
PLAIN_YEAR = re.compile(r"(?:19|20)\d\d")
MOST_APART = 10  # times that the first figure of a column is more than its last
WITH_UNIT = re.compile(r"([$£€]?)-?\d[\d,.]*(%?)")


def table(rows: list[tuple[list[str], bool]]) -> Iterator[Block]:
    """The rows of a table, each its cells and whether it is marked as a header."""
    rows = [(cells, marked) for cells, marked in rows if any(cells)]
    header: list[str] = []
    headers = 0  # rows that are headers, at the top
    rows = _with_units(rows)
    for place, (cells, marked) in enumerate(rows):
        own = [cell for cell in cells if cell and cell != SPANNED]
        said = list(dict.fromkeys(own))
        first = bool(header) and place == headers
        heads = marked or ((place == 0 or first) and _heads(cells, [each for each, _ in rows[place + 1 :]], first))
        headers += heads
        across = len(own) == 1 and SPANNED in cells
        if len(said) == 1 and len(cells) > 1 and (heads or across or (len(own) > 1 and not DIGIT.search(own[0]))):
            yield Block(Role.caption if place == 0 or marked else Role.prose, said[0])
        elif heads:
            header = _below(header, _each(cells)) if first else _each(cells)
            yield Block(Role.dropped, " | ".join(said), why=HEADER)
        else:
            yield row(cells, tuple(header))


def _each(cells: list[str]) -> list[str]:
    """Cells, those that reach over several columns said in each."""
    told: list[str] = []
    for cell in cells:
        told.append((told[-1] if told else "") if cell == SPANNED else cell)
    return told


def _below(header: list[str], cells: list[str]) -> list[str]:
    """What heads the columns, with a second row of headers under the first."""
    both = zip([*header, *[""] * (len(cells) - len(header))], [*cells, *[""] * (len(header) - len(cells))])
    return [" ".join(dict.fromkeys(filter(None, pair))) for pair in both]


def _heads(cells: list[str], others: list[list[str]], second: bool) -> bool:
    """Whether the first or second row of a table heads columns: its corner is empty, or it has no figure, they have."""
    if not others or len([cell for cell in cells if cell]) < 2:
        return False
    figures = [any(DIGIT.search(cell) for cell in row) for row in others]
    none = not any(DIGIT.search(YEAR.sub("", cell)) for cell in cells)
    most = sum(figures) * 2 > len(figures)
    return (not cells[0] and not second) or (none and len(others) > 1 and most and len(cells) > 2)


def _with_units(rows: list[tuple[list[str], bool]]) -> list[tuple[list[str], bool]]:
    """The same with the unit of a column's first figure on all that bear none, as ranked tables leave it out below.

    Only where the figures are surely of one kind: none rises above the one before, their labels name no measure of
    their own (“Number of jobs”), none is a year, and shares are no more than a whole.
    """
    widest = max((len(cells) for cells, _ in rows), default=0)
    told = [(list(cells), marked) for cells, marked in rows]
    for column in range(1, widest):
        figures = [
            cells for cells, marked in told if not marked and column < len(cells) and DIGIT.search(cells[column])
        ]
        first = WITH_UNIT.fullmatch(figures[0][column]) if len(figures) > 1 else None
        if first is None or not (first[1] or first[2]):
            continue
        if all(BARE.fullmatch(cells[column]) for cells in figures[1:]) and _of_one_kind(figures, column):
            for cells in figures[1:]:
                cells[column] = f"{first[1]}{cells[column]}{first[2]}"
    return told


def _of_one_kind(rows: list[list[str]], column: int) -> bool:
    """Whether the figures of a column count the same of different things, the most first."""
    figures = [float(re.sub(r"[^\d.-]", "", row[column]).rstrip(".") or 0) for row in rows]
    falls = all(one >= other for one, other in zip(figures, figures[1:]))
    whole = "%" not in rows[0][column] or sum(map(abs, figures)) <= 101
    near = "%" in rows[0][column] or 0 < figures[0] <= MOST_APART * figures[-1]
    named = any(MEASURE.search(row[0]) or PLAIN_YEAR.fullmatch(row[column]) for row in rows)
    return falls and whole and near and not named
