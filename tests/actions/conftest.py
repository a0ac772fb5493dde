"""A real store with the shipped document, the real sentences, and questions as the Rasa server understands them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import yaml

from actions.question import Question
from knowledge.base import KnowledgeBase
from knowledge.build import build_documents
from knowledge.encoder import Encoder
from knowledge.reader import Relation

ROOT = Path(__file__).resolve().parent.parent.parent
JOB = "production-technician"


@pytest.fixture(scope="session")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a store with the shipped documents."""
    address = f"sqlite:///{tmp_path_factory.mktemp('actions') / 'store.sqlite'}"
    build_documents(address)
    return address


@pytest.fixture(scope="session")
def knowledge(url: str) -> KnowledgeBase:
    """The store, open."""
    return KnowledgeBase(url)


@pytest.fixture(scope="session")
def domain() -> dict:
    """The domain, as the Rasa server sends it along."""
    return yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def ask() -> Callable[..., Question]:
    """A function that makes a question of a text, its kind, how sure that is, what reports it, and its other kinds."""
    encoder = Encoder()

    def ask(
        text: str, intent: str, confidence: float = 0.9, clause: str = "", also: dict[str, float] | None = None
    ) -> Question:
        vector, does = encoder.encode([text])[0], "whether" if clause.startswith("whether") else "open"
        kinds = {intent: confidence, **(also or {})}
        return Question(text, intent, confidence, kinds, vector, text, clause, does=does)

    return ask


@pytest.fixture
def reads(knowledge, monkeypatch) -> Callable[..., None]:
    """A function that lays down what the facts with some words are to every question; all others are beside it."""

    def reads(**relations: str) -> None:
        def read(slug: str, question: str, places: tuple[int, ...]) -> np.ndarray:
            quotes = [knowledge.occupation(slug).facts[place].quote for place in places]
            is_one = np.eye(len(Relation), dtype=np.float32)
            found = [next((name for name, words in relations.items() if words in quote), "beside") for quote in quotes]
            return is_one[[Relation[name] for name in found]]

        monkeypatch.setattr(knowledge, "read", read)

    return reads
