"""Proves that every fact stands in its source at the line it claims, and finds what no fact covers."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from knowledge.document import Document, read_document
from knowledge.model import Occupation
from knowledge.reading import read_occupation


@dataclass
class Checked:
    """What a check found; `wrong` and `uncovered` are lines to print, with file and line."""

    proved: int = 0
    wrong: list[str] = field(default_factory=list)
    uncovered: list[str] = field(default_factory=list)


def check_document(path: Path) -> Checked:
    """Check one document against the facts read from it; raises `Refused` where it cannot be read."""
    return check(read_document(path), read_occupation(path))


def check(document: Document, occupation: Occupation) -> Checked:
    """Hold every fact and name of an occupation against the lines of its document."""
    result = Checked()
    told: dict[int, list[str]] = {}
    for fact in occupation.facts:
        told.setdefault(fact.line, []).extend(filter(None, (fact.text, fact.label)))
    for title in occupation.titles:
        if title.line:
            told.setdefault(title.line, []).append(title.text)
    for line, texts in told.items():
        for text in texts:
            if text in document.line(line):
                result.proved += 1
            else:
                result.wrong.append(f"{document.path}:{line}: “{text}” does not stand in this line.")
    for passage in document.passages:
        if not any(text in passage.text or passage.text in text for text in told.get(passage.line, [])):
            result.uncovered.append(f"{document.path}:{passage.line}: no fact covers “{passage.text}”")
    return result
