"""A real store with the shipped document, the real sentences, and questions as the Rasa server understands them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from actions.question import Question
from knowledge.base import KnowledgeBase
from knowledge.build import build_documents
from knowledge.encoder import Encoder, meaning

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
    """A function that makes a question of a text, its kind, and how sure that is."""
    encoder = Encoder()

    def ask(text: str, intent: str, confidence: float = 0.9, **verdicts: float) -> Question:
        vector = encoder.encode([text])[0]
        return Question(
            text, intent, confidence, {intent: confidence}, verdicts or {"open": 1.0}, vector, meaning(vector), text
        )

    return ask
