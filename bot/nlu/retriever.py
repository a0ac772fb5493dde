"""Turns a question's vector towards the facts that answer it: a linear map, learned from other occupations' pages.

A question and the fact that answers it use different words ("who feeds the machine?", "load raw material").
The map W is learned from pages with questions to each of their facts: softmax over the cosines of W q to the
facts of the page, cross-entropy, and a pull towards the identity, so that few pages are enough; minimised
with Adam (Kingma and Ba, arXiv:1412.6980). The facts' own vectors stay as they are, so a new document needs
no training.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.nlu.texts import read_lines, told
from knowledge.encoder import meaning

TEMPERATURE = 12.0
PULL = 0.01  # towards the identity
STEPS = 80
RATE = 2e-3


@dataclass(frozen=True)
class Page:
    """The facts of one occupation, (m, d), its questions, (n, d), and which fact answers each, (n,)."""

    facts: np.ndarray
    questions: np.ndarray
    answers: np.ndarray


def read_pages(path: Path, encode: Callable[[list[str]], np.ndarray]) -> list[Page]:
    """The pages of a JSON-lines file: {"occupation", "facts": [{"aspect", "text", "questions": [...]}]} a line."""
    written = [page["facts"] for page in read_lines(path)]
    texts = [text for facts in written for fact in facts for text in (told(fact), *fact["questions"])]
    vectors = dict(zip(texts, encode(texts)))
    pages = []
    for facts in written:
        asked = [(index, question) for index, fact in enumerate(facts) for question in fact["questions"]]
        pages.append(
            Page(
                meaning(np.stack([vectors[told(fact)] for fact in facts])),
                meaning(np.stack([vectors[question] for _, question in asked])),
                np.array([index for index, _ in asked]),
            )
        )
    return pages


class Retriever:
    """The map from question vectors to where their facts lie."""

    def __init__(self, weights: np.ndarray) -> None:
        self.weights = weights

    @classmethod
    def fit(cls, pages: list[Page], *, pull: float = PULL, steps: int = STEPS) -> Retriever:
        """Learn the map from pages; deterministic."""
        size = pages[0].facts.shape[1]
        identity = np.eye(size, dtype=np.float32)
        weights, first, second = identity.copy(), np.zeros_like(identity), np.zeros_like(identity)
        for step in range(1, steps + 1):
            gradient = pull * (weights - identity)
            for page in pages:
                gradient += _gradient(weights, page) / len(pages)
            first = 0.9 * first + 0.1 * gradient
            second = 0.999 * second + 0.001 * gradient**2
            weights = weights - RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        return cls(weights.astype(np.float32))

    def turn(self, vectors: np.ndarray) -> np.ndarray:
        """Vectors of questions, (n, 768) -> unit vectors to compare with what facts mean, (n, 384)."""
        turned = meaning(vectors) @ self.weights.T
        return turned / np.linalg.norm(turned, axis=1, keepdims=True)


def _gradient(weights: np.ndarray, page: Page) -> np.ndarray:
    turned = page.questions @ weights.T
    length = np.linalg.norm(turned, axis=1, keepdims=True)
    unit = turned / length
    scores = TEMPERATURE * unit @ page.facts.T
    chance = np.exp(scores - scores.max(axis=1, keepdims=True))
    chance /= chance.sum(axis=1, keepdims=True)
    chance[np.arange(len(page.answers)), page.answers] -= 1
    by_unit = TEMPERATURE * chance @ page.facts / len(page.answers)
    by_turned = (by_unit - unit * (by_unit * unit).sum(axis=1, keepdims=True)) / length
    return by_turned.T @ page.questions
