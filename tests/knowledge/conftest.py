"""The shipped document, the real encoder, and a store on SQLite and on PostgreSQL, empty or built."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from knowledge.base import KnowledgeBase
from knowledge.build import DOCUMENTS, fingerprint
from knowledge.encoder import Encoder
from knowledge.model import Occupation
from knowledge.reading import read_occupation

NAME = "production-technician"


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The real sentence encoder, loaded once."""
    return Encoder()


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build is seen at once, which is otherwise looked for once a second."""
    monkeypatch.setattr("knowledge.base.FRESH", 0.0)


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch, encoder: Encoder) -> None:
    """Builds take the encoder that is already loaded, which saves a second each."""
    monkeypatch.setattr("knowledge.build.Encoder", lambda threads: encoder)


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped documents without the questions confirmed for their facts, which have tests of their own."""
    copied = tmp_path_factory.mktemp("plain") / "documents"
    return Path(shutil.copytree(DOCUMENTS, copied, ignore=shutil.ignore_patterns("*.asked.yml")))


@pytest.fixture(scope="session")
def technician(plain: Path) -> Occupation:
    """The production technician, as read from the shipped document."""
    return read_occupation(plain / f"{NAME}.txt")


@pytest.fixture(scope="session")
def vectors(encoder: Encoder, technician: Occupation) -> np.ndarray:
    """The vectors of the technician's facts, encoded once: (n, 768)."""
    return encoder.encode([fact.placed for fact in technician.facts])


@pytest.fixture
def folder(tmp_path: Path, plain: Path) -> Path:
    """A copy of those documents that a test may break."""
    return Path(shutil.copytree(plain, tmp_path / "documents"))


@pytest.fixture
def document(folder: Path) -> Path:
    """The technician's document in that copy."""
    return folder / f"{NAME}.txt"


@pytest.fixture
def reading(folder: Path) -> Path:
    """The technician's reading in that copy."""
    return folder / f"{NAME}.reading.yml"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store; a test that asks for it runs once on either database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite'}"
    return request.getfixturevalue("postgres_database")


@pytest.fixture
def built(url: str, plain: Path, technician: Occupation, vectors: np.ndarray) -> str:
    """The address of a store that holds the shipped documents, and is up to date with them."""
    KnowledgeBase(url).build([technician], lambda quotes: vectors, fingerprint(plain))
    return url


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a document, and its reading where one is given, and returns the document's path."""

    def write(text: str, reading: str | None = None, *, name: str = "welder") -> Path:
        path = tmp_path / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        if reading is not None:
            path.with_suffix(".reading.yml").write_text(reading, encoding="utf-8")
        return path

    return write
