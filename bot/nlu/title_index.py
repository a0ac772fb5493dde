"""The titles of all occupations by their words, and the names that people have for them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from bot.nlu.abbreviations import Abbreviations
from bot.nlu.title_ranking import CHOICES, Meant, Named, Ranking
from bot.nlu.title_words import AGENT, PART, WHOLE, key, ways

WAYS = 3  # WHOLE, PART and LOOSE
CAPITALS = re.compile(r"\b[A-Z][A-Z&]{1,4}\b")


class Index:
    """Titles by their words in the singular, parted by spaces: their keys."""

    def __init__(self, titles: Iterable[Named], short: Abbreviations) -> None:
        """Index `titles`, and the names that people have for what they name."""
        self._rows: list[Named] = []
        self._ranking = Ranking()
        self._found: dict[str, Meant] = {}  # by key: never more than there are keys
        rows: dict[str, list[int]] = defaultdict(list)  # a row of a title, and which way to write it, as one number
        heads: Counter[str] = Counter()
        self.acronyms: set[str] = set()
        for named in titles:
            stems: set[str] = set()
            written = dict(reversed([*ways(named.text, whole=named.kind == "preferred")]))
            for words, how in written.items():
                rows[words].append(len(self._rows) * WAYS + how)
                if how == WHOLE and words:
                    parts = words.split(" ")
                    stems.update(parts)
                    heads[parts[-1]] += 1
            self._rows.append(named)
            self._ranking.note(named, stems)
            if "(" in named.text or len(named.text) < 6 and named.text.isupper():
                self.acronyms.update(map(key, CAPITALS.findall(named.text)))
        rows.pop("", None)
        self.heads = dict(heads)  # the last words of titles, with how many titles each ends
        self.vocabulary = self._ranking.vocabulary()
        self._keys: dict[str, tuple[int, ...]] = {}
        for words, found in rows.items():  # a part of a title names those who work only where it ends so
            last = words.rpartition(" ")[2]
            named = last in heads or AGENT.search(last)
            kept = found if named else [row for row in found if row % WAYS == WHOLE]
            if kept:
                self._keys[words] = tuple(kept)
        self.names = {name: held for name, meant in short.names.items() if (held := self._held(meant))}
        self.activities = {name: held for name, meant in short.activities.items() if (held := self._held(meant))}
        self.beginnings: set[str] = set()  # of keys, up to a space
        for words in (*self._keys, *self.names, *self.activities):
            place = words.find(" ")
            while place > 0:
                self.beginnings.add(words[:place])
                place = words.find(" ", place + 1)

    def __contains__(self, words: str) -> bool:
        return words in self._keys or words in self.names

    def meant(self, words: str) -> Meant:
        """What a key means that the index holds, or an activity."""
        if words not in self._found:
            self._found[words] = self._decide(words)
        return self._found[words]

    def narrowed(self, words: str, modifier: str) -> Meant | None:
        """What a title means after a word that only some of its occupations have in their titles."""
        among = set(self._ranking.with_word(modifier))
        held = [(named, how) for named, how in self._named(words) if named.slug in among]
        return self._ranking.decide(words, held, among_all=False) if held else None

    def of_own(self, words: str) -> bool:
        """Whether the owner's own documents have the title."""
        return any(named.own for named, _ in self._named(words))

    def prominent(self, words: str) -> bool:
        """Whether an occupation is itself called so, or people report it, or have the name for one."""
        if words in self.names:
            return True
        return any(named.own or named.kind != "alternate" and how <= PART for named, how in self._named(words))

    def whole(self, words: str) -> bool:
        """Whether an occupation is called just so, and not only in a list: “Tire Repairers and Changers”."""
        return words in self.names or any(
            named.own or named.kind != "alternate" and how == WHOLE for named, how in self._named(words)
        )

    def weight(self, words: str) -> float:
        """How many people work in what is called so: the most, where several are."""
        weights = [self._ranking.weight(named.slug) for named, how in self._named(words) if named.kind != "alternate"]
        return max(weights, default=0)

    def with_comma(self, words: str) -> bool:
        """Whether a title that is written so has a comma in it."""
        return any("," in named.text for named, _ in self._named(words))

    def _named(self, words: str) -> Iterable[tuple[Named, int]]:
        for found in self._keys.get(words, ()):
            yield self._rows[found // WAYS], found % WAYS

    def _held(self, meant: list[str]) -> list[str]:
        return [words for words in map(key, meant) if words in self._keys]

    def _decide(self, words: str) -> Meant:
        others = self.names.get(words) or self.activities.get(words) or []
        if self.of_own(words) or words in others and words in self._keys:
            others = []
        if len(others) == 1:
            return self.meant(others[0])
        if others:
            each = [self.meant(other) for other in others]
            slugs = tuple(dict.fromkeys(one.slugs[0] for one in each))
            return Meant(each[0].title, slugs[:CHOICES], sure=len(slugs) == 1)
        return self._ranking.decide(words, self._named(words))
