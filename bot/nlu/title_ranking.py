"""Which of the occupations that a title names is meant, and whether that is clear enough not to ask."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.nlu.title_words import LOOSE, PART, REST, WHOLE, ways

CHOICES = 5  # occupations that are offered where several may be meant
CLEAR = 1.0  # by how much the likeliest has to be ahead to be meant
CROWD = 0.25  # by how much more for each further one that may be meant
CLOSE = 3.0  # by how much it may be ahead and another one still be worth a word
RIVAL = 0.5  # by how much more where people report the title for both, or both are called so
AKIN = 0.5  # where the other one has the same code of six digits
FAR = 4.0  # by how much an occupation may be behind and still be offered
UNKNOWN = 10  # thousand people, where it is not known how many work in an occupation
HALF = 0.5  # as many as work in the commonest of a crowd, from which one is meant without being asked for
SIX = 7  # characters of an O*NET-SOC code that are its SOC code of six digits
SHARED = re.compile(r"^\d\d-\d{4}\.(?!00)\d\d$")  # a code under a broader one, whose employment it shares
SHARE = 1 / 30  # of that employment
GRADES = {  # how much a title that is written so says for its occupation
    "preferred": {WHOLE: 4.0, PART: 2.6, LOOSE: 1.2},
    "reported": {WHOLE: 1.4, PART: 0.7, LOOSE: 0.2},
    "alternate": {WHOLE: 0.0, PART: -0.5, LOOSE: -1.0},
}
ENDING = 1.2  # where the preferred title ends in the words: “Truck Driver” of “Heavy Truck Drivers”
LEFTOVER = -2.0  # for a group of what has no name of its own: “Managers, All Other”
EMPLOYMENT, SUPPORT = 0.5, 0.8  # the weights of how common an occupation is, and how many of its titles have the words
FIRST = 100.0  # the owner's own come first


@dataclass(frozen=True)
class Named:
    """One title of one occupation.

    `kind` is preferred, reported or alternate; `own` tells a title of the owner's own documents, which come first;
    `weight` is how many people work in the occupation, 0 where that is not known.
    """

    slug: str
    text: str
    kind: str
    own: bool = False
    weight: float = 0


@dataclass(frozen=True)
class Meant:
    """What a title means: its occupations, the likeliest first, and whether the first one is meant for certain.

    `close`: it is, but only because it is the likeliest, and worth saying so.
    """

    title: str
    slugs: tuple[str, ...]
    sure: bool
    close: bool = False


class Ranking:
    """Orders occupations by how common they are, and by how many of their titles have the words of one."""

    def __init__(self) -> None:
        self._weights: dict[str, float] = {}
        self._preferred: dict[str, set[str]] = defaultdict(set)  # the keys of an occupation's preferred titles
        self._headed: dict[str, set[str]] = defaultdict(set)  # by last word, the occupations that are called so
        self._within: dict[str, set[str]] = defaultdict(set)  # by word, those with it in what they are called
        self._leftover: set[str] = set()
        self._support: dict[str, dict[str, int]] = defaultdict(dict)  # by word, the titles of each occupation with it
        self._totals: dict[str, int] = {}

    def note(self, named: Named, stems: set[str]) -> None:
        """Take in a title, with the words that are in it."""
        weight = named.weight * SHARE if SHARED.match(named.slug) else named.weight
        self._weights[named.slug] = max(weight, self._weights.get(named.slug, 0))
        for stem in stems:
            counts = self._support[stem]
            counts[named.slug] = counts.get(named.slug, 0) + 1
        if named.kind == "preferred":
            called = {words for words, how in ways(named.text, whole=True) if how != LOOSE}
            self._preferred[named.slug] |= called
            for words in called:
                self._headed[words.rpartition(" ")[2]].add(named.slug)
            for stem in stems:
                self._within[stem].add(named.slug)
            if REST.search(named.text):
                self._leftover.add(named.slug)

    def vocabulary(self) -> dict[str, int]:
        """All words of titles, with how many titles have each; called once all titles are taken in."""
        self._totals = {stem: sum(counts.values()) for stem, counts in self._support.items()}
        return self._totals

    def weight(self, slug: str) -> float:
        """How many people work in an occupation, its share where only the number of a broader one is known."""
        return self._weights[slug]

    def with_word(self, stem: str) -> Iterable[str]:
        """The occupations with a word in one of their titles."""
        return self._support.get(stem, {}).keys()

    def decide(self, words: str, held: Iterable[tuple[Named, int]], *, among_all: bool = True) -> Meant:
        """What the title with the key `words` means; `held` are those who have it, with how much of theirs it says.

        `among_all`: where none is clear, all whose names end in the words may be meant.
        """
        best: dict[str, tuple[float, str]] = {}
        for named, how in held:
            grade = GRADES.get(named.kind, GRADES["alternate"])[how] + FIRST * named.own
            if named.slug not in best or grade > best[named.slug][0]:
                best[named.slug] = (grade, named.text)
        scores = {slug: grade + self._likely(slug, words) for slug, (grade, _) in best.items()}
        order = sorted(scores, key=lambda slug: (-scores[slug], slug))
        first, near = order[0], [slug for slug in order if scores[slug] >= scores[order[0]] - FAR]
        needed = CLEAR + CROWD * max(0, len(near) - 2)
        claimed = math.inf if " " in words and self._ends(first, words) else GRADES["reported"][WHOLE]

        def ahead(slug: str) -> bool:
            if slug[:SIX] == first[:SIX]:
                return scores[first] - scores[slug] >= AKIN
            rival = RIVAL if min(best[first][0], best[slug][0]) >= claimed else 0
            return scores[first] - scores[slug] >= needed + rival

        sure = all(map(ahead, near[1:3]))
        crowd = self._crowd(words) if among_all else []
        called = best[first][0] >= GRADES["preferred"][WHOLE]
        common = called or first in crowd and self._weights[first] >= HALF * self._weights[crowd[0]]
        if len(crowd) > 1 and not (sure and common):
            near, sure = crowd, False  # “manager”: what most people do who are called so
        others = [scores[slug] for slug in near[1:] if slug in scores and slug[:SIX] != first[:SIX]]
        close = sure and best[first][0] < GRADES["preferred"][WHOLE] and bool(others)
        close = close and scores[first] - max(others) < CLOSE
        return Meant(best[first][1], tuple((near if len(near) > 1 else order)[:CHOICES]), sure, close)

    def _crowd(self, words: str) -> list[str]:
        """The occupations whose names end in a word, or else have it in them, the commonest first."""
        headed, within = self._headed.get(words, set()), self._within.get(words, set())
        crowd = (headed if len(headed) > 1 else within) - self._leftover
        return sorted(crowd, key=lambda slug: (-self._weights[slug], slug))

    def _likely(self, slug: str, words: str) -> float:
        one = slug[0].isdigit()  # of a group it is the occupations in it that people mean
        employment = one and self._weights[slug] / 1000 or UNKNOWN
        stems = [stem for stem in words.split() if stem in self._totals]
        telling = min(stems, key=self._totals.__getitem__, default="")  # the rarest word tells most
        share = self._support[telling].get(slug, 0) / self._totals[telling] if stems else 0
        score = EMPLOYMENT * math.log(1 + employment) + SUPPORT * math.log(0.01 + share)
        return score + ENDING * self._ends(slug, words) + LEFTOVER * (slug in self._leftover)

    def _ends(self, slug: str, words: str) -> bool:
        """Whether the preferred title of an occupation ends in the words, after others."""
        return any(name.endswith(f" {words}") for name in self._preferred.get(slug, ()))
