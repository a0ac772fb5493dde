"""A PDF -> blocks: opens it, takes the words and ruled tables of each page, and refuses scans and what is locked."""

from __future__ import annotations

import io
import re
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from knowledge.model import Refused
from knowledge.shelf.blocks import SPANNED, Converted, clean
from knowledge.shelf.pdf_covered import covered_letters, is_white
from knowledge.shelf.pdf_layout import Page, Table, Word
from knowledge.shelf.pdf_reading import read_pages

MOST_PAGES = 300
LEAST_LETTERS = 15  # a page, below which pages of pictures are a scan
UNREADABLE = re.compile(r"\(cid:\d+\)")
MOST_UNREADABLE = 0.2  # of the words, above which a font tells no letters
TINY = 2.0  # points, in which no reader sees letters
MARK, NEAR = 7.0, 25.0  # points: how large a drawn bullet is at most, and how far before its line
FRAME = 0.8  # of the words of a page, from which a “table” is a frame around it
LONG_CELL = 160  # characters, on average, from which a “table” is text in boxes


def read_pdf(content: bytes) -> Converted:
    """Read a PDF; raises `Refused` where it is locked, broken or a scan."""
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise Refused(f"It has {len(pdf.pages)} pages; at most {MOST_PAGES} are read. Split it.")
            pages, pictures = [], 0
            for page in pdf.pages:
                pages.append(_page(page))
                pictures += bool(page.images)
                page.close()
            title = pdf.metadata.get("Title") if pdf.metadata else None
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise Refused(LOCKED) from error
    except PdfminerException as error:
        if any(isinstance(each, (PDFPasswordIncorrect, PDFEncryptionError)) for each in error.args):
            raise Refused(LOCKED) from error
        raise Refused(BROKEN) from error
    except Refused:
        raise
    except Exception as error:  # pdfminer lets pass whatever a broken file leads to
        raise Refused(BROKEN) from error
    _refuse_what_has_no_text(pages, pictures)
    return Converted("pdf", read_pages(pages), clean(title) if isinstance(title, str) else None)


LOCKED = "It is locked with a password; save it without one."
BROKEN = "The PDF is broken; open it and print or save it as PDF once more."


def _refuse_what_has_no_text(pages: list[Page], pictures: int) -> None:
    words = [word.text for page in pages for word in page.words]
    words += [cell for page in pages for table in page.tables for row in table.rows for cell in row]
    letters = sum(len(word) for word in words)
    if letters < LEAST_LETTERS * len(pages):
        if pictures:
            raise Refused(
                "No text can be read in it: it seems to be a scan, a picture of paper. Give a version with text, as "
                "the program that it was made with saves it."
            )
        if not letters:
            raise Refused("There is no text in it.")
    unreadable = sum(bool(UNREADABLE.search(word)) and len(word) > len("(cid:127)") for word in words)
    if words and unreadable > MOST_UNREADABLE * len(words):
        raise Refused("Its fonts do not say which letters they show, so that no text can be read; save it as Word.")


def _page(page: Any) -> Page:
    """The words of a page and its ruled tables; what no reader sees apart."""
    shapes = [*page.rects, *page.curves]
    boxes = [each for each in shapes if each.get("fill") and not is_white(each.get("non_stroking_color"))]
    boxes += page.images
    covered = covered_letters(page.layout)
    hidden = [
        each
        for count, each in enumerate(page.chars)
        if _is_hidden(each, boxes) or _is_off(each, page) or count in covered
    ]
    text = ""
    if hidden:
        places = {(each["x0"], each["top"]) for each in hidden}
        unseen = page.filter(lambda each: (each["x0"], each["top"]) in places)
        text = clean(" ".join(each["text"] for each in _words(unseen)))
        page = page.filter(lambda each: each["object_type"] != "char" or (each["x0"], each["top"]) not in places)
    words = [_word(each) for each in _words(page)]
    words += _drawn_bullets(shapes, words)
    tables = []
    for found in page.find_tables() if len(page.lines) + len(page.rects) + len(page.curves) < 2000 else []:
        inside = [word for word in words if _within(word, found.bbox)]
        if made := _table(found, inside, words):
            tables.append(made)
            words = [word for word in words if not _within(word, found.bbox)]
    return Page(page.page_number, float(page.width), float(page.height), words, tables, [text] if text else [])


