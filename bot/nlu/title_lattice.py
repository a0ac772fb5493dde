"""The words of a text, each with what it may stand for -> the titles that they may spell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.nlu.title_arcs import ARTICLES, Arc, Arcs
from bot.nlu.title_index import Index
from bot.nlu.title_spelling import SOUND
from bot.nlu.title_words import FUNCTION, Word

WIDTH = 120  # steps from one word on, however much its neighbours may stand for
DEAREST, LONG, DEAREST_LONG = SOUND, 3, 2.0  # what a title may cost, and one of so many words
TURNED = 0.3  # what it costs to take a title for one that is turned round
LINKS = {"of", "in", "for"}  # turn a title round: “librarian of maps”
BEFORE_LINK, AFTER_LINK = 2, 4  # words of such a title
ANYBODY = {"person", "man", "woman", "hand", "body"}  # are mostly no titles before such a word: “hand in the machine”
ENDS = 3  # titles that a word ends, from which it is taken for one by itself: “technician, welder” are two


@dataclass(frozen=True)
class Path:
    """The words `first` to `last` of a text may be written for the title with the key `words`."""

    first: int
    last: int
    words: str
    cost: float
    activity: bool = False


class Lattice:
    """Finds all titles that the words of a text may spell."""

    def __init__(self, index: Index, arcs: Arcs) -> None:
        self._index = index
        self._arcs = arcs

    def paths(self, read: list[Word]) -> list[Path]:
        """The titles, overlapping ones too."""
        arcs = self._arcs.of(read)
        found: dict[tuple[int, int, str], Path] = {}
        for first in range(len(read)):
            for path in self._from(read, arcs, first):
                held = found.get((path.first, path.last, path.words))
                if held is None or path.cost < held.cost:
                    found[path.first, path.last, path.words] = path
        for path in self._turned(read, arcs):
            found.setdefault((path.first, path.last, path.words), path)
        return list(found.values())

    def _from(self, read: list[Word], arcs: list[list[Arc]], first: int) -> Iterator[Path]:
        """The titles that begin with a word: all ways to go on are tried as long as a title begins so."""
        steps = WIDTH
        waiting = [(first, "", 0.0, False)]
        while waiting and steps > 0:
            place, before, cost, comma = waiting.pop()
            for arc in arcs[place]:
                steps -= 1
                words = f"{before} {arc.words}" if before else arc.words
                spent = cost + arc.cost
                if spent > DEAREST_LONG:
                    continue
                if spent <= DEAREST or words.count(" ") + 1 >= LONG:
                    titled = words in self._index and (not comma or self._index.with_comma(words))
                    if titled or not comma and words in self._index.activities:
                        yield Path(first, arc.following - 1, words, spent, arc.activity or not titled)
                follows = read[arc.following].gap if arc.following < len(read) else "!"
                if words in self._index.beginnings and follows in ("", ",", ".") and not arc.activity:
                    waiting.append((arc.following, words, spent, comma or follows == ","))

    def _turned(self, read: list[Word], arcs: list[list[Arc]]) -> Iterator[Path]:
        """Titles turned round: “librarian of maps”, “technician, production”."""
        plain = [each[0].words for each in arcs]
        for place, word in enumerate(read):
            comma = word.gap == "," and word.lower not in FUNCTION and word.lower != "it"
            if not comma and not (word.lower in LINKS and word.gap == ""):
                continue
            after = place if comma else place + 1
            while not comma and after < len(read) and read[after].lower in ARTICLES:
                after += 1
            tails = _runs(read, plain, after)
            for first in range(place - 1, max(place - 1 - BEFORE_LINK, -1), -1):
                head = " ".join(plain[first:place])
                last = plain[place - 1]
                if last in self._index.heads and last not in ANYBODY:
                    for end, tail in tails:
                        single = comma and self._index.heads.get(tail.rpartition(" ")[2], 0) >= ENDS
                        if not single and f"{tail} {head}" in self._index:
                            yield Path(first, end, f"{tail} {head}", TURNED)
                if read[first].gap:
                    break


def _runs(read: list[Word], plain: list[str], first: int) -> list[tuple[int, str]]:
    """The runs of words from one on that nothing parts, and where they end."""
    runs: list[tuple[int, str]] = []
    for last in range(first, min(first + AFTER_LINK, len(read))):
        if last > first and read[last].gap:
            break
        runs.append((last, " ".join(plain[first : last + 1])))
    return runs
