"""Which occupation is meant: titles, plurals, abbreviations, turned-round titles and typos -> mentions."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

MASK = "this job"
SHORT = {  # how people shorten the words of titles, whatever the occupation
    "technician": ["tech", "technican", "techs"],
    "production": ["prod"],
    "manufacturing": ["mfg", "manuf"],
    "engineer": ["eng", "engr"],
    "manager": ["mgr"],
    "assistant": ["asst"],
    "administrator": ["admin"],
    "representative": ["rep"],
    "supervisor": ["sup"],
    "specialist": ["spec"],
    "research and development": ["r&d", "r & d"],
}
SIMILAR = 88  # rapidfuzz ratio from which a run of words is a misspelt title
SHORTEST_MISSPELT = 12  # characters; shorter titles are too near to other words
SPACE = " \t"  # without the ends of lines
DETERMINER = re.compile(r"\b(an?|the|this|that|one)\s+$", re.IGNORECASE)
WORD = re.compile(r"[\w&'-]+")
TOKEN = re.compile(r"[\w&]+|[^\w\s]")


@dataclass(frozen=True)
class Mention:
    """An occupation named in a text: characters `start` to `end` are a way to write a title of occupation `slug`."""

    start: int
    end: int
    slug: str
    title: str

    def overlaps(self, other: Mention) -> bool:
        """Whether two share a character."""
        return self.start < other.end and other.start < self.end


class Phrases:
    """Finds known phrases in a text by their words. What it looks up it does not keep, as spaCy's vocabulary would."""

    def __init__(self, phrases: dict[str, str]) -> None:
        """Index `phrases`, each with what it means."""
        self._known = {tuple(TOKEN.findall(phrase.lower())): meaning for phrase, meaning in phrases.items()}
        self._longest = max(map(len, self._known), default=0)

    def __call__(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where phrases stand in a text, whatever their case, and what they mean; overlapping ones too."""
        tokens = list(TOKEN.finditer(text.lower()))
        words = [token[0] for token in tokens]
        for first in range(len(words)):
            for last in range(first, min(first + self._longest, len(words))):
                meaning = self._known.get(tuple(words[first : last + 1]))
                if meaning is not None:
                    yield tokens[first].start(), tokens[last].end(), meaning


class Linker:
    """Finds the occupations of a knowledge base in a text."""

    def __init__(self, titles: list[tuple[str, str]], *, misspelt: bool = True) -> None:
        """Index `titles`, pairs of slug and title."""
        self._slugs: dict[str, str] = {}
        written: dict[str, str] = {}  # each way to write a title -> the title
        for slug, title in titles:
            self._slugs.setdefault(title, slug)
            for form in forms(title):
                written.setdefault(form, title)
        self._long = [title for title in self._slugs if misspelt and len(title) >= SHORTEST_MISSPELT]
        self._phrases = Phrases(written)

    def mentions(self, text: str) -> list[Mention]:
        """The occupations named in `text`, in order, none overlapping; the longest name wins."""
        found = list(self._exact(text)) or list(self._misspelt(text))
        found.sort(key=lambda mention: mention.start - mention.end)
        kept: list[Mention] = []
        for mention in found:
            if all(mention.end <= other.start or mention.start >= other.end for other in kept):
                kept.append(mention)
        return sorted(kept, key=lambda mention: mention.start)

    def _exact(self, text: str) -> Iterator[Mention]:
        for start, end, title in self._phrases(text):
            yield Mention(start, end, self._slugs[title], title)

    def _misspelt(self, text: str) -> Iterator[Mention]:
        words = list(WORD.finditer(text))
        for title in self._long:
            size = len(title.split())
            for first in range(len(words) - size + 1):
                start, end = words[first].start(), words[first + size - 1].end()
                if fuzz.ratio(text[start:end].lower().rstrip("s"), title.lower()) >= SIMILAR:
                    yield Mention(start, end, self._slugs[title], title)


def forms(title: str) -> set[str]:
    """The ways in which people write a title: lower case, shortened, in the plural, turned round."""
    base = title.lower()
    choices = [[word, *SHORT.get(word, [])] for word in base.split()]
    written = {" ".join(words) for words in itertools.islice(itertools.product(*choices), 64)}
    for long, short in SHORT.items():
        if " " in long and long in base:
            written |= {base.replace(long, other) for other in short}
    for form in list(written):
        head, _, last = form.rpartition(" ")
        if head:
            written |= {f"{last} of {head}", f"{last}s of {head}", f"{last} in {head}", f"{last}s in {head}"}
            written.add(f"{head}-{last}")
    return written | {f"{form}s" for form in written if not form.endswith("s")}


def mask(text: str, spans: list[tuple[int, int]]) -> str:
    """`text` with each span, and its article, replaced by the same words whatever the occupation."""
    for start, end in sorted(spans, reverse=True):
        before = DETERMINER.sub("", text[:start])
        text = f"{before.rstrip(SPACE)} {MASK} {text[end:].lstrip(SPACE)}"
    return re.sub(r" ([?.!,;:'])", r"\1", re.sub(r"[^\S\n]+", " ", text)).strip()  # lines stay lines


def named(part: str, masked: str, names: list[str]) -> str:
    """A part of a masked text as it was written: with the names that were masked in the text, in their order.

    Where somebody wrote the words of the mask themselves, the part is left as it is.
    """
    if masked.count(MASK) != len(names) or part not in masked:
        return part
    for name in names[masked[: masked.index(part)].count(MASK) :]:
        part = part.replace(MASK, name, 1)
    return part


def unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text marked as in training data, `a [welder](occupation)` -> the plain text and the spans marked."""
    plain, spans = "", []
    for part in re.split(r"(\[[^\]]+\]\(occupation\))", text):
        if part.endswith("](occupation)"):
            spans.append((len(plain), len(plain) + part.index("]") - 1))
            part = part[1 : part.index("]")]
        plain += part
    return plain, spans
