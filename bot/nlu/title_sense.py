"""Whether words that may be a title name an occupation where they stand in a text."""

from __future__ import annotations

import re

from bot.nlu.abbreviations import Abbreviations
from bot.nlu.title_arcs import APART
from bot.nlu.title_context import Context
from bot.nlu.title_index import Index
from bot.nlu.title_lattice import Path
from bot.nlu.title_words import AGENT, FUNCTION, Word, singular

PEOPLE = 17  # titles that a word ends, from which it means people whatever its own ending
ACTIVITIES, ACTIVITIES_LISTED = 6_000, 5_000  # the commonest words, among which an activity is not always work
UNUSUAL = 3_000  # the commonest words, beyond which it is enough that something is told of one who is called so
CLEAR = 8  # letters of a misspelt word that are enough to know it by
COMMON = 3  # where its ending says that it does
FIRST_WORDS = 800  # the commonest words, which need more to name an occupation
INITIALS, FIRST_INITIALS = 3, 6_200  # letters of what may be an abbreviation, and what else it may be: “it”, “sub”
STATE = 2  # letters of an abbreviation that needs to be spoken of as a job: “PA” is a state too


NEAR = 3  # words away from one another that two stand which are named together, at most
BESIDE = re.compile(r"(?:,? (?:or|and|vs\.?|versus|to) | ?[,/] ?)(?:(?:an?|the) )?", re.IGNORECASE)


class Sense:
    """Tells a title from the same words in another sense, by how common they are and what is around them."""

    def __init__(self, index: Index, short: Abbreviations, common: dict[str, int]) -> None:
        """With the words of English by their place among the commonest."""
        self._index = index
        self._jobs, self._things = short.jobs, short.things
        self._names = short.names
        self._common = common

    def names(self, path: Path, read: list[Word], text: str, context: Context) -> bool:
        """Whether the words of `path` name an occupation."""
        last = read[path.last]
        plural = last.lower != singular(last.lower)
        if path.activity:
            rank = self.rank(last.lower)
            listed = path.words in self._index.activities
            if not listed and path.first == path.last and not self._index.prominent(path.words):
                return False
            several = path.first < path.last and (listed or self._index.prominent(path.words))
            most = 0 if several else ACTIVITIES_LISTED if listed else ACTIVITIES
            return context.done(ordinary=rank is not None and rank < most)
        if path.first < path.last and self._little(read[path.first], text) and path.words not in self._names:
            return False
        if path.first < path.last or " " in path.words and path.words not in self._index.acronyms:
            return self._people(path, read) or context.named(plural=plural)
        if context.as_verb and not plural and self.rank(last.lower) is not None:
            return False
        if path.cost >= APART:  # misspelt: what the word may be is judged as the word would be
            known = path.words in self._jobs or self.rank(path.words) is None and self._index.prominent(path.words)
            if known and path.words not in self._things and last.end - last.start >= CLEAR:
                return True
            return context.named(plural=plural) or known and context.told(plural=plural)
        if path.cost:  # “sec” is security only together with another word
            return context.named(plural=plural) and not context.whole
        return self._single(last, path.words, text, context, plural)

    def beside(self, path: Path, read: list[Word], text: str, taken: bytearray) -> bool:
        """Whether an ordinary word stands together with an occupation, “a nurse or a host”; `taken` are its words."""
        if path.activity or path.cost or path.first < path.last:
            return False
        word = read[path.last]
        if (self.rank(word.lower) or FIRST_WORDS) < FIRST_WORDS:
            return False
        around = range(max(path.first - NEAR, 0), min(path.last + NEAR + 1, len(read)))
        return any(
            BESIDE.fullmatch(text, read[min(other, path.first)].end, read[max(other, path.last)].start)
            for other in around
            if taken[other]
        )

    def narrows(self, word: Word) -> bool:
        """Whether a word before a name makes it another one: “prompt engineer”, and not “good engineer”."""
        rank = self.rank(word.lower)
        return word.lower not in FUNCTION and (rank is None or rank >= UNUSUAL)

    def rank(self, word: str) -> int | None:
        """The place of a word among the common ones, `None` where it is none of them."""
        place = self._common.get(word)
        return place if place is not None else self._common.get(singular(word))

    def _single(self, word: Word, title: str, text: str, context: Context, plural: bool) -> bool:
        one, rank = singular(word.lower), self.rank(word.lower)
        if title in self._index.acronyms or title in self._names and len(one) <= INITIALS:
            written = text[word.start : word.end]
            upper = written.rstrip("s").isupper() and not text.isupper()
            return self._initials(one, rank, upper, context, plural)
        if one in self._things:
            return context.at_work or context.whole or plural and context.of_work
        if rank is None or one in self._jobs:
            if one not in self._jobs and self._does(one) and not self._index.whole(title):
                return context.named(plural=plural)
            return not context.joined or context.named(plural=plural)
        person = AGENT.search(one, 1) or rank >= FIRST_WORDS and self._index.heads.get(one, 0) >= PEOPLE
        if rank < UNUSUAL and not person and not self._index.of_own(title) and title not in self._names:
            return context.certain
        known = self._index.heads.get(one, 0) >= PEOPLE or self._index.prominent(title)
        if rank >= UNUSUAL and known and context.told(plural=plural):
            return True
        return context.named(plural=plural) or title in self._names and context.described

    def _does(self, word: str) -> bool:
        """Whether a word is made of a common one, as the names of machines are: “toaster”."""
        if not word.endswith(("er", "or")):
            return False
        base = word[:-2]
        return any(form in self._common for form in (base, f"{base}e", base[:-1] if base[-2:-1] == base[-1:] else base))

    def _little(self, word: Word, text: str) -> bool:
        if text[word.end : word.end + 1] == "-" or "." in text[word.start : word.end]:  # in-flight, U.S.
            return False
        if text[word.start : word.end].isupper() and not text.isupper():  # OR nurse
            return False
        return word.lower in FUNCTION

    def _initials(self, one: str, rank: int | None, upper: bool, context: Context, plural: bool) -> bool:
        if one not in self._names:
            if len(one) <= STATE or rank is not None and rank < FIRST_INITIALS:
                return (upper or rank is None) and context.certain
            return upper or context.named(plural=plural)
        if rank is not None and rank < FIRST_WORDS:
            return upper and context.named(plural=plural) or context.certain
        if one == "rn" and not upper and not plural:  # “right now”
            return context.named(plural=plural) or context.introduced
        if len(one) <= STATE and one != "rn":
            return context.named(plural=plural) or upper and context.learnt
        return rank is None or rank >= FIRST_INITIALS or context.named(plural=plural) or upper

    def _people(self, path: Path, read: list[Word]) -> bool:
        """Whether several words mean nothing but people together: one is rare, or the last one means people."""
        last = path.words.rpartition(" ")[2]
        if path.words in self._index.names or last in self._jobs:
            return True
        if last in self._things:
            return self._index.prominent(path.words)
        titles = self._index.heads.get(last, 0)
        if titles >= PEOPLE or titles >= COMMON and AGENT.search(last):
            return True
        if AGENT.search(last) and self._index.prominent(path.words):
            return True
        return any(self.rank(word.lower) is None for word in read[path.first : path.last + 1])