def _words(page: Any) -> list[dict]:
    return page.extract_words(x_tolerance_ratio=0.16, y_tolerance=2, extra_attrs=["fontname", "size"])


def _word(each: dict) -> Word:
    return Word(
        each["text"], each["x0"], each["x1"], each["top"], each["bottom"], each["fontname"], float(each["size"])
    )


def _drawn_bullets(shapes: list[dict], words: list[Word]) -> list[Word]:
    """Bullets that are drawn and no letters, as browsers print them: small shapes just before a line's first word."""
    found = []
    for shape in shapes:
        x1, middle = shape["x1"], (shape["top"] + shape["bottom"]) / 2
        if not (0 < shape["x1"] - shape["x0"] < MARK and 0 < shape["bottom"] - shape["top"] < MARK):
            continue
        beside = [word for word in words if word.top <= middle <= word.bottom]
        after = min((word for word in beside if 0 <= word.x0 - x1 < NEAR), key=lambda word: word.x0, default=None)
        if after is not None and not any(0 <= shape["x0"] - word.x1 < NEAR for word in beside):
            found.append(Word("•", shape["x0"], x1, after.top, after.bottom, after.font, after.size))
    return found


def _is_off(char: dict, page: Any) -> bool:
    """Whether a letter stands outside of what is shown of a page."""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    x0, top, x1, bottom = page.cropbox
    return char["text"].strip() != "" and not (x0 <= x <= x1 and top <= y <= bottom)


def _is_hidden(char: dict, boxes: list[dict]) -> bool:
    """Whether a letter is too small to be seen, or white on white."""
    if char["size"] < TINY:
        return char["text"].strip() != ""
    if not is_white(char.get("non_stroking_color")) or not char["text"].strip():
        return False
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return not any(box["x0"] <= x <= box["x1"] and box["top"] <= y <= box["bottom"] for box in boxes)


def _within(word: Word, box: tuple[float, float, float, float]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _table(found: Any, inside: list[Word], words: list[Word]) -> Table | None:
    """A ruled table with its cells; `None` where the rules only frame text."""
    if not inside or len(inside) > FRAME * len(words) > 100:
        return None
    rows = [[None if cell is None else clean(cell) for cell in row] for row in found.extract(x_tolerance_ratio=0.16)]
    rows = _whole([row for row in rows if any(row)])
    cells = [cell for row in rows for cell in row if cell]
    if len(rows) < 2 or max(len(row) for row in rows) < 2 or len(cells) < 3:
        return None
    if sum(map(len, cells)) > LONG_CELL * len(cells):
        return None
    return Table(found.bbox[0], found.bbox[1], found.bbox[2], found.bbox[3], [_spread(row) for row in rows])


def _whole(rows: list[list[str | None]]) -> list[list[str | None]]:
    """Rows, those together that are the second line of another: they go on in brackets or small letters."""
    told: list[list[str | None]] = []
    for row in rows:
        first = next((cell for cell in row if cell), "")
        if told and (first[0] == "(" or first[0].islower()) and row[0] and _filled(row) == _filled(told[-1]):
            told[-1] = [f"{one} {other}" if one and other else one or other for one, other in zip(told[-1], row)]
        else:
            told.append(row)
    return told


def _filled(row: list[str | None]) -> list[bool]:
    return [bool(cell) for cell in row]


def _spread(row: list[str | None]) -> list[str]:
    """A row with the columns marked that the cell before them reaches over."""
    told: list[str] = []
    for cell in row:
        told.append((SPANNED if any(told) else "") if cell is None else cell)
    return told
