"""Documents -> store, where they are newer than it; everything is read and checked before anything is written.

What is live on the shelf stays live.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from knowledge.asked import asked_path
from knowledge.base import KnowledgeBase
from knowledge.document import Refused, read_bytes
from knowledge.encoder import VERSION, Encoder
from knowledge.model import Occupation
from knowledge.reading import read_occupation, reading_path
from knowledge.shelf.live import live_documents
from knowledge.vectors import Vectors

DOCUMENTS = Path(__file__).parent / "documents"
CODE = (
    "model.py",
    "document.py",
    "reading.py",
    "asked.py",
    "tables.py",
    "rows.py",
    "placing.py",
    "base.py",
    "encoder.py",
    "shelf/names.py",
    "shelf/publishing.py",
)


def documents(folder: Path) -> list[Path]:
    """The documents of a folder, by name; raises `Refused` where there is none."""
    found = sorted(folder.glob("*.txt"))
    if not found:
        raise Refused(f"{folder}:1: there is no document (*.txt) to build from.")
    return found


def read_documents(folder: Path = DOCUMENTS) -> list[Occupation]:
    """Every document of a folder as an occupation; raises `Refused` with file and line."""
    return [read_occupation(path) for path in documents(folder)]


def build_documents(url: str, folder: Path = DOCUMENTS, *, force: bool = False) -> bool:
    """Build the store at `url` from a folder, and the live shelf, where it is stale; returns whether it was built.

    Raises `Refused` with file and line, and leaves the store that was there untouched.
    """
    made_of = fingerprint(folder)
    knowledge = KnowledgeBase(url)
    if knowledge.fingerprint() == made_of and not force:
        return False
    occupations, encode = read_documents(folder), Vectors(Encoder(threads=2)).encode
    live: list[Occupation] | None = None
    while (now := live_documents(url)) != live:  # once more where somebody published or took back meanwhile
        live = now
        knowledge.build([*occupations, *live], encode, made_of)
    return True


def fingerprint(folder: Path) -> str:
    """SHA-256 over the documents, their readings, the encoder and the code that reads them."""
    digest = hashlib.sha256(VERSION.encode())
    paths = [
        each for path in documents(folder) for each in (path, reading_path(path), asked_path(path)) if each.exists()
    ]
    for path in [*paths, *(Path(__file__).parent / name for name in CODE)]:
        digest.update(path.name.encode() + b"\0" + read_bytes(path) + b"\0")
    return digest.hexdigest()
