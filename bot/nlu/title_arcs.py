"""What the words of a text may stand for: shortened, misspelt, written together or apart, or what people do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.nlu.title_index import Index
from bot.nlu.title_spelling import EDIT, Spelling
from bot.nlu.title_words import SHORTENED, Word, key, singular, stem

WRITTEN_OUT, TOGETHER, APART, SHIFTED = 0.2, 0.3, 0.6, 0.8  # what it costs to take words for others
SHORTEST_TOGETHER, LONGEST_TOGETHER = 6, 24  # letters of two words that were written as one, or should have been
SHORTEST_PART = 3  # letters of each of them
SHORTEST_SHIFTED = 7  # letters of two words that were parted at the wrong place
ARTICLES = {"the", "a", "an"}
CONTRACTED = re.compile(  # “doesn't”, also without its apostrophe: no misspelt title
    r"(?:do|does|did|is|are|was|were|has|have|had|ca|wo|could|would|should|must|need)n'?t|[^']{1,20}'(?:t|d|ll|m|re|ve)|"
    r"(?:what|that|it|how|who|there|here|where|let|he|she)s|im|ive|youre|theyre|theres|gonna|wanna|gotta"
)
DOERS = (  # endings of what people do, and of who does it
    ("ing", ("er", "", "e", "or")),
    ("ology", ("ologist",)),
    ("onomy", ("onomist", "onomer")),
    ("graphy", ("grapher",)),
    ("istry", ("ist",)),
    ("atry", ("atrist",)),
)


@dataclass(frozen=True)
class Arc:
    """What the words from one to before the word `following` may stand for, and at what cost."""

    following: int
    words: str
    cost: float
    activity: bool = False


class Arcs:
    """Reads words as those of titles."""

    def __init__(self, index: Index, spelling: Spelling, short: dict[str, list[str]], common: dict[str, int]) -> None:
        """With how people shorten the words of titles, and the common words of English, which are not misspelt."""
        self._index = index
        self._spelling = spelling
        self._short = {word: [key(meant) for meant in meanings] for word, meanings in short.items()}
        self._common = common

    def of(self, read: list[Word]) -> list[list[Arc]]:
        """What each word of a text may stand for, itself first."""
        alone: dict[str, list[Arc]] = {}
        found: list[list[Arc]] = []
        for place, word in enumerate(read):
            if word.lower not in alone:
                alone[word.lower] = list(self._alone(word))
            arcs = [Arc(place + 1, arc.words, arc.cost, arc.activity) for arc in alone[word.lower]]
            if place + 1 < len(read) and read[place + 1].gap == "" and word.lower not in ARTICLES:
                arcs += self._with_next(place, word.lower, read[place + 1].lower)
            found.append(arcs)
        return found

    def _alone(self, word: Word) -> Iterator[Arc]:
        yield Arc(0, word.stem, 0.0)
        for meant in self._short.get(singular(word.lower), ()):
            yield Arc(0, meant, WRITTEN_OUT)
        for ending, doers in DOERS:
            if word.lower.endswith(ending) and len(word.lower) > len(ending) + 2:
                agents = (word.lower.removesuffix(ending) + doer for doer in doers)
                yield from [Arc(0, each, WRITTEN_OUT, activity=True) for each in agents if each in self._index.heads][
                    :1
                ]
        if CONTRACTED.fullmatch(word.lower) or word.stem in self._index.names or self._known(word.lower):
            return
        for place in range(SHORTEST_PART, min(len(word.stem), LONGEST_TOGETHER) + 1 - SHORTEST_PART):
            left, right = stem(word.stem[:place]), word.stem[place:]
            if left in self._index.vocabulary and right in self._index.vocabulary:
                yield Arc(0, f"{left} {right}", APART)
        if word.lower.endswith("ss") and stem(word.lower[:-1]) in self._index.vocabulary:
            yield Arc(0, stem(word.lower[:-1]), EDIT)
        for meant, cost in self._spelling.meant(word.stem):
            yield Arc(0, SHORTENED.get(meant, meant), cost)

    def _with_next(self, place: int, left: str, right: str) -> Iterator[Arc]:
        """Two words that are one, “fire fighter”, or with the space a letter too early or too late: “plugw irer”."""
        length, vocabulary = len(left) + len(right), self._index.vocabulary
        if SHORTEST_TOGETHER <= length <= LONGEST_TOGETHER and singular(left + right) in vocabulary:
            yield Arc(place + 2, singular(left + right), TOGETHER)
        if length < SHORTEST_SHIFTED or self._known(left) and self._known(right):
            return
        for one, other in ((left[:-1], left[-1:] + right), (left + right[:1], right[1:])):
            if stem(one) in vocabulary and stem(other) in vocabulary:
                yield Arc(place + 2, f"{stem(one)} {stem(other)}", SHIFTED)

    def _known(self, word: str) -> bool:
        return stem(word) in self._index.vocabulary or word in self._common or singular(word) in self._common
