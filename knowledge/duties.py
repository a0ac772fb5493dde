"""Who does what somebody describes: occupations by what they are, by their duties, and by the words of both.

What an occupation is is near to a description as a whole, and of its many duties a few: the nearest three count. A
sentence model sees what is meant and overlooks rare words, which tell the most (tf-idf of the beginnings of words).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from knowledge.encoder import meaning
from knowledge.terms import Terms

NEAREST = 3  # duties that count
WORDS = 1.5  # how much the words of a description count beside what it means
STEM = 6  # letters by which words are one: "painting", "painters"
WORD = re.compile(r"[a-z]{3,}")
SCALE = 127  # vectors of duties are kept in whole numbers, a quarter of the room
ROWS = 2000  # of them that are compared at once


class Duties:
    """What occupations are and do."""

    def __init__(
        self,
        told: list[tuple[str, str, list[str]]],
        overviews: np.ndarray,
        duties: np.ndarray,
        beside: Duties | None = None,
    ) -> None:
        """Index n occupations, each its slug, what it is and its duties.

        `overviews` are the vectors of what they are, (n, 384), and `duties` those of all duties in order, (m, 384),
        of any float; zeros where a vector is not at hand. `beside`: others, by whose words it is told which are rare.
        """
        self.whole = bool(overviews.any(axis=1).all() and duties.any(axis=1).all())  # no vector was missing
        self._slugs = [slug for slug, _, _ in told]
        self._overviews = overviews.astype(np.float32)
        self._duties = np.empty(duties.shape, dtype=np.int8)
        for rows in _some(len(duties)):
            self._duties[rows] = np.round(duties[rows].astype(np.float32) * SCALE)
        self._ends = np.cumsum([len(some) for _, _, some in told])
        texts = [" ".join([what, *some]) for _, what, some in told]
        if beside is None:
            self.terms = Terms(analyzer=_stems)
            self._words = self.terms.fit(texts).T.tocsr()
        else:
            self.terms = beside.terms.and_those_of(texts)
            self._words = self.terms.of(texts).T.tocsr()

    def nearest(self, text: str, vectors: np.ndarray, terms: Terms | None = None) -> list[tuple[str, float]]:
        """The occupations by how near they are to a text with its vectors, (768,), the nearest first.

        `terms`: those of others beside these, which know more words.
        """
        vector = meaning(vectors)
        near = np.zeros(len(self._duties), dtype=np.float32)
        for rows in _some(len(near)):
            near[rows] = self._duties[rows].astype(np.float32) @ vector / SCALE
        best = [np.sort(some)[-NEAREST:].mean() if len(some) else 0.0 for some in np.split(near, self._ends[:-1])]
        said = (terms or self.terms).of([text.lower()])[:, : self._words.shape[0]]
        words = (said @ self._words).toarray()[0]
        scores = self._overviews @ vector + np.array(best) + WORDS * words
        return [(self._slugs[place], float(scores[place])) for place in np.argsort(-scores, kind="stable")]


def _some(count: int) -> Iterator[slice]:
    """The rows of a matrix of so many, some at a time."""
    return (slice(start, start + ROWS) for start in range(0, count, ROWS))


def _stems(text: str) -> list[str]:
    return [word[:STEM] for word in WORD.findall(text.lower())]
