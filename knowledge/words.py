"""Which facts say what a text says, by their words: a first look at many, before any of them is read.

A word tells the more the fewer facts have it (inverse document frequency, Spärck Jones 1972); a long fact has more
words by chance, so what it shares counts by the square root of its length. A word that is none of English is taken for
the one of the facts that is a letter away, if there is one: “comission”.
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.english import common_words

WORD = re.compile(r"[^\W\d_]{3,}")
STEM = 5  # letters by which words are one: "licensed", "licensing"
MISSPELT, MOST = 7, 8  # letters of a word from which it may be misspelt, and such words of a text that are looked up


class Words:
    """The words of some facts, and how much each tells."""

    def __init__(self, facts: list[str]) -> None:
        """Index facts, as they are read against a question."""
        self._stems = [_stems(fact) for fact in facts]
        often = Counter(stem for stems in self._stems for stem in stems)
        words = {word.removesuffix("s") for fact in facts for word in WORD.findall(fact.lower())}
        self._long = sorted(word for word in words if len(word) >= MISSPELT - 1)
        self._tells = {stem: float(np.log(1 + len(facts) / count)) for stem, count in often.items()}

    def shared(self, text: str) -> np.ndarray:
        """How much of what a text says each of the n facts says too: (n,), 0 where they share no word."""
        asked = _stems(text) | {word[:STEM] for word in self._misspelt(text)}
        found = [sum(self._tells[stem] for stem in asked & stems) / (1 + len(stems)) ** 0.5 for stems in self._stems]
        return np.array(found, dtype=np.float32)

    def _misspelt(self, text: str) -> list[str]:
        """The words of the facts that words of a text are meant to be, which are none of English."""
        unknown = [word for word in WORD.findall(text.lower()) if len(word) >= MISSPELT and word not in common_words()]
        unknown = [word.removesuffix("s") for word in dict.fromkeys(unknown) if word[:STEM] not in self._tells][:MOST]
        nearest = (process.extractOne(word, self._long, scorer=OSA.distance, score_cutoff=1) for word in unknown)
        return [match[0] for match in nearest if match]


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in WORD.findall(text.lower())}
