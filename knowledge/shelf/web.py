"""A web page -> blocks: what a reader of the page sees, without its scripts, menus, banners and hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree, html

from knowledge.model import Refused
from knowledge.shelf.blocks import SPANNED, Block, Converted, Role, clean, row
from knowledge.shelf.grids import table
from knowledge.shelf.web_named import named
from knowledge.shelf.web_unseen import hidden_by_styles, is_hidden, unread

UNREAD = {"script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "canvas", "head"}
CONTROLS = {"button", "input", "select", "textarea", "option", "audio", "video", "map"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
SILENT = {"script", "style", "template"}  # which stand within a word without parting it
INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr", "img", "br", "picture", "source", "nobr",
}  # fmt: skip
PARTS = {"navigation": "navigation", "banner": "header", "contentinfo": "footer", "search": "navigation"}
DECLARED = re.compile(r"\A\s*<\?xml[^>]*\?>")  # of XHTML; the text is decoded already
TOO_DEEP = "The page has too many elements inside each other; save its text alone."
MAIN = 200  # characters in a page's main part from which the rest of the page is none of it
BOLD = {"b", "strong"}
LONGEST_HEADING = 12  # words of a bold line that heads what follows
LINK, LINKED = re.compile("[\1\2\3]"), re.compile("\1([^\2]*)\2")  # where a link begins and ends
INSIDE = "\3"  # of one within the page
SOME_LINKS = 3  # on a line with nothing else
BLANK, BULLETS = " \n\t\r\1\3", "o"
MOST_SPANNED = 20  # columns or rows of a cell
DEEPEST = 200  # elements inside each other


def read_page(text: str) -> Converted:
    """Read a page; raises `Refused` where there is none."""
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(DECLARED.sub("", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refused(f"The page cannot be read as HTML ({error}); save it once more from the browser.") from error
    if any(error.type_name == "ERR_DOCUMENT_TOO_DEEP" or "depth" in error.message for error in parser.error_log):
        raise Refused(TOO_DEEP)  # the parser leaves out what is deeper
    title = root.find(".//title")
    found = Converted("html", title=clean(title.text_content()) if title is not None else None)
    found.blocks = list(_Page(root).blocks())
    return found


class _Page:
    """One page, and what it hides."""

    def __init__(self, root: html.HtmlElement) -> None:
        self._root = root
        self._hidden = hidden_by_styles(root)
        self._opened = {link.get("href")[1:] for link in root.iter("a") if (link.get("href") or "").startswith("#")}
        self._opened |= {name for each in root.iter() if (name := each.get("aria-controls"))}
        self._main = self._find_main()
        self._unseen = list(self._without_unseen())

    def blocks(self) -> Iterator[Block]:
        body = self._root.find("body")
        yield from self._children(self._root if body is None else body, 0, within=self._main is None)
        yield from self._unseen

    def _without_unseen(self) -> Iterator[Block]:
        """Take out of the page what no reader sees or is no text of it, wherever it stands; yields it as dropped."""
        kept = {self._root, self._main, self._root.find("body")}
        for element in list(self._root.iter()):
            if element in kept or not isinstance(element.tag, str) or self._root not in element.iterancestors():
                continue
            why = "hidden text" if self._is_hidden(element) else unread(element)
            if why is None:
                continue
            if why:
                yield from _drop(element, why)
            if element.tag not in INLINE and element.tag not in SILENT:
                element.tail = f" {element.tail or ''}"
            element.drop_tree()

    def _find_main(self) -> html.HtmlElement | None:
        found = [each for each in self._root.iter() if each.tag == "main" or each.get("role") == "main"]
        return next((each for each in found if len(clean(each.text_content())) >= MAIN), None)

    def _dropped(self, element: html.HtmlElement, within: bool) -> str | None:
        """Why an element is no content of the page; `None` where it may be."""
        tag = element.tag
        if tag in CONTROLS:
            return "a control of the page"
        if self._is_hidden(element):
            return "hidden text"
        if tag == "nav" or PARTS.get(element.get("role") or "") == "navigation":
            return "navigation"
        if tag == "footer":
            return "footer"
        if tag == "header" and not within and element.find(".//h1") is None:
            return "header"
        if (part := PARTS.get(element.get("role") or "")) and element.find(".//h1") is None:
            return part
        if tag not in ("body", "html", "main", "article") and element.find(".//h1") is None:
            return named(element)
        return None

    def _is_hidden(self, element: html.HtmlElement) -> bool:
        """Whether no reader sees it: one that a link of the page opens, as a tab, is seen on a click."""
        names = set((element.get("class") or "").split())
        by_style = is_hidden(element) or element in self._hidden
        if not (by_style or element.get("hidden") is not None or element.get("aria-hidden") == "true"):
            return False
        opens = element.get("id") in self._opened or "collapse" in names or "tab-pane" in names
        return not opens

    def _children(self, element: html.HtmlElement, depth: int, *, within: bool, deep: int = 0) -> Iterator[Block]:
        """The blocks of what an element holds; runs of inline text are paragraphs. `depth`: lists that it is in."""
        if deep > DEEPEST:
            raise Refused(TOO_DEEP)
        inline = [element.text or ""]
        for child in element:
            if not isinstance(child.tag, str) or child.tag in UNREAD:
                inline.append(" " + (child.tail or ""))
                continue
            if child.tag in INLINE and not self._holds_blocks(child) and not self._dropped(child, within):
                inline.append(_breaks(child) + (child.tail or ""))
                continue
            yield from self._paragraph(inline, within)
            inline = []
            yield from self._block(child, depth, within=within or child is self._main, deep=deep + 1)
            inline.append(child.tail or "")
        yield from self._paragraph(inline, within)

    def _block(self, element: html.HtmlElement, depth: int, *, within: bool, deep: int) -> Iterator[Block]:
        why = self._dropped(element, within) if element is not self._main else None
        if why:
            yield from _drop(element, why)
        elif element.tag in HEADINGS:
            yield from _given(Role.heading, _heading(element), within, level=HEADINGS[element.tag])
        elif element.tag in ("ul", "ol"):
            yield from self._list(element, depth, within=within, deep=deep)
        elif element.tag == "dl":
            yield from self._definitions(element, within=within)
        elif element.tag == "table":
            yield from self._table(element, depth, within=within, deep=deep)
        elif element.tag == "hr":
            yield Block(Role.rule, "")
        elif element.tag == "p" and _is_bold(element) and within:
            yield from _given(Role.heading, _breaks(element), within, level=7)
        else:
            yield from self._children(element, depth, within=within, deep=deep)

    def _paragraph(self, inline: list[str], within: bool) -> Iterator[Block]:
        lines: list[str] = []
        for line in "".join(inline).split("\0"):
            if lines and (goes_on := line.strip(BLANK))[:1].islower() and goes_on[0] not in BULLETS:
                lines[-1] += " " + line
            else:
                lines.append(line)
        for line in lines:
            if within and _is_navigation(line):
                yield Block(Role.dropped, clean(_unmarked(line)), why="navigation")
            else:
                linked = bool(LINKED.search(line)) and not clean(LINKED.sub("", line))
                yield from _given(Role.prose, line, within, linked=linked)

    def _list(self, element: html.HtmlElement, depth: int, *, within: bool, deep: int) -> Iterator[Block]:
        yield from self._paragraph([element.text or ""], within)
        for item in element:
            if not isinstance(item.tag, str) or item.tag in UNREAD:
                continue
            blocks = list(self._block(item, depth + 1, within=within, deep=deep + 1))
            for place, block in enumerate(blocks):
                first = place == 0 and block.role in (Role.prose, Role.heading) and item.tag == "li"
                yield replace(block, role=Role.item, level=depth + 1) if first else block
            yield from self._paragraph([item.tail or ""], within)

    def _definitions(self, element: html.HtmlElement, *, within: bool) -> Iterator[Block]:
        """A list of names and what is said of each: rows of two cells, questions with their answers."""
        term, told = "", True  # whether anything has been said of it
        for each in (each for each in element.iter("dt", "dd") if next(each.iterancestors("dl")) is element):
            text = clean(_unmarked(_breaks(each)))
            if each.tag == "dt":
                if not told:
                    yield from _given(Role.prose, term, within)
                term, told = text, False
            elif text:
                if not within:
                    yield Block(Role.dropped, f"{term}: {text}" if term else text, why=OUTSIDE)
                elif term.endswith("?"):
                    yield from () if told else (Block(Role.question, term, 6),)
                    yield Block(Role.prose, text)
                else:
                    yield row([term, text])
                told = True
        if not told:
            yield from _given(Role.prose, term, within)

    def _table(self, element: html.HtmlElement, depth: int, *, within: bool, deep: int) -> Iterator[Block]:
        rows = [each for each in element.iter("tr") if next(each.iterancestors("table")) is element]
        rows.sort(key=lambda each: each.getparent().tag == "tfoot")  # which may stand before the rows that it ends
        if not within or element.get("role") in ("presentation", "none") or _lays_out(rows):
            for each in rows:
                yield from self._children(each, depth, within=within, deep=deep + 1)
            return
        caption = element.find("caption")
        if caption is not None and (text := clean(_unmarked(_breaks(caption)))):
            yield Block(Role.caption, text)
        yield from table(_grid(rows))

    def _holds_blocks(self, element: html.HtmlElement) -> bool:
        return any(isinstance(each.tag, str) and each.tag not in INLINE | UNREAD for each in element.iterdescendants())


OUTSIDE = "outside of the page's main part"


def _heading(element: html.HtmlElement) -> str:
    """A heading without the links within the page that stand beside it: “About this section”, “¶”."""
    text = _breaks(element)
    without = LINKED.sub(lambda link: "" if link[1].startswith(INSIDE) else link[0], text)
    return without if clean(_unmarked(without)) else text


def _grid(rows: list[html.HtmlElement]) -> list[tuple[list[str], bool]]:
    """The cells of a table's rows, and whether each row is marked as a header.

    A cell over several rows stands in each; one over several columns in the first, `SPANNED` in the others.
    """
    below: dict[int, tuple[int, str]] = {}  # of a column, for how many more rows which cell reaches down
    told = []
    for one in rows:
        cells: list[str] = []
        further: dict[int, tuple[int, str]] = {}
        for cell in (each for each in one if each.tag in ("td", "th")):
            _reach_down(cells, below, further)
            text = clean(_unmarked(_breaks(cell)))
            for column in range(_number(cell.get("colspan"))):
                told_here = SPANNED if column and text else text
                if (down := _number(cell.get("rowspan"))) > 1:
                    further[len(cells)] = (down - 1, told_here)
                cells.append(told_here)
        _reach_down(cells, below, further)
        below.update(further)
        told.append((cells, _is_header(one)))
    return told


def _reach_down(cells: list[str], below: dict[int, tuple[int, str]], further: dict[int, tuple[int, str]]) -> None:
    """Put the cells of rows above that reach down into the next places of a row."""
    while len(cells) in below:
        left, text = below.pop(len(cells))
        if left > 1:
            further[len(cells)] = (left - 1, text)
        cells.append(text)


def _number(text: str | None) -> int:
    return min(int(text), MOST_SPANNED) if text and text.isdigit() and int(text) else 1


def _is_header(element: html.HtmlElement) -> bool:
    """Whether the cells of a row head their columns: all are marked so, or all are bold."""
    cells = [each for each in element if isinstance(each.tag, str) and clean(each.text_content())]
    return bool(cells) and (all(each.tag == "th" for each in cells) or (len(cells) > 1 and all(map(_all_bold, cells))))


def _all_bold(cell: html.HtmlElement) -> bool:
    outer = (each for each in cell.iter(*BOLD) if not BOLD & {up.tag for up in each.iterancestors()})
    bold = "".join(each.text_content() for each in outer)
    return clean(bold) == clean(cell.text_content())


def _lays_out(rows: list[html.HtmlElement]) -> bool:
    """Whether a table only places what stands on the page: cells that hold headings, lists or tables."""
    return any(each.tag in {"ul", "ol", "table", "article", *HEADINGS} for one in rows for each in one.iter())


def _given(role: Role, text: str, within: bool, *, level: int = 0, linked: bool = False) -> Iterator[Block]:
    text = clean(_unmarked(text))
    if text:
        yield Block(role, text, level, linked=linked) if within else Block(Role.dropped, text, why=OUTSIDE)


def _unmarked(text: str) -> str:
    return LINK.sub("", text).replace("\0", " ")


def _is_navigation(line: str) -> bool:
    """Whether a line holds nothing but links: several, or one within the page."""
    links = LINKED.findall(line)
    beside = clean(LINKED.sub("", line)).strip(" |/·•>»<«-–—,")
    return bool(links) and not beside and (len(links) >= SOME_LINKS or links[0].startswith(INSIDE))


def _drop(element: html.HtmlElement, why: str) -> Iterator[Block]:
    """What an element holds as dropped lines: a line a block, as a reader sees them."""
    for each in element.iter():
        if isinstance(each.tag, str) and each.tag not in SILENT:
            own = [each.text or ""]
            if each.tag in INLINE and each is not element:
                continue
            for child in each:
                if isinstance(child.tag, str) and child.tag in INLINE:
                    own.append(_breaks(child))
                own.append(child.tail or "")
            for text in "".join(own).replace("\2", " ").split("\0"):
                if text := clean(_unmarked(text)):
                    yield Block(Role.dropped, text, why=why)


def _breaks(element: html.HtmlElement) -> str:
    """The text of an inline element, without what no reader sees; its line breaks and links are marked."""
    if element.tag == "br":
        return "\0"
    if element.tag in UNREAD:
        return ""
    told = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            space = " " if child.tag not in INLINE else ""
            told.append(space + _breaks(child) + space)
        told.append(child.tail or "")
    text = "".join(told)
    if element.tag == "a" and text.strip():
        return f"\1{INSIDE if (element.get('href') or '').startswith('#') else ''}{text}\2"
    return text


def _is_bold(element: html.HtmlElement) -> bool:
    """Whether a paragraph is one short bold line, as a heading that was not marked as one."""
    inside = [each for each in element if isinstance(each.tag, str)]
    text = clean(element.text_content())
    bold = len(inside) == 1 and inside[0].tag in BOLD and not clean((element.text or "") + (inside[0].tail or ""))
    return bold and 0 < len(text.split()) <= LONGEST_HEADING and text[-1] not in ".!;,"
