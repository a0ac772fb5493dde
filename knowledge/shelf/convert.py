"""A file of any kind -> blocks: tells by its bytes and name what it is, and has the right reader read it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from knowledge.model import Refused
from knowledge.shelf.blocks import Converted, Role
from knowledge.shelf.texts import decode, refuse_what_is_not_english

LARGEST = 30_000_000  # bytes of a file
LARGEST_TEXT = 5_000_000  # bytes of a page or text; a book has a million
PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
OLE = b"\xd0\xcf\x11\xe0"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
MOST_BLOCKS = 20_000
WITHIN = {
    "word/": "word",
    "xl/": "an Excel workbook",
    "ppt/": "a PowerPoint file",
    "mimetype": "an OpenDocument or e-book file",
}
ADVICE = "save it as Word (.docx), PDF or text"


def convert(name: str, content: bytes) -> Converted:
    """Read a file by its kind; raises `Refused` with what to do where that cannot be done."""
    if not content.strip():
        raise Refused(f"{name}: the file is empty.")
    if len(content) > LARGEST:
        raise Refused(f"{name}: the file has {len(content):,} bytes; at most {LARGEST:,} are read. Split it.")
    try:
        found = _read(name, content)
    except Refused as error:
        said = str(error)
        raise Refused(said if said.startswith(f"{name}:") else f"{name}: {said[:1].lower()}{said[1:]}") from error
    seen = [block.text for block in found.blocks if block.role is not Role.dropped]
    if not any(each.strip() for each in seen):
        raise Refused(f"{name}: there is no text in it.")
    if len(found.blocks) > MOST_BLOCKS:
        raise Refused(f"{name}: it has {len(found.blocks):,} lines, which no career document has; split it.")
    refuse_what_is_not_english(seen, name)
    return found


def _read(name: str, content: bytes) -> Converted:
    suffix = PurePath(name).suffix.lower()
    if content.lstrip()[:5] == b"%PDF-":
        from knowledge.shelf.pdf import read_pdf

        return read_pdf(content.lstrip())
    if content[:4] == b"PK\x03\x04":
        return _packed(content)
    if content.startswith(OLE):
        raise Refused(f"It is locked with a password, or an old kind of Office file; {ADVICE}, without a password.")
    if content.startswith(PICTURES):
        raise Refused("It is a picture, and no text can be read in it; give a version with text.")
    if content.startswith(b"{\\rtf"):
        raise Refused(f"It is rich text (.rtf), which is not read; {ADVICE}.")
    if len(content) > LARGEST_TEXT:
        raise Refused(
            f"The file has {len(content):,} bytes; at most {LARGEST_TEXT:,} of a page or text are read. Split it."
        )
    text = decode(content, name)
    if "\0" in text:
        raise Refused(f"The file is binary, and none of those that are read; {ADVICE}.")
    if suffix in (".html", ".htm", ".xhtml", ".php", ".aspx") or PAGE.match(content[:4096]):
        from knowledge.shelf.web import read_page

        return read_page(text)
    if suffix in (".md", ".markdown", ".mdown"):
        from knowledge.shelf.markdown import read_markdown

        return read_markdown(text)
    from knowledge.shelf.plain import read_plain

    return read_plain(text)


def _packed(content: bytes) -> Converted:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise Refused(f"The file is broken; open it, and {ADVICE}.") from error
    kind = next((what for start, what in WITHIN.items() if any(name.startswith(start) for name in names)), "an archive")
    if kind != "word":
        raise Refused(f"It is {kind}, which is not read; {ADVICE}.")
    from knowledge.shelf.word import read_word

    return read_word(content)
