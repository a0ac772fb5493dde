"""The lines of a PDF -> blocks: headings by their letters, paragraphs and lists put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from knowledge.english import common_words
from knowledge.shelf.blocks import Block, Role, clean, row
from knowledge.shelf.grids import table
from knowledge.shelf.lists import goes_on_with_number, is_heading, number, split_bullet
from knowledge.shelf.pdf_layout import Line, Page, in_order, running
from knowledge.shelf.plain import ANSWER, QUESTION

LARGER = 1.12  # times the body's letters, from which a line is a heading
HEADING_WORDS = 14
NEW_PARAGRAPH = 1.38  # times the usual distance of lines
SHORT = 0.14  # of a column's width by which the last line of a paragraph is shorter
HYPHENS = "-\u2010\u00ad"
SYMBOLS = re.compile(r"dingbat|symbol|wingding|webding", re.IGNORECASE)
LEADERS = re.compile(r"(?<!\s)\s*(?:\.{4,}|(?:\. ){3,}\.?|_{4,})\s*")
CURRENCIES = ("$", "£", "€")
CUT_FIGURE = re.compile(r"\w[-\u2010\u2011\u2013]$")  # a hyphen or dash at a line's end, right behind a figure or word
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
RARE = 0.2  # of the lines, below which a font is one of headings
RARELY = 15_000  # the place of a word among the common ones, from which it may as well be a part of one
SENTENCES = re.compile(r"[a-z][.!?]\s+[A-Z]")
GAP = 2.2  # times a letter's size between the cells of a row without rules
PARTS_ARE_WORDS = {"on", "off", "up", "by", "at", "in", "to", "of", "go", "do", "no", "my", "us"}  # of two letters
BETWEEN = {"and", "or", "to"}  # after a hyphen that stands for a word: “full- or part-time”
ENDS = (".", "!", "?", ":", "”", ";")


def read_pages(pages: list[Page]) -> list[Block]:
    """The blocks of all pages; running headers and footers are dropped, once each."""
    dropped, pages = running(pages)
    lines = [line for page in pages for line in in_order(page)]
    joiner = Joiner([line.text for line in lines])
    style = _Style(lines)
    blocks = list(_joined(_blocks(lines, style, joiner), joiner))
    said: set[str] = set()
    for page in sorted(dropped):
        for text, why in dropped[page]:
            if re.sub(r"\d+", "#", text.casefold()) not in said:
                said.add(re.sub(r"\d+", "#", text.casefold()))
                blocks.append(Block(Role.dropped, clean(text), page=page, why=why))
    blocks += [Block(Role.dropped, text, page=page.number, why="hidden text") for page in pages for text in page.hidden]
    return blocks


class _Style:
    """The letters of a document: the size of its text, and how far up each kind of heading stands."""

    def __init__(self, lines: list[Line]) -> None:
        sizes: Counter[float] = Counter()
        for line in lines:
            if line.table is None:
                sizes[line.size] += len(line.text)
        self.body = sizes.most_common(1)[0][0] if sizes else 10.0
        larger = sorted({size for size in sizes if size >= LARGER * self.body}, reverse=True)
        self._ranks = {size: rank for rank, size in enumerate(larger, 1)}
        fonts = Counter(line.font for line in lines if line.table is None)
        self._rare = {font for font, count in fonts.items() if count < RARE * len(lines)}
        first = Counter(line.words[0].text for line in lines if _begins_with_symbol(line))
        self._symbols = {text for text, count in first.items() if count > 1}

    def level(self, line: Line) -> int | None:
        """Of which level a line is a heading; `None` where it is none."""
        text = line.text
        if len(text.split()) > HEADING_WORDS or not any(each.isalpha() for each in text) or self.item(line) is not None:
            return None
        if line.size in self._ranks and text[-1] not in ";,":
            return min(self._ranks[line.size], 4)
        if text.isupper() and is_heading(text, alone=False):
            return 5
        if line.bold and text[-1] not in ".;,":
            return 6
        if line.font in self._rare and is_heading(text, alone=True):
            return 7
        return None

    def item(self, line: Line) -> str | None:
        """The text of a list item behind its bullet; `None` where the line begins none."""
        text = line.text
        if line.words[0].text in self._symbols and _begins_with_symbol(line):
            return " ".join(word.text for word in line.words[1:])
        return split_bullet(text)


def _begins_with_symbol(line: Line) -> bool:
    """Whether a line begins with a sign of another font, as a tick of Dingbats that reads “3”."""
    if len(line.words) < 2 or line.table is not None:
        return False
    first, then = line.words[:2]
    return (
        len(first.text) == 1
        and first.font != then.font
        and (bool(SYMBOLS.search(first.font)) or not first.text.isalnum())
    )


def _blocks(lines: list[Line], style: _Style, joiner: Joiner) -> Iterator[Block]:
    waiting: list[Line] = []
    kind: Block | None = None
    counted: set[int] = set()  # the numbers of list items
    pitch = _pitch(lines)

    def finish() -> Iterator[Block]:
        nonlocal kind
        if waiting:
            yield from _made(waiting, kind, style, joiner)
        waiting.clear()
        kind = None

    for line in lines:
        before = waiting[-1] if waiting else None
        if line.table is not None:
            yield from finish()
            yield from (
                replace(block, page=line.page) for block in table([(cells, False) for cells in line.table.rows])
            )
            continue
        level = style.level(line)
        item = style.item(line)
        if _near(before, line, pitch) and not (kind is not None and kind.role is Role.heading):
            item = None if goes_on_with_number(before.text, line.text, counted) else item
        if cells := _cells(line):
            yield from finish()
            yield row(cells, page=line.page)
            continue
        if item is not None:
            yield from finish()
            kind = Block(Role.item, "", 1, line.page)
            counted |= {count for count in (number(line.text),) if count is not None}
        elif level is not None:
            goes_on = (
                kind is not None and kind.role is Role.heading and kind.level == level and _near(before, line, pitch)
            )
            if not goes_on:
                yield from finish()
                kind = Block(Role.heading, "", level, line.page)
        elif before is not None and _begins_anew(before, line, kind, waiting, pitch):
            yield from finish()
        if kind is None:
            kind = Block(Role.prose, "", 0, line.page)
        waiting.append(line)
    yield from finish()


def _begins_anew(before: Line, line: Line, kind: Block | None, waiting: list[Line], pitch: float) -> bool:
    """Whether a line of text begins a paragraph of its own."""
    if kind is not None and kind.role is Role.heading:
        return True
    if (before.page, before.region) != (line.page, line.region):
        return True
    if line.top - before.top > NEW_PARAGRAPH * pitch * max(line.size, 1) or line.top < before.top:
        return True
    if abs(line.size - before.size) > 0.6:
        return True
    if kind is not None and kind.role is Role.item:
        return line.x0 < waiting[0].x0 + 1.5 if len(waiting) > 1 or len(waiting[0].words) > 1 else False
    short = before.x1 < before.x_end - SHORT * (before.x_end - min(each.x0 for each in waiting))
    return short and before.text.endswith(ENDS) and line.text[0].isupper()


def _near(before: Line | None, line: Line, pitch: float) -> bool:
    near = before is not None and (before.page, before.region) == (line.page, line.region)
    return near and 0 < line.top - before.top <= NEW_PARAGRAPH * pitch * line.size


def _pitch(lines: list[Line]) -> float:
    """The usual distance of two lines, in sizes of their letters."""
    steps = [
        (after.top - before.top) / before.size
        for before, after in zip(lines, lines[1:])
        if (before.page, before.region, before.size) == (after.page, after.region, after.size)
        and after.top > before.top
    ]
    return median(steps) if steps else 1.25


def _cells(line: Line) -> list[str] | None:
    """The cells of a row without rules: far apart on a line, or with dots between them."""
    if (
        LEADERS.search(line.text)
        and len(parts := [clean(part) for part in LEADERS.split(line.text) if clean(part)]) == 2
    ):
        return parts
    cells = [[line.words[0]]]
    for before, word in zip(line.words, line.words[1:]):
        if word.x0 - before.x1 > GAP * line.size:
            cells.append([])
        cells[-1].append(word)
    if len(cells) < 2 or split_bullet(line.text) is not None or len(cells[0][0].text) == 1:
        return None
    return [clean(" ".join(word.text for word in cell)) for cell in cells]


def _made(lines: list[Line], kind: Block | None, style: _Style, joiner: Joiner) -> Iterator[Block]:
    """The block that some lines are."""
    page, role = lines[0].page, kind.role if kind else Role.prose
    texts = [line.text for line in lines]
    if role is Role.item:
        texts[0] = style.item(lines[0]) or texts[0]
    text = clean(joiner.join(texts))
    if role is Role.prose and (asked := QUESTION.match(text)):
        yield Block(Role.question, asked[1], 6, page)
    elif role is Role.prose and (answer := ANSWER.match(text)):
        yield Block(Role.prose, text[answer.end() :], 0, page)
    elif role is Role.heading and (len(text.split()) > HEADING_WORDS or text[0] in '“"' or SENTENCES.search(text)):
        yield Block(Role.prose, text, 0, page)
    elif text:
        yield Block(role, text, kind.level if kind else 0, page)


def _joined(blocks: Iterator[Block], joiner: Joiner) -> Iterator[Block]:
    """Blocks, those that a column or page cut put together: what is unfinished with what begins in small letters."""
    last: Block | None = None
    for block in blocks:
        unfinished = last is not None and last.role in (Role.prose, Role.item) and not last.text.endswith(ENDS)
        if unfinished and block.role is Role.prose and block.text[0].islower():
            last = replace(last, text=joiner.join([last.text, block.text]))
            continue
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last


class Joiner:
    """Puts lines together, and words that were cut at their ends: by the words of the document and of English."""

    def __init__(self, texts: list[str]) -> None:
        words = [word.lower() for text in texts for word in WORD.findall(clean(text))]
        self._often = Counter(words)

    def join(self, texts: list[str]) -> str:
        """One text of some lines."""
        told = clean(texts[0])
        for text in map(clean, texts[1:]):
            if told[-1:] in HYPHENS and told[-2:-1].isalpha() and text[:1].isalpha():
                told = self._whole(told, text)
            elif (
                CUT_FIGURE.search(told)
                and (text[:1].isalnum() or text[:1] in CURRENCIES)
                and text.split()[0].lower() not in BETWEEN
            ):
                told = f"{told}{text}"
            else:
                told = f"{told}{'' if self._is_cut(told, text) else ' '}{text}"
        return told

    def _is_cut(self, told: str, text: str) -> bool:
        """Whether a line ends within a word, its hyphen lost: what stands there is no word, and both together are."""
        first, then = re.search(r"(?<![^\W\d_])([^\W\d_]+)$", told), re.match(r"[a-z]+", text)
        if first is None or then is None:
            return False
        known = common_words()
        one, both = first[1].lower(), f"{first[1]}{then[0]}".lower()
        is_whole = both in known or self._often[both] > 0 or self._has_stem(both)
        return known.get(one, RARELY) >= RARELY and self._often[one] <= 1 and is_whole

    def _whole(self, told: str, text: str) -> str:
        first = re.search(r"(?<![^\W\d_])([^\W\d_]+)[-\u2010\u00ad]$", told)
        then = re.match(r"[^\W\d_]+", text)
        if first is None or then is None:
            return f"{told}{text}"
        one, other = first[1].lower(), then[0].lower()
        known = common_words()
        if f"{one}-{other}" in self._often:
            return f"{told[:-1]}-{text}"
        if f"{one}{other}" in self._often or f"{one}{other}" in known or self._has_stem(f"{one}{other}"):
            return f"{told[:-1]}{text}"
        if other in BETWEEN:
            return f"{told[:-1]}- {text}"
        if all(each in known and (len(each) > 2 or each in PARTS_ARE_WORDS) for each in (one, other)):
            return f"{told[:-1]}-{text}"
        return f"{told[:-1]}{text}" if then[0].islower() else f"{told[:-1]}-{text}"

    def _has_stem(self, word: str) -> bool:
        known = common_words()
        return any(
            word.endswith(end) and word[: -len(end)] in known for end in ("s", "ed", "ing", "d", "ly", "er", "ers")
        )
