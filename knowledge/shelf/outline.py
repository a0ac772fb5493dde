"""Blocks -> the kept text by lines, and its pieces: sentences, items and rows, each with what heads and leads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from knowledge.shelf.blocks import Block, Role, row
from knowledge.sources.sentences import sentences

RUN_IN = re.compile(  # a heading in capitals within a paragraph: “WHO PAYS Your sponsor pays.”
    r"(?:^|(?<=[.!?]\s))((?:[A-Z][A-Z’'&-]{0,30}\s+){1,6}?[A-Z]{2}[A-Z’'&-]{0,30}:?)\s+(?=[A-Z“\"][a-z’']|A\s[a-z]|I\s[a-z])"
)
SHORTEST = 4  # words of what is quoted alone; “No.” and “Detail oriented.” are with what they go on with
CAPTION = 10  # words of a line that heads a table or chart
FIGURE = re.compile(r"[$£€]?\s?-?\d[\d,.]*\s?%?(?:\s*[-–]\s*[$£€]?\d[\d,.]*%?)?")  # noqa: RUF001
ENDS = (".", "!", "?", ".”", "!”", "?”", '."', ".)", "…")


@dataclass(frozen=True)
class Piece:
    """A sentence, item, row or heading of the kept text, or what was dropped of it; `section` counts headings."""

    role: Role
    text: str
    line: int
    heading: str | None = None
    parents: tuple[str, ...] = ()  # the headings above that, the outermost first
    lead: str | None = None  # the sentence that introduces its list or table
    leads: bool = False  # whether it is such a sentence
    page: int | None = None
    why: str | None = None
    cells: tuple[str, ...] = ()
    linked: bool = False  # whether all of it is a link to another page
    section: int = 0


@dataclass
class Outline:
    """The text that is kept of a file, and its pieces in the order of their lines."""

    lines: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


def outline(blocks: list[Block]) -> Outline:
    """Put blocks into lines; nothing of them is left out, headings and what was dropped have pieces too."""
    made = Outline()
    state = _State()
    blocks = _with_pairs(list(_with_run_in_headings(blocks)))
    for block, after in zip(blocks, _after(blocks)):
        if block.role is Role.rule:
            state.end()
            continue
        _space(made, block)
        made.lines.append(("  " * (block.level - 1) + "• " if block.role is Role.item else "") + block.text)
        state.see(block)
        for text in _texts(block, answers=state.answers):
            found = state.piece(block, text, len(made.lines))
            made.pieces.append(found)
        if leads := _leads(made.pieces[-1], block, after):
            made.pieces[-1] = replace(made.pieces[-1], leads=True)
        state.after(block, made.pieces[-1].text if leads else None)
    return made


class _State:
    """What heads and leads the next piece."""

    def __init__(self) -> None:
        self._headings: list[tuple[int, str]] = []
        self._leads: dict[int, str] = {}  # by how deep the list stands that each leads
        self._section = 0
        self.answers = False

    def end(self) -> None:
        self._headings, self._leads, self.answers = [], {}, False
        self._section += 1

    def see(self, block: Block) -> None:
        """Take a heading or the end of a list in."""
        if block.role in (Role.heading, Role.question):
            while self._headings and self._headings[-1][0] >= block.level:
                self._headings.pop()
            self._section += 1
        if block.role in (Role.heading, Role.question, Role.prose, Role.caption):
            self._leads = {}
        if block.role is not Role.prose:
            self.answers = False

    def after(self, block: Block, lead: str | None) -> None:
        """Take in what a block is to those after it."""
        if block.role in (Role.heading, Role.question):
            self._headings.append((block.level, block.text))
            self.answers = block.role is Role.question
        elif block.role is Role.item:
            self._leads = {depth: each for depth, each in self._leads.items() if depth <= block.level}
            self._leads[block.level + 1] = block.text
        elif lead:
            self._leads = {1: lead}

    def piece(self, block: Block, text: str, line: int) -> Piece:
        if block.role is Role.dropped:
            return Piece(block.role, text, line, page=block.page, why=block.why, section=self._section)
        above = [heading for _, heading in self._headings]
        depth = block.level if block.role is Role.item else 1
        led = self._leads.get(depth) if block.role in (Role.item, Role.row) else None
        heading, parents = (above[-1], tuple(above[:-1])) if above else (None, ())
        place = {"lead": led, "page": block.page, "cells": block.cells, "section": self._section}
        place["linked"] = block.linked
        return Piece(block.role, text, line, heading, parents, **place)


def _after(blocks: list[Block]) -> list[Block | None]:
    """What follows each block, apart from what was dropped."""
    found: list[Block | None] = []
    after = None
    for block in reversed(blocks):
        found.append(after)
        after = after if block.role is Role.dropped else block
    return found[::-1]


def _with_run_in_headings(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        parts = RUN_IN.split(block.text) if block.role is Role.prose else [block.text]
        if parts[0].strip() or len(parts) == 1:
            yield replace(block, text=parts[0].strip())
        for heading, text in zip(parts[1::2], parts[2::2]):
            yield Block(Role.heading, heading.strip(), 6, block.page)
            yield replace(block, text=text.strip())


def _with_pairs(blocks: list[Block]) -> list[Block]:
    """Blocks, each name with the figure that stands alone below it as a row: a chart that was pasted as text."""
    told: list[Block] = []
    for block in blocks:
        last = told[-1] if told else None
        named = last is not None and last.role is Role.prose and not last.text.endswith((*ENDS, ":"))
        if named and block.role is Role.prose and FIGURE.fullmatch(block.text) and not FIGURE.fullmatch(last.text):
            told[-1] = row([last.text, block.text], page=last.page)
        else:
            told.append(block)
    return told


def _space(made: Outline, block: Block) -> None:
    """An empty line before what begins something, as people leave one."""
    if made.lines and block.role not in (Role.item, Role.row, Role.dropped):
        made.lines.append("")


def _texts(block: Block, *, answers: bool) -> list[str]:
    if block.role is not Role.prose:
        return [block.text]
    joined: list[str] = []
    at = 0  # from where in the text the last one stands
    for number, sentence in enumerate(sentences(block.text)):
        start = block.text.index(sentence, at)
        if joined and len(joined[-1].split()) < SHORTEST and (answers or number == 1) and joined[-1][-1] in ".!":
            at = block.text.index(joined[-1])
            joined[-1] = block.text[at : start + len(sentence)]
        else:
            joined.append(sentence)
            at = start
    return joined


def _leads(piece: Piece, block: Block, after: Block | None) -> bool:
    """Whether a piece introduces the list or table after it."""
    if after is None or after.role not in (Role.item, Role.row):
        return False
    if block.role is Role.caption:
        return True
    if block.role is not Role.prose:
        return False
    if piece.text.endswith(":"):
        return True
    unended = not piece.text.endswith((*ENDS, ";", ","))
    caption = len(piece.text.split()) <= CAPTION and ":" not in piece.text
    return unended and (after.role is Role.item or caption)
