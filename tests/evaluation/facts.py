"""Which facts a reply tells: those whose quotation stands in it (facts.yml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

TABLE = Path(__file__).resolve().parent / "facts.yml"
SHORT = 3  # words; a quotation of fewer has to stand alone, since “Computers” is also a word of other facts


@dataclass(frozen=True)
class FactTable:
    """The keys of facts: their quotations, the lists they make up, and the families they belong to."""

    quotations: dict[str, list[re.Pattern[str]]]
    lists: dict[str, list[str]]
    families: dict[str, str]  # of a key, or of its first part

    @classmethod
    def read(cls, path: Path = TABLE) -> FactTable:
        """Read facts.yml."""
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        quotations = {key: [_pattern(quote) for quote in quotes] for key, quotes in written["quotations"].items()}
        lists = {
            name: [key for key in quotations if key.startswith(f"{first}.")] for name, first in written["lists"].items()
        }
        families = {key: family for family, keys in written["families"].items() for key in keys}
        families |= {name: families[first] for name, first in written["lists"].items()}
        return cls(quotations, lists, families)

    def told(self, reply: str) -> frozenset[str]:
        """The keys of the single facts that a reply tells."""
        plain = straight(reply)
        return frozenset(
            key for key, patterns in self.quotations.items() if any(pattern.search(plain) for pattern in patterns)
        )

    def tells(self, told: frozenset[str], key: str, *, whole: bool) -> bool:
        """Whether facts told amount to a key; of a list, half the members where it is wanted whole, else one.

        Raises `KeyError` for a key that is in no table.
        """
        if key in self.lists:
            members = self.lists[key]
            return len(told.intersection(members)) >= (len(members) / 2 if whole else 1)
        if key not in self.quotations:
            raise KeyError(key)
        return key in told

    def family(self, key: str) -> str:
        """The family of a key."""
        return self.families.get(key) or self.families[key.split(".")[0]]


@lru_cache(maxsize=1)
def table() -> FactTable:
    """The table of facts.yml, read once."""
    return FactTable.read()


def straight(text: str) -> str:
    """A text with straight apostrophes and single spaces, its lines kept."""
    return re.sub(r"[^\S\n]+", " ", text.replace("’", "'"))


def _pattern(quotation: str) -> re.Pattern[str]:
    words = re.escape(straight(quotation))
    if len(quotation.split()) < SHORT:
        words = rf"(?:“{words}”|^[-•*]? ?{words}$)"
    return re.compile(words, re.IGNORECASE | re.MULTILINE)
