"""Plain text -> blocks: paragraphs wrapped or not, lists, questions and answers, headings that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.shelf.blocks import Block, Converted, Role, clean, row
from knowledge.shelf.lists import goes_on_with_number, is_heading, number, split_bullet

QUESTION = re.compile(r"(?:Q|Question)\s*\d*\s*[:.)]\s+(\S.*)", re.IGNORECASE)
ANSWER = re.compile(r"(?:A|Answer)\s*\d*\s*[:.)]\s+", re.IGNORECASE)
RULE = frozenset("-=_*~#")  # characters that a line across a page is made of
TABLE = re.compile(r"\t+|\s*\|\s*")
LONG = 45  # characters from which a line may have been wrapped


def read_plain(text: str) -> Converted:
    """Read a text file."""
    return Converted(
        "text", list(_blocks(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n")))
    )


def _blocks(lines: list[str]) -> Iterator[Block]:
    waiting: list[str] = []  # the lines of a paragraph or item that goes on
    made: Block | None = None  # what they are
    margins: list[int] = []  # of the lists that the lines are in
    counted: set[int] = set()  # the numbers of list items

    def finish() -> Iterator[Block]:
        nonlocal made
        if waiting:
            text = clean(" ".join(waiting))
            waiting.clear()
            yield Block(made.role, text, made.level) if made is not None else Block(Role.prose, text)
        made = None

    for place, line in enumerate(lines):
        text = clean(line)
        margin = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        after = clean(lines[place + 1]) if place + 1 < len(lines) else ""
        if not text:
            yield from finish()
            continue
        if _is_rule(line):
            under = len(waiting) == 1 and made is None and len(clean(line)) >= 3 and clean(line)[0] in "=-~"
            if under and is_heading(waiting[0], alone=True):
                yield Block(Role.heading, clean(waiting.pop()), 1 if clean(line)[0] == "=" else 2)
            else:
                yield from finish()
                yield Block(Role.rule, "")
            continue
        if asked := QUESTION.match(text):
            yield from finish()
            made, waiting[:] = Block(Role.question, "", 6), [asked[1]]
            continue
        if made is not None and made.role is Role.question and (answer := ANSWER.match(text)):
            yield from finish()
            waiting[:] = [text[answer.end() :]]
            continue
        bullet = None if waiting and goes_on_with_number(clean(waiting[-1]), text, counted) else split_bullet(text)
        if bullet is not None:
            counted |= {count for count in (number(text),) if count is not None}
            yield from finish()
            while margins and margins[-1] > margin:
                margins.pop()
            if not margins or margins[-1] < margin:
                margins.append(margin)
            made, waiting[:] = Block(Role.item, "", len(margins)), [bullet]
            continue
        cells = [clean(cell) for cell in TABLE.split(line.strip()) if clean(cell)] if TABLE.search(line.strip()) else []
        beside = [place + step for step in (-1, 1) if 0 <= place + step < len(lines)]
        if len(cells) > 1 and not waiting and any(TABLE.search(lines[each].strip()) for each in beside):
            yield row(cells)
            continue
        if not waiting and is_heading(text, alone=not after or not _goes_on(text, after)):
            margins.clear()
            yield Block(Role.heading, text, 2 if text.isupper() else 3)
            continue
        if made is not None and made.role is Role.item and margin == 0 and margins and margins[0] > 0:
            yield from finish()  # a paragraph at the margin after an indented list
        if not waiting:
            margins.clear()
        waiting.append(line)
        if len(line.rstrip()) < LONG and after and made is None and not _goes_on(text, after):
            yield from finish()
    yield from finish()


def _goes_on(text: str, after: str) -> bool:
    """Whether a line goes on in the next one, as wrapped text does."""
    return after[0].islower() or (len(text) >= LONG and text[-1] not in ".!?:") or text[-1] in ",;-–"


def _is_rule(line: str) -> bool:
    """Whether a line is drawn across the page."""
    marks = "".join(line.split())
    return len(marks) >= 3 and RULE.issuperset(marks)
