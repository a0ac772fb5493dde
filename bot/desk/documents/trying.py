"""Questions tried on facts, live or not: which of them come nearest, and what the reader makes of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.reader import Reader, Relation

NEAR = 12  # facts, by what they mean, that are read against a question
SHOWN = 3
BEARS = {
    Relation.yes: "says yes",
    Relation.no: "says no",
    Relation.tells: "tells it",
    Relation.detail: "is on the matter",
}


@dataclass(frozen=True)
class Nearest:
    """A fact that comes near to a question."""

    place: int
    text: str
    says: str  # what it is to the question
    chance: float


class Trying:
    """Tries questions; the models are loaded at the first."""

    def __init__(self, encode: Callable[[list[str]], np.ndarray]) -> None:
        """`encode` gives n texts their (n, 384) unit vectors of what they mean."""
        self._encode = encode
        self._reader: Reader | None = None
        self._loading = threading.Lock()

    def nearest(self, question: str, facts: Sequence[str]) -> list[Nearest]:
        """The facts that answer a question best, as far as any bears on it, the best first."""
        if not facts or not question.strip():
            return []
        near = self._encode(list(facts)) @ self._encode([question])[0]
        places = np.argsort(-near)[:NEAR]
        chances = self._read(question, [facts[place] for place in places])
        scores = 1 - chances[:, Relation.beside]
        found = []
        for which in np.argsort(-(scores + near[places])):
            relation = Relation(int(chances[which, : Relation.beside].argmax()))
            if scores[which] >= 0.5:
                place = int(places[which])
                found.append(Nearest(place, facts[place], BEARS[relation], float(scores[which])))
        return found[:SHOWN]

    def _read(self, question: str, facts: list[str]) -> np.ndarray:
        with self._loading:
            if self._reader is None:
                self._reader = Reader()
        return self._reader.relations(question, facts)
