"""What a sentence of a career page tells, and how sure that is: learned from the labelled pages in data/pages.

Multinomial logistic regression on the traits of a sentence and its place (`knowledge.shelf.placed`). The weights in
aspects.npz are made by data/pages/train.py.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.special import softmax

from knowledge.encoder import Encoder
from knowledge.model import Aspect
from knowledge.shelf.placed import Placed, Traits

__all__ = ["Aspects", "Placed"]
WEIGHTS = Path(__file__).with_name("aspects.npz")
NONE = ""  # how the weights name what tells nothing of the occupation


class Aspects:
    """Tells of each place of a page what it tells; loads its weights when it is made."""

    def __init__(self, encoder: Encoder, weights: Path = WEIGHTS) -> None:
        with np.load(weights, allow_pickle=False) as kept:
            self._labels = [Aspect(label) if label != NONE else None for label in kept["labels"]]
            self._weights = kept["weights"].astype(np.float32)
            self._bias = kept["bias"].astype(np.float32)
            self._traits = Traits(encoder, list(kept["words"]), list(kept["around"]))

    def of(self, places: list[Placed]) -> list[list[tuple[Aspect | None, float]]]:
        """For each place every aspect with its probability, the likeliest first; `None` stands for no fact at all.

        The places are those of one page, in its order. Each list sums to 1.
        """
        if not places:
            return []
        sure = softmax(self._traits.of(places) @ self._weights + self._bias, axis=1)
        return [[(self._labels[at], float(row[at])) for at in np.argsort(-row)] for row in sure]
