"""What a file of any kind is read into: headings, paragraphs, list items, rows and what was dropped, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}  # noqa: RUF001
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"))
SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
SPANNED = "\0"  # in the place of a cell: the one before it reaches over this column too
SHORT = 4  # characters of a cell that says little without what heads it
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Role(str, Enum):
    """What a block is on its page."""

    heading = "heading"
    question = "question"  # of a question and its answer: it heads what follows
    prose = "prose"
    item = "item"  # of a list
    caption = "caption"  # of a table: it introduces the rows
    row = "row"  # of a table
    rule = "rule"  # a line across the page: what headed the lines above heads none below
    dropped = "dropped"


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, list item or row.

    `level`: of a heading 1 to 7, of a list item how deep it stands. `why`: of what was dropped. `linked`: all of it is
    a link to another page.
    """

    role: Role
    text: str
    level: int = 0
    page: int | None = None
    why: str | None = None
    cells: tuple[str, ...] = ()
    linked: bool = False
    header: tuple[str, ...] = ()  # of the row's table, one for each cell where there is one

    @classmethod
    def of_json(cls, read: dict) -> Block:
        """The block that `dataclasses.asdict` made into JSON."""
        tuples = {name: tuple(read[name]) for name in ("cells", "header")}
        return cls(**{**read, **tuples, "role": Role(read["role"])})


@dataclass
class Converted:
    """A file as read: its blocks, and what it calls itself beside its text (a page's title, a file's properties)."""

    kind: str
    blocks: list[Block] = field(default_factory=list)
    title: str | None = None


def clean(text: str) -> str:
    """A text in one line: no unseen or control characters, plain spaces, ligatures as letters."""
    for ligature, letters in LIGATURES.items():
        text = text.replace(ligature, letters)
    return SPACES.sub(" ", CONTROL.sub(" ", text.translate(UNSEEN))).strip()


def row(cells: list[str], header: tuple[str, ...] = (), page: int | None = None) -> Block:
    """A row of a table as a line to be quoted: its first cell, and each other after what heads its column.

    A cell that reaches over several columns, `SPANNED` after it, is under none of their headers alone.
    """
    told: list[str] = []
    for place, cell in enumerate(cells):
        if not cell or cell == SPANNED:
            continue
        wide = place + 1 < len(cells) and cells[place + 1] == SPANNED
        head = "" if wide or place >= len(header) else header[place].rstrip(" :")
        named = len(cell) > SHORT or not any(letter.isdigit() for letter in cell)  # and says enough by itself
        is_said = not head or head.lower() == cell.lower() or (not told and named)
        told.append(cell if is_said else f"{head} {cell}" if not told else f"{head}: {cell}")
    first, rest = (told[0].rstrip(" :"), told[1:]) if told else ("", [])
    between = " — " if any(": " in each for each in rest) else ": "
    text = f"{first}{between}{'; '.join(rest)}" if rest else first
    said = tuple(cell for cell in cells if cell and cell != SPANNED)
    return Block(Role.row, text, page=page, cells=said, header=header)
