"""What a sentence of a career page tells, and how sure that is: learned from the labelled pages in data/pages.

Multinomial logistic regression on the traits of a sentence and its place (`knowledge.shelf.placed`); then the scores
of its neighbours are weighed in, since sentences that tell the same stand together. The weights in aspects.npz are made
by data/pages/train.py.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import softmax

from knowledge.encoder import Encoder
from knowledge.model import Aspect
from knowledge.shelf.placed import Placed, Traits

__all__ = ["Aspects", "Placed"]
WEIGHTS = Path(__file__).with_name("aspects.npz")
NONE = ""  # how the weights name what tells nothing of the occupation
LEAST = 1e-3  # added to probabilities, so that what is ruled out by one place is not by its neighbours


class Aspects:
    """Tells of each place of a page what it tells; loads its weights when it is made."""

    def __init__(self, encoder: Encoder, weights: Path = WEIGHTS) -> None:
        with np.load(weights, allow_pickle=False) as kept:
            self._labels = [Aspect(label) if label != NONE else None for label in kept["labels"]]
            self._alone = kept["alone"].astype(np.float32)
            self._together = kept["together"].astype(np.float32)
            self._traits = Traits(encoder, list(kept["words"]), list(kept["around"]))

    def of(self, places: list[Placed]) -> list[list[tuple[Aspect | None, float]]]:
        """For each place every aspect with its probability, the likeliest first; `None` stands for no fact at all.

        The places are those of one page, in its order: what stands beside a sentence tells of it as well. Each list
        sums to 1.
        """
        if not places:
            return []
        chances = together(self._together, beside(places, alone(self._alone, *self._traits.of(places))))
        return [[(self._labels[at], float(row[at])) for at in np.argsort(-row)] for row in chances]


def alone(weights: np.ndarray, dense: np.ndarray, words: csr_matrix) -> np.ndarray:
    """The probability of each label by the traits of a place, (n, labels); the last weights are the bias."""
    width = dense.shape[1]
    return softmax(dense @ weights[:width] + words @ weights[width:-1] + weights[-1], axis=1)


def beside(places: list[Placed], chances: np.ndarray) -> np.ndarray:
    """The scores of each place, those of the others under its heading, of the one before and after: (4, n, labels)."""
    scores = np.log(chances + LEAST)
    scores -= scores.mean(axis=1, keepdims=True)
    others, before, after = (np.zeros_like(scores) for _ in range(3))
    before[1:], after[:-1] = scores[:-1], scores[1:]
    start = 0
    for end in range(1, len(places) + 1):
        if end < len(places) and _where(places[end]) == _where(places[start]):
            continue
        if end - start > 1 and places[start].around:
            inside = scores[start:end]
            others[start:end] = (inside.sum(axis=0) - inside) / (end - start - 1)
        start = end
    return np.stack([scores, others, before, after])


def together(weights: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """The probability of each label, (n, labels), by the scores of a place and its neighbours; each counts by label."""
    return softmax(np.einsum("bnl,bl->nl", scores, weights[:-1]) + weights[-1], axis=1)


def _where(place: Placed) -> tuple:
    return place.parents, place.heading, place.lead
