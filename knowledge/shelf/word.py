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
ASIDE = re.compile(r"word/(header|footer|comments)\d*\.xml")
OFF = ("0", "false", "off")  # of a mark that says what it would mark is not so
ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read_word(content: bytes) -> Converted:
    """Read a .docx file; raises `Refused` where it is none, broken, locked or a bomb."""
    parts = _unpacked(content)
    if "word/document.xml" not in parts:
        raise Refused("The file is no Word document; save it once more as .docx.")
    seen, unseen = _without_hidden(parts["word/document.xml"], parts.get("word/styles.xml"))
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
                found.blocks.append(Block(Role.dropped, text, why="a comment" if aside[1] == "comments" else aside[1]))
    found.blocks += [Block(Role.dropped, text, why=why) for text, why in unseen]
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


def _without_hidden(document: bytes, styles: bytes | None) -> tuple[bytes, list[tuple[str, str]]]:
    """The document without what Word hides and what was deleted while changes were tracked, each with why."""
    root = _tree(document)
    by_style = _hiding_styles(styles)
    unseen = []
    for run in root.iter(f"{W}r"):
        deleted = next(run.iterancestors(f"{W}del", f"{W}moveFrom"), None) is not None
        why = "deleted, as tracked changes say" if deleted else "hidden text" if _is_hidden(run, by_style) else None
        if why is None:
            continue
        text = "".join(each.text or "" for each in run.iter(f"{W}t", f"{W}delText"))
        if clean(text):
            unseen.append((clean(text), why))
        for each in run.iter(f"{W}t"):
            each.text = ""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True), unseen


def _is_hidden(run: etree._Element, by_style: dict[str, bool]) -> bool:
    """Whether a run is hidden: as it says itself, or else its style, or that of its paragraph."""
    paragraph = next(run.iterancestors(f"{W}p"), None)
    own = _vanishes(run.find(f"{W}rPr"))
    names = [run.find(f"{W}rPr/{W}rStyle"), None if paragraph is None else paragraph.find(f"{W}pPr/{W}pStyle")]
    if own is not None:
        return own
    return any(by_style.get(name.get(f"{W}val") or "", False) for name in names if name is not None)


def _vanishes(properties: etree._Element | None) -> bool | None:
    """Whether properties of letters hide them; `None` where they say nothing of it."""
    mark = None if properties is None else properties.find(f"{W}vanish")
    return None if mark is None else (mark.get(f"{W}val") or "true").lower() not in OFF


def _hiding_styles(styles: bytes | None) -> dict[str, bool]:
    """Whether each style hides what it is given to, by itself or by the style that it is based on."""
    if styles is None:
        return {}
    found = {each.get(f"{W}styleId") or "": each for each in _tree(styles).iter(f"{W}style")}
    hides = {}
    for name in found:
        told, at, passed = None, name, set()
        while told is None and at in found and at not in passed:
            passed.add(at)
            told = _vanishes(found[at].find(f"{W}rPr"))
            base = found[at].find(f"{W}basedOn")
            at = "" if base is None else base.get(f"{W}val") or ""
        hides[name] = bool(told)
    return hides


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
