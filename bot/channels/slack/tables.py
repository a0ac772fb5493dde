"""Markdown's tables (`| a | b |` over `|---|---|`) -> Slack's table block, or a list where there is none; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# Slack's limits of a table
ROWS = 100
COLUMNS = 20
CHARACTERS = 10_000  # in all cells

RULE = re.compile(r":?-+:?")  # a cell of the line below a heading
BETWEEN = re.compile(r"(?<!\\)\|")
LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
MARKS = re.compile(r"(\*\*|__|`|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*]))")
NOTHING = "–"  # a cell of Slack's is not empty


@dataclass(frozen=True)
class Table:
    """A heading and rows, all of as many cells in Markdown; how each column stands: left, center or right."""

    heading: list[str]
    rows: list[list[str]]
    aligned: list[str]

    @property
    def fits(self) -> bool:
        """Whether Slack takes it as a table."""
        cells = [cell for row in [self.heading, *self.rows] for cell in row]
        size = sum(len(words(cell)) for cell in cells)
        return len(self.rows) < ROWS and len(self.heading) <= COLUMNS and size <= CHARACTERS

    def as_block(self) -> dict[str, Any]:
        """The table as a block."""
        rows = [[{"type": "raw_text", "text": words(cell)} for cell in row] for row in [self.heading, *self.rows]]
        settings = [{"align": aligned, "is_wrapped": True} for aligned in self.aligned]
        return {"type": "table", "rows": rows, "column_settings": settings}

    def as_list(self) -> str:
        """The table in Markdown's list: a line a row, which begins with its first cell and names the other columns."""
        return "\n".join(
            f"- **{words(first)}**"
            + (": " if others else "")
            + "; ".join(
                f"{words(name)}: {cell or NOTHING}" if words(name) != NOTHING else cell or NOTHING
                for name, cell in zip(self.heading[1:], others)
            )
            for first, *others in self.rows
        )


def parts(markdown: str) -> Iterator[str | Table]:
    """A text and its tables in the order they stand in."""
    lines, text, place = markdown.splitlines(), [], 0
    while place < len(lines):
        table, end = _table(lines, place)
        if table is None:
            text.append(lines[place])
            place += 1
            continue
        if any(text):
            yield "\n".join(text)
        yield table
        text, place = [], end
    if any(text):
        yield "\n".join(text)


def without_tables(markdown: str) -> str:
    """A text in which lists stand for tables."""
    if "|" not in markdown:
        return markdown
    return "\n\n".join((part.as_list() if isinstance(part, Table) else part).strip("\n") for part in parts(markdown))


def words(cell: str) -> str:
    """A cell without Markdown's marks."""
    return MARKS.sub("", LINK.sub(r"\1", cell)).strip() or NOTHING


def _table(lines: list[str], place: int) -> tuple[Table | None, int]:
    """The table that begins at a line, and where it ends; `None` where none does."""
    if "|" not in lines[place] or place + 1 == len(lines) or "|" not in lines[place + 1]:
        return None, place
    heading, ruled = _cells(lines[place]), _cells(lines[place + 1])
    if len(ruled) != len(heading) or not all(map(RULE.fullmatch, ruled)):
        return None, place
    end = place + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    rows = [(_cells(line) + [""] * len(heading))[: len(heading)] for line in lines[place + 2 : end]]
    return (Table(heading, rows, list(map(_alignment, ruled))), end) if rows else (None, place)


def _cells(line: str) -> list[str]:
    line = line.strip().removeprefix("|")
    line = line[:-1] if line.endswith("|") and not line.endswith("\\|") else line
    return [cell.strip().replace("\\|", "|") for cell in BETWEEN.split(line)]


def _alignment(rule: str) -> str:
    if rule.endswith(":"):
        return "center" if rule.startswith(":") else "right"
    return "left"
