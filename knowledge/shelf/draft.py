"""What a file was understood to say: its lines, its occupations, and what each sentence tells, drafted by machine."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from knowledge.model import Aspect, Refused
from knowledge.shelf.alike import together
from knowledge.shelf.aspects import Placed
from knowledge.shelf.blocks import Converted, Role
from knowledge.shelf.model import Item, Part
from knowledge.shelf.orders import is_order
from knowledge.shelf.outline import Piece, outline
from knowledge.shelf.parts import find_parts

Tell = Callable[[list[Placed]], list[list[tuple[Aspect | None, float]]]]  # as `Aspects.of`

HEADING = "a heading; what stands under it is read with it"
LEAD = "it only introduces the list below, which is read with it"
LINK = "a link to another page"
ONWARD = re.compile(r"\b(?:more|further|information|find out|read|see|links?|resources|visit)\b", re.IGNORECASE)
NOTHING = "it seems to tell nothing of the occupation"
ORDER = "an order to whoever reads the page, not a statement"
LONG_LEAD = 10  # words from which what introduces a list may say something without it: “Courses are held in:”
BARE = re.compile(
    r"\b(?:follow|follows|following|includ(?:e|es|ed|ing)|are|were|is|was|below|you|to|must|may|will)\W*$"
)
MOST_PIECES = 4_000  # sentences, items and rows; a hundred pages have 3,000, which takes half a minute
OTHERS = 3  # further aspects that are offered
LEAST = 0.02  # how likely they are at least


@dataclass(frozen=True)
class Draft:
    """The content of a version."""

    lines: tuple[str, ...]
    parts: tuple[Part, ...]
    items: tuple[Item, ...]


def draft(found: Converted, name: str, tell: Tell) -> Draft:
    """Draft what a converted file says; raises `Refused` where that is more than a document about careers does."""
    made = outline(found.blocks)
    if (count := sum(piece.role is not Role.dropped for piece in made.pieces)) > MOST_PIECES:
        raise Refused(f"{name}: it has {count:,} sentences; at most {MOST_PIECES:,} are read. Split it by occupation.")
    parts, places = find_parts(found, made, name)
    read = [place for place, piece in enumerate(made.pieces) if _unread(piece) in (None, LEAD)]
    chances = [dict(each) for each in tell([_placed(made.pieces[place]) for place in read])]
    told = together(made.pieces, dict(zip(read, chances)))
    items = tuple(
        _item(piece, where, told.get(place, {}))
        for place, (piece, where) in enumerate(zip(made.pieces, places, strict=True))
    )
    return Draft(tuple(made.lines), tuple(parts), items)


def _placed(piece: Piece) -> Placed:
    text = " | ".join(piece.cells) if len(piece.cells) > 1 else piece.text
    return Placed(text, piece.heading, piece.lead, piece.parents)


def _unread(piece: Piece) -> str | None:
    """Why a piece is no fact, whatever it says; `None` where it may be one."""
    if piece.role is Role.dropped:
        return piece.why
    if piece.role in (Role.heading, Role.question):
        return HEADING
    if piece.linked and (piece.role is Role.prose or piece.heading is None or ONWARD.search(piece.lead or "")):
        return LINK
    if is_order(piece.text):
        return ORDER
    if piece.leads and (len(piece.text.split()) < LONG_LEAD or BARE.search(piece.text) or piece.text[-1] != ":"):
        return LEAD
    return None


def _item(piece: Piece, places: tuple[int, ...], chances: dict[Aspect | None, float]) -> Item:
    why = _unread(piece)
    item = Item(
        line=piece.line,
        text=piece.text,
        aspect=None,
        why=why,
        heading=piece.heading,
        lead=piece.lead,
        page=piece.page,
        leads=why == LEAD,
        listed=piece.role in (Role.item, Role.row),
        parts=places,
    )
    if not chances:
        return item
    (aspect, sure), *rest = sorted(chances.items(), key=lambda each: -each[1])
    others = tuple(each for each, chance in rest if each is not None and chance >= LEAST)[:OTHERS]
    why = why or (NOTHING if aspect is None else None)
    return replace(item, aspect=aspect, sure=round(sure, 3), why=why, others=others)
