"""The cells of a table, wherever it was found -> its rows as lines to be quoted, each with what heads its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.shelf.blocks import Block, Role, row

HEADER = "the header of a table; it stands in its rows"
YEAR = re.compile(r"\b(?:19|20)\d\d(?:\s*[-–/]\s*\d{2,4})?\b")  # noqa: RUF001
DIGIT = re.compile(r"\d")
BARE = re.compile(r"-?\d[\d,.]*")
WITH_UNIT = re.compile(r"([$£€]?)-?\d[\d,.]*(%?)")


def table(rows: list[tuple[list[str], bool]]) -> Iterator[Block]:
    """The rows of a table, each its cells and whether it is marked as a header."""
    rows = [(cells, marked) for cells, marked in rows if any(cells)]
    header: list[str] = []
    headers = 0  # rows that are headers, at the top
    rows = _with_units(rows)
    for place, (cells, marked) in enumerate(rows):
        said = list(dict.fromkeys(cell for cell in cells if cell))
        first = bool(header) and place == headers
        heads = marked or ((place == 0 or first) and _heads(cells, [each for each, _ in rows[place + 1 :]], first))
        headers += heads
        if len(said) == 1 and len(cells) > 1 and (heads or len([cell for cell in cells if cell]) > 1):
            yield Block(Role.caption if place == 0 or marked else Role.prose, said[0])
        elif heads:
            header = _below(header, cells) if first else list(cells)
            yield Block(Role.dropped, " | ".join(said), why=HEADER)
        else:
            yield row(cells, tuple(header))


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
    """The same with the unit of a column's first figure on all that bear none, as tables leave it out below."""
    widest = max((len(cells) for cells, _ in rows), default=0)
    told = [(list(cells), marked) for cells, marked in rows]
    for column in range(1, widest):
        figures = [
            cells for cells, marked in told if not marked and column < len(cells) and DIGIT.search(cells[column])
        ]
        first = WITH_UNIT.fullmatch(figures[0][column]) if len(figures) > 1 else None
        if first is None or not (first[1] or first[2]):
            continue
        if all(BARE.fullmatch(cells[column]) for cells in figures[1:]):
            for cells in figures[1:]:
                cells[column] = f"{first[1]}{cells[column]}{first[2]}"
    return told
