"""A misspelt word -> the words of titles that may be meant: one edit away, or sounding the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz.distance import OSA

SHORTEST, SOUNDING = 4, 6  # letters of a word that may be one edit away from another, or sound like it
FEW = 4  # words that one may stand for
EDIT, SOUND = 1.0, 1.3  # what it costs to take one word for another
ALIKE = 0.65  # of 1, from which words that sound alike are taken for one another
SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z]", ""),
        (r"(?:ti|ci|si|ssi|sci)(?=[aoeu])|sch|sh|tch|ch", "x"),
        (r"ph", "f"),
        (r"^(?:kn|gn|pn)", "n"),
        (r"^ps", "s"),
        (r"^wr", "r"),
        (r"gh(?=t|$)", ""),
        (r"dg(?=[ei])|g(?=[eiy])", "j"),
        (r"c(?=[eiy])|z", "s"),
        (r"ck|c|q", "k"),
        (r"th", "t"),
        (r"x(?=[^aeiou])", "x"),
        (r"(?<=.)[aeiouyhw]+", ""),
        (r"^[aeiou]+", "a"),
        (r"(.)\1+", r"\1"),
    )
]


class Spelling:
    """The words of titles by what is left when a letter is dropped (Garbe's SymSpell), and by their sound."""

    def __init__(self, counts: dict[str, int]) -> None:
        """Index words by how many titles hold each: the commoner one is meant."""
        self._counts = counts
        left, sounds = defaultdict(list), defaultdict(list)
        for word in counts:
            if len(word) >= SHORTEST and word.isascii():
                for shorter in _shortened(word):
                    left[shorter].append(word)
                if len(word) >= SOUNDING:
                    sounds[sound(word)].append(word)
        self._left = {shorter: tuple(found) for shorter, found in left.items()}
        self._sounds = {heard: tuple(found) for heard, found in sounds.items()}

    def meant(self, word: str) -> list[tuple[str, float]]:
        """The words that `word` may stand for, the likeliest first, and what each costs."""
        if len(word) < SHORTEST or not word.isascii():
            return []
        near = {found for shorter in _shortened(word) for found in self._left.get(shorter, ())}
        costs = {found: EDIT for found in near if OSA.distance(word, found, score_cutoff=1) <= 1}
        if len(word) >= SOUNDING:
            for found in self._sounds.get(sound(word), ()):
                if OSA.normalized_similarity(word, found) >= ALIKE:
                    costs.setdefault(found, SOUND)
        ranked = sorted(costs, key=lambda found: (costs[found], found[0] != word[0], -self._counts[found], found))
        return [(found, costs[found]) for found in ranked[:FEW]]


def sound(word: str) -> str:
    """How a word sounds, roughly: its consonants, those alike as one."""
    for pattern, heard in SOUNDS:
        word = pattern.sub(heard, word)
    return word


def _shortened(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
