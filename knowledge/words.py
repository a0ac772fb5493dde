"""Which facts say what a text says, by their words: a first look at many, before any of them is read.

A word tells the more the fewer facts have it (inverse document frequency, Spärck Jones 1972); a long fact has more
words by chance, so what it shares counts by the square root of its length.
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

WORD = re.compile(r"[^\W\d_]{3,}")
STEM = 5  # letters by which words are one: "licensed", "licensing"


class Words:
    """The words of some facts, and how much each tells."""

    def __init__(self, facts: list[str]) -> None:
        """Index facts, as they are read against a question."""
        self._stems = [_stems(fact) for fact in facts]
        often = Counter(stem for stems in self._stems for stem in stems)
        self._tells = {stem: float(np.log(1 + len(facts) / count)) for stem, count in often.items()}

    def shared(self, text: str) -> np.ndarray:
        """How much of what a text says each of the n facts says too: (n,), 0 where they share no word."""
        asked = _stems(text)
        found = [sum(self._tells[stem] for stem in asked & stems) / (1 + len(stems)) ** 0.5 for stems in self._stems]
        return np.array(found, dtype=np.float32)


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in WORD.findall(text.lower())}
