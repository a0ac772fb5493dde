"""Which occupations a text names, among a thousand with tens of thousands of titles, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.nlu.abbreviations import read_abbreviations
from bot.nlu.title_arcs import Arcs
from bot.nlu.title_context import Context
from bot.nlu.title_index import Index
from bot.nlu.title_lattice import Lattice, Path
from bot.nlu.title_ranking import Named
from bot.nlu.title_sense import Sense
from bot.nlu.title_spelling import Spelling
from bot.nlu.title_words import FUNCTION, Word, words
from knowledge.english import common_words

__all__ = ["Mention", "Named", "Occupations"]

LEVELS = {"senior", "sr", "junior", "jr", "entry", "level", "lead", "trainee", "experienced"}  # before a title
STEPS = re.compile(r"(?<!\s)\s+(?:(?:II|III|IV|ii|iii|iv)\b|(?:I|[1-5])(?=\s*(?:$|[.?!,;])))")  # after it


@dataclass(frozen=True)
class Mention:
    """An occupation named in a text: characters `start` to `end`.

    `slugs` are the occupations that it may mean, the likeliest first; where it is not `sure`, one would ask which.
    `past` tells what somebody is or was, rather than asks about. `alternate`: no occupation is itself called so; it is
    one of the many titles of those who work in it. `close`: others that are called so are nearly as likely. `unknown`:
    it is of a kind that no source knows: “prompt engineer”.
    """

    start: int
    end: int
    title: str
    slugs: tuple[str, ...]
    sure: bool
    past: bool = False
    alternate: bool = False
    close: bool = False
    unknown: bool = False

    def overlaps(self, other: Mention) -> bool:
        """Whether two share a character."""
        return self.start < other.end and other.start < self.end


class Occupations:
    """Finds the occupations of a knowledge base in a text. It keeps nothing of what it reads."""

    def __init__(self, titles: Iterable[Named]) -> None:
        """Index `titles`; takes seconds where there are tens of thousands."""
        short = read_abbreviations()
        common = common_words()
        self._index = Index(titles, short)
        spelling = Spelling(self._index.vocabulary)
        self._lattice = Lattice(self._index, Arcs(self._index, spelling, short.words, common))
        self._sense = Sense(self._index, short, common)

    def mentions(self, text: str) -> list[Mention]:
        """The occupations named in `text`, in order, none overlapping; the longest name wins."""
        read = words(text)
        taken = bytearray(len(read))
        found: list[Mention] = []
        left: list[Path] = []

        def take(path: Path, context: Context) -> None:
            first, mention = self._mention(path, read, text, context, taken)
            taken[first : path.last + 1] = b"\1" * (path.last + 1 - first)
            found.append(mention)

        for path in sorted(self._lattice.paths(read), key=self._preference):
            if not any(taken[path.first : path.last + 1]):
                context = Context(text, read[path.first].start, read[path.last].end)
                if self._sense.names(path, read, text, context) and not self._is_aside(path, context):
                    take(path, context)
                else:
                    left.append(path)
        for path in left if found else []:
            if not any(taken[path.first : path.last + 1]) and self._sense.beside(path, read, text, taken):
                take(path, Context(text, read[path.first].start, read[path.last].end))
        return sorted(found, key=lambda mention: mention.start)

    def _mention(
        self, path: Path, read: list[Word], text: str, context: Context, taken: bytearray
    ) -> tuple[int, Mention]:
        """The mention, with the words before it that belong to it, unless `taken`; and the first of its words."""
        first, end = path.first, read[path.last].end
        meant = self._index.meant(path.words)
        before = read[first - 1] if first > 0 and read[first].gap == "" and not taken[first - 1] else None
        if before and not meant.sure and path.first == path.last and before.lower not in FUNCTION:
            narrower = self._index.narrowed(path.words, before.stem)  # “adolescent therapist”
            if narrower is not None:
                meant, first = narrower, first - 1
            elif self._sense.narrows(before):
                how = {"past": context.past, "unknown": True}
                return first - 1, Mention(before.start, end, meant.title, meant.slugs, sure=False, **how)
        while first > 0 and read[first].gap in ("", ".") and read[first - 1].lower in LEVELS and not taken[first - 1]:
            first -= 1
        if read[first].lower == "level":
            first += 1
        step = STEPS.match(text, end)
        end = step.end() if step else end
        alternate = not self._index.prominent(path.words)
        how = {"past": context.past, "alternate": alternate, "close": meant.close}
        return first, Mention(read[first].start, end, meant.title, meant.slugs, meant.sure, **how)

    def _is_aside(self, path: Path, context: Context) -> bool:
        """Whether a name that fits several is not asked about: “is it only for engineers”, “about repairing”."""
        if self._index.meant(path.words).sure:
            return False
        return not context.done(ordinary=True) if path.activity else context.compared

    def _preference(self, path: Path) -> tuple[float, float, float, int]:
        """Longer ones first, then those written as they should be; of what a misspelt one may be, the commonest."""
        weight = self._index.weight(path.words) if path.cost else 0
        return path.first - path.last + path.cost / 4, path.cost, -weight, path.first
