"""What a sentence of a career page tells: a stand-in until the learned one is here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from knowledge.encoder import Encoder, meaning
from knowledge.model import Aspect


@dataclass(frozen=True)
class Placed:
    """A sentence, item or row with what heads and leads it."""

    text: str
    heading: str | None = None
    lead: str | None = None
    parents: tuple[str, ...] = ()


class Aspects:
    """Nearest name of an aspect."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._names = meaning(encoder.encode([aspect.value.replace("_", " ") for aspect in Aspect]))

    def of(self, places: list[Placed]) -> list[list[tuple[Aspect | None, float]]]:
        """The likeliest first."""
        if not places:
            return []
        texts = [f"{place.heading or ''}: {place.lead or ''} {place.text}" for place in places]
        scores = np.exp(12 * meaning(self._encoder.encode(texts)) @ self._names.T)
        scores /= scores.sum(axis=1, keepdims=True)
        aspects = list(Aspect)
        return [[(aspects[at], float(row[at])) for at in np.argsort(-row)] for row in scores]
