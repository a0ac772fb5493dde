"""A Word file -> blocks: through HTML, as mammoth makes it, so that one reader serves both."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

import mammoth
from lxml import etree

from knowledge.model import Refused
from knowledge.shelf.blocks import Block, Converted, Role, clean
from knowledge.shelf.web import read_page

LARGEST = 60_000_000  # bytes of a file when unpacked; a book of text has a twentieth of that
RATIO = 150  # how many times larger than packed; text has ten times
SMALL = 1_000_000  # bytes that any ratio may have
STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ASIDE = re.compile(r"word/(header|footer)\d*\.xml")
ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read_word(content: bytes) -> Converted:
    """Read a .docx file; raises `Refused` where it is none, broken, locked or a bomb."""
    parts = _unpacked(content)
    if "word/document.xml" not in parts:
        raise Refused("The file is no Word document; save it once more as .docx.")
    seen, hidden = _without_hidden(parts["word/document.xml"])
    parts["word/document.xml"] = seen
    try:
        page = mammoth.convert_to_html(
            io.BytesIO(_packed(parts)), style_map=STYLES, convert_image=mammoth.images.img_element(lambda _: {})
        ).value
    except Exception as error:  # mammoth lets pass whatever a broken file leads to
        raise Refused("The Word document is broken; open it in Word and save it once more as .docx.") from error
    found = read_page(f"<body>{page}</body>") if page.strip() else Converted("word")
    found.kind, found.title = "word", _title(parts)
    for name in sorted(parts):
        if aside := ASIDE.fullmatch(name):
            for text in _paragraphs(parts[name]):
                found.blocks.append(Block(Role.dropped, text, why=aside[1]))
    found.blocks += [Block(Role.dropped, text, why="hidden text") for text in hidden]
    return found


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = archive.infolist()
            size = sum(each.file_size for each in inside)
            if size > LARGEST or (size > SMALL and size > RATIO * len(content)):
                raise Refused(f"The file unpacks to {size:,} bytes, which no document does; it is not opened.")
            parts = {each.filename: archive.read(each) for each in inside if each.filename.endswith((".xml", ".rels"))}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Refused("The Word document is broken or locked; save it without a password as .docx.") from error
    if any(ENTITY.search(part) for part in parts.values()):
        raise Refused("The file declares entities of its own, which no Word document does; it is not opened.")
    return parts


def _packed(parts: dict[str, bytes]) -> bytes:
    with io.BytesIO() as packed:
        with zipfile.ZipFile(packed, "w") as archive:
            for name, part in parts.items():
                archive.writestr(name, part)
        return packed.getvalue()


def _without_hidden(document: bytes) -> tuple[bytes, list[str]]:
    """The document without the runs that Word hides, and their text."""
    root = _tree(document)
    hidden = []
    for mark in root.iter(f"{W}vanish"):
        run = next(mark.iterancestors(f"{W}r"), None)
        if run is None or mark.get(f"{W}val") in ("0", "false"):
            continue
        for text in run.iter(f"{W}t"):
            if clean(text.text or ""):
                hidden.append(clean(text.text))
            text.text = ""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True), hidden


def _paragraphs(part: bytes) -> list[str]:
    told = {f"{W}t", f"{W}tab", f"{W}br"}
    texts = (
        "".join((each.text or "") if each.tag == f"{W}t" else " " for each in one.iter(*told))
        for one in _tree(part).iter(f"{W}p")
    )
    return [text for each in texts if (text := clean(each))]


def _title(parts: dict[str, bytes]) -> str | None:
    """What the file's properties call it, which templates often set wrong."""
    if "docProps/core.xml" not in parts:
        return None
    found = _tree(parts["docProps/core.xml"]).find(".//{http://purl.org/dc/elements/1.1/}title")
    return clean(found.text) if found is not None and found.text else None


def _tree(part: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise Refused("The Word document is broken; open it in Word and save it once more as .docx.") from error
