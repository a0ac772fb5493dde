"""A section of a saved page of the Occupational Outlook Handbook -> its headings, paragraphs, items and tables.

What only serves the page is no text of it: navigation, captions, charts, what is hidden, and what was struck out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

NOT_TEXT = {"script", "style", "noscript", "template", "nav", "form", "button", "svg", "iframe", "h1", "h2", "del", "s"}
NOT_SHOWN = ("invisible", "ooh_right_img", "ooh-chart", "image-caption", "tab-footer", "youtube-player", "sr-only")
HEADINGS = {"h3", "h4", "h5", "h6"}
INLINE = {"a", "abbr", "b", "br", "cite", "em", "font", "i", "ins", "q", "small", "span", "strong", "sub", "sup", "u"}
STRESSED = {"b", "strong", "em", "i"}
OPENS, CLOSES = "\ue000", "\ue001"  # around stressed words, till they are told from the rest


@dataclass(frozen=True)
class Cell:
    """A cell of a table, and the names of its columns."""

    columns: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, an item of a list or a table, in the order of the page."""

    kind: str  # heading | prose | item | table
    marked: str = ""  # the text, with OPENS and CLOSES around what is stressed
    rows: tuple[tuple[Cell, ...], ...] = ()

    @property
    def text(self) -> str:
        """The text as the page shows it."""
        return self.marked.replace(OPENS, "").replace(CLOSES, "").strip()


def blocks(section: etree._Element) -> Iterator[Block]:
    """The blocks of a section; what stands between blocks without a mark of its own is a paragraph too."""
    written: list[str] = []
    kinds = ["prose"]
    stressed = 0

    def flush() -> Iterator[Block]:
        marked = re.sub(f"{OPENS}(\\s*){CLOSES}|{CLOSES}(\\s*){OPENS}", r"\1\2", "".join(written))
        written.clear()
        block = Block(kinds[-1], " ".join(marked.split()))
        if block.text or block.kind == "heading":  # a heading that shows nothing ends what stood under another
            yield block

    walk = etree.iterwalk(section, events=("start", "end"))
    for event, each in walk:
        shown = each is section or _is_shown(each)
        stress = shown and each.tag in STRESSED
        if event == "start":
            if not shown or each.tag == "table":
                walk.skip_subtree()
            if shown and each.tag == "table":
                yield from flush()
                yield Block("table", rows=_rows(each))
            if shown and each.tag not in INLINE:
                yield from flush()
                kinds.append("heading" if each.tag in HEADINGS else "item" if each.tag == "li" else kinds[-1])
            if stress:
                stressed += 1
                written.append(OPENS if stressed == 1 else "")
            if shown and each.tag != "table":
                written.append(" " if each.tag == "br" else each.text or "")
        else:
            if stress:
                stressed -= 1
                written.append("" if stressed else CLOSES)
            if shown and each.tag not in INLINE:
                yield from flush()
                kinds.pop()
            written.append("" if each is section else each.tail or "")


def _is_shown(element: etree._Element) -> bool:
    hidden = "display:none" in (element.get("style") or "").replace(" ", "").lower()
    classes = (element.get("class") or "").split()
    return element.tag not in NOT_TEXT and not hidden and not any(each in NOT_SHOWN for each in classes)


def _rows(table: etree._Element) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a table's body, each cell with the names of its columns, which it calls by their ids."""
    names = {each.get("id"): text_of(each) for head in table.iter("thead") for each in head.iter("th", "td")}
    foot = {row for each in table.iter("tfoot", "thead") for row in each.iter("tr")}
    return tuple(
        tuple(
            Cell(tuple(names[each] for each in (cell.get("headers") or "").split() if each in names), text_of(cell))
            for cell in row.iterchildren("td", "th")
        )
        for row in table.iter("tr")
        if row not in foot and row.find("td") is not None
    )


def text_of(element: etree._Element) -> str:
    """All the text of an element, without needless space."""
    for each in element.iter("br"):
        each.tail = f" {each.tail or ''}"
    return " ".join("".join(element.itertext()).split())
