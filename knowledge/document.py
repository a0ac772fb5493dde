"""A source document as it stands: its lines, headings, sentences and list items, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import spacy

from knowledge.model import Refused

LARGEST = 1_000_000  # bytes; a career page has a few thousand
BULLETS = "•*-–"


@dataclass(frozen=True)
class Passage:
    """One sentence of prose or one list item, and where it stands.

    `heading` is the nearest heading above, `None` in the opening. `orphan` marks an item of a list that
    has no heading of its own: it stands after another list, with nothing between them but empty lines.
    """

    text: str
    line: int
    heading: str | None
    listed: bool
    orphan: int | None = None  # the line at which the list without a heading begins


@dataclass(frozen=True)
class Document:
    """The text of one source file, split into passages."""

    path: Path
    lines: list[str]
    passages: list[Passage]

    def line(self, number: int) -> str:
        """The text of line `number`, counted from 1; empty beyond the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; raises `Refused` where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path}:1: the file cannot be read ({error.strerror}).") from error


def read_text(path: Path) -> str:
    """The text of a UTF-8 file of reasonable size; raises `Refused` for anything else."""
    content = read_bytes(path)
    if len(content) > LARGEST:
        raise Refused(f"{path}:1: the file has {len(content):,} bytes; at most {LARGEST:,} are read.")
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise Refused(f"{path}:{line}: the file is binary, not text.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Refused(f"{path}:{line}: byte {error.start} is not UTF-8; save the document as UTF-8.") from error
    if not text.strip():
        raise Refused(f"{path}:1: the document is empty.")
    return text


def read_document(path: Path) -> Document:
    """Read and split a document; raises `Refused` with file and line for what is no document."""
    # not `splitlines`: it also breaks at form feeds and the like, where no editor counts a line
    lines = read_text(path).replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    return Document(path, lines, list(_passages(lines)))


def sentences(text: str) -> list[str]:
    """The sentences of a text, as spaCy's rule-based sentencizer splits them."""
    return [sentence.text.strip() for sentence in _sentencizer()(text).sents if sentence.text.strip()]


@lru_cache(maxsize=1)
def _sentencizer() -> spacy.language.Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def _passages(lines: list[str]):
    heading, orphan, after_list = None, None, False
    for index, line in enumerate(lines):
        text = line.strip()
        if not text:
            continue
        if text[0] in BULLETS and text[1:2].isspace():
            if after_list and not lines[index - 1].strip():
                orphan = index + 1
            after_list = True
            yield Passage(text[1:].strip(), index + 1, heading, listed=True, orphan=orphan)
            continue
        after_list, orphan = False, None
        if is_heading(text):
            heading = text
            continue
        for sentence in sentences(text):
            yield Passage(sentence, index + 1, heading, listed=False)


def is_heading(text: str) -> bool:
    """Whether a line stands as a heading: short, and not a sentence."""
    return len(text.split()) <= 8 and text[-1] not in ".!?;," and "," not in text
