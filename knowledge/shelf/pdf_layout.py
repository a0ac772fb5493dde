"""The words of a page -> its lines in the order of reading: columns apart, running headers and footers found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median

GUTTER = 8.0  # points of white between two columns
LEAST_LINES = 3  # of a column
CROSSING = 0.5  # of the lines, up to which some may run across the columns
EDGE = 0.12  # of a page's width, where no gutter is looked for
SAME_LINE = 0.45  # of a word's height by which the middles of words on a line may differ
MARGIN = 0.11  # of a page's height, where headers and footers stand
PAGE_NUMBER = re.compile(
    r"(?:page\s{0,9})?[-–|]?\s{0,9}\d{1,4}\s{0,9}(?:(?:of|/)\s{0,9}\d{1,4}\s{0,9})?[-–|]?",  # noqa: RUF001
    re.IGNORECASE,
)
BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
OTHER_SIZE = 1.0  # points
SHORT_CELL = 5  # words of a table's cell


@dataclass(frozen=True)
class Word:
    """A word with its place, from the left and top in points."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    font: str
    size: float


@dataclass(frozen=True)
class Table:
    """A table with its place and the text of its cells."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: list[list[str]]


@dataclass
class Page:
    """What stands on a page; `hidden` is text that nobody sees."""

    number: int
    width: float
    height: float
    words: list[Word]
    tables: list[Table] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """A line of a column, or a table in it; `x_end` is where the column ends, `region` counts columns."""

    words: tuple[Word, ...]
    page: int
    region: int
    x_end: float
    table: Table | None = None

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        """The size of most of its letters, to half a point."""
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[round(word.size * 2) / 2] += len(word.text)
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        return all(BOLD.search(word.font) for word in self.words if len(word.text) > 1) and any(
            BOLD.search(word.font) for word in self.words
        )

    @property
    def font(self) -> str:
        """The font of most of its letters."""
        fonts: Counter[str] = Counter()
        for word in self.words:
            fonts[word.font] += len(word.text)
        return fonts.most_common(1)[0][0]


def running(pages: list[Page]) -> tuple[dict[int, list[tuple[str, str]]], list[Page]]:
    """The running headers and footers by page, each with what it is; and the pages without them."""
    margins = {page.number: _in_margins(page) for page in pages}
    often = Counter(_pattern(text) for lines in margins.values() for text in {_text(line) for _, line in lines})
    least = 2 if len(pages) <= 5 else 0.4 * len(pages)
    dropped: dict[int, list[tuple[str, str]]] = {}
    kept = []
    for page in pages:
        gone: set[int] = set()
        for where, line in margins[page.number]:
            text = _text(line)
            if PAGE_NUMBER.fullmatch(text):
                why = "page number"
            elif len(pages) > 1 and often[_pattern(text)] >= least:
                why = f"{where} of the pages"
            else:
                continue
            dropped.setdefault(page.number, []).append((text, why))
            gone |= {id(word) for word in line}
        words = [word for word in page.words if id(word) not in gone]
        kept.append(Page(page.number, page.width, page.height, words, page.tables, page.hidden))
    return dropped, kept


def _in_margins(page: Page) -> Iterator[tuple[str, list[Word]]]:
    found = []
    for line in lines_of(page.words):
        where = "header" if line[0].bottom < MARGIN * page.height else "footer"
        if where == "header" or line[0].top > (1 - MARGIN) * page.height:
            found += [(where, part) for part in _segments(line, 2 * GUTTER)]
    return found


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold())


def _text(words: list[Word]) -> str:
    return " ".join(word.text for word in words)


def lines_of(words: list[Word]) -> list[list[Word]]:
    """Words by the line that they stand on, from the top."""
    lines: list[list[Word]] = []
    middle: list[float] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom) / 2):
        at = (word.top + word.bottom) / 2
        if lines and at - middle[-1] <= SAME_LINE * max(word.bottom - word.top, 4):
            lines[-1].append(word)
            middle[-1] = sum((each.top + each.bottom) / 2 for each in lines[-1]) / len(lines[-1])
        else:
            lines.append([word])
            middle.append(at)
    return [sorted(line, key=lambda word: word.x0) for line in lines]


def _segments(line: list[Word], gap: float) -> list[list[Word]]:
    parts = [[line[0]]]
    for before, word in zip(line, line[1:]):
        if word.x0 - before.x1 > gap:
            parts.append([])
        parts[-1].append(word)
    return parts


def in_order(page: Page) -> list[Line]:
    """The lines and tables of a page in the order of reading."""
    holders = [_holder(table) for table in page.tables]
    tables = {id(word): table for word, table in zip(holders, page.tables)}
    made: list[Line] = []
    for region, words in enumerate(_columns([*page.words, *holders], page.width)):
        x_end = max(word.x1 for word in words)
        for line in lines_of(words):
            for word in [word for word in line if id(word) in tables]:
                made.append(Line((word,), page.number, region, x_end, tables[id(word)]))
            if rest := [word for word in line if id(word) not in tables]:
                made += [Line(tuple(part), page.number, region, x_end) for part in _by_size(rest)]
    return made


def _by_size(line: list[Word]) -> list[list[Word]]:
    """What stands on a line far apart and in letters of another size: a title, and what is said at its side."""
    parts = _segments(line, 2 * GUTTER)
    sizes = [max(word.size for word in part) for part in parts]
    return parts if max(sizes) - min(sizes) > OTHER_SIZE else [line]


def _holder(table: Table) -> Word:
    """A word in the place of a table: as wide, and one line high, at its top."""
    return Word("\ufffc", table.x0, table.x1, table.top, table.top + 8, "", 8)


def _columns(words: list[Word], width: float) -> Iterator[list[Word]]:
    """Words by columns, in the order of reading; lines across all columns part those above from those below."""
    lines = lines_of(words)
    gutter = _gutter(lines, width)
    if gutter is None:
        if words:
            yield words
        return
    low, high = gutter
    bands: list[tuple[bool, list[list[Word]]]] = []
    for line in lines:
        crosses = any(word.x0 < high and word.x1 > low for word in line)
        if not bands or bands[-1][0] != crosses:
            bands.append((crosses, []))
        bands[-1][1].append(line)
    for crosses, some in bands:
        flat = [word for line in some for word in line]
        left, right = [w for w in flat if w.x1 <= low + 1], [w for w in flat if w.x0 >= high - 1]
        if crosses or not left or not right or _is_table(some, low, high):
            yield flat
        else:
            yield from _columns(left, width)
            yield from _columns(right, width)


def _gutter(lines: list[list[Word]], width: float) -> tuple[float, float] | None:
    """From where to where white runs down between two columns; `None` where there is one column."""
    if len(lines) < 2 * LEAST_LINES:
        return None
    begin, end = min(line[0].x0 for line in lines), max(line[-1].x1 for line in lines)
    best: tuple[float, float, tuple[float, float]] | None = None
    at = begin + EDGE * width
    while at < end - EDGE * width:
        low, high = at - GUTTER / 2, at + GUTTER / 2
        left = right = crossing = 0
        for line in lines:
            if any(word.x0 < high and word.x1 > low for word in line):
                crossing += 1
            else:
                left += line[0].x1 <= low
                right += line[-1].x0 >= high
        if min(left, right) >= LEAST_LINES and crossing <= CROSSING * len(lines):
            better = (crossing, abs(at - (begin + end) / 2))
            if best is None or better < best[:2]:
                best = (*better, (low, high))
        at += 2
    return None if best is None else best[2]


def _is_table(lines: list[list[Word]], low: float, high: float) -> bool:
    """Whether lines on both sides of a gutter are rows of a table without rules: each has both, and both are short."""
    both = [line for line in lines if line[0].x1 <= low + 1 and line[-1].x0 >= high - 1]
    if len(both) < 0.8 * len(lines):
        return False
    sides = [sum(word.x1 <= low + 1 for word in line) for line in both]
    others = [sum(word.x0 >= high - 1 for word in line) for line in both]
    return median(sides) <= SHORT_CELL and median(others) <= SHORT_CELL
