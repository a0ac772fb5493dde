"""How an occupation is called: one and many, shortened as people shorten it, and whether words name one at all."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from knowledge.english import common_words

CAREERS = Path(__file__).resolve().parents[2] / "data" / "careers.txt"
MORE = {"apprentice", "trainee", "aide", "keeper", "labourer", "counsellor", "grower", "fitter", "joiner", "cleaner"}
NONE = {  # which end as names of jobs do, or on the list in another sense
    "guide", "page", "model", "host", "lead", "hand", "force", "super", "man", "lady", "member", "dev", "bookkeeping",
    "reader", "leader", "culinary", "monitor", "executive", "associates", "people", "employer", "customer",
}  # fmt: skip
ORDINARY = {"working", "helping", "being", "making", "managing", "leading"}  # which name no work by themselves
AGENT = re.compile(r"[a-z]{3,30}(?:er|or|ist|ian|eer|smith|wright|person|woman)")
PLAIN_ENDS = ("ss", "us", "is")
FORMS = 24  # ways to write a title that are tried
SHORTEST_PART = 3  # letters of a part of a compound: bee keeper


@lru_cache(maxsize=1)
def heads() -> frozenset[str]:
    """The last words of what jobs are called, in the singular."""
    listed = {name.split()[-1].lower() for name in CAREERS.read_text(encoding="utf-8").splitlines() if name.strip()}
    return frozenset((listed | MORE) - NONE)


def is_head(word: str) -> bool:
    """Whether a word, in the singular or plural, is the last of what jobs are called."""
    return singular(word.lower()) in heads()


def is_agent(word: str) -> bool:
    """Whether a word may name who does something: it ends so, and is none of the commonest words."""
    one = singular(word.lower())
    return one in heads() or (one not in NONE and bool(AGENT.fullmatch(one)) and common_words().get(one, 10**6) > 2500)


def singular(title: str) -> str:
    """A title as one person bears it; its last word is turned, of “assistants and aides” both."""
    words = title.split()
    return " ".join(_one(word) if place == len(words) - 1 or _joined(words, place) else word
                    for place, word in enumerate(words))  # fmt: skip


def plural(title: str) -> str:
    """A title as several people bear it."""
    head, _, last = title.rpartition(" ")
    if last.lower() != _one(last).lower():
        return title
    if last.endswith(("s", "x", "ch", "sh")):
        last += "es"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        last = f"{last[:-1]}ies"
    elif last.lower().endswith("man"):
        last = f"{last[:-2]}en"
    else:
        last += "s"
    return f"{head} {last}".strip()


def _joined(words: list[str], place: int) -> bool:
    return (
        place + 1 < len(words) and words[place + 1].lower() in ("and", "or") and _one(words[place]).lower() in heads()
    )


def _one(word: str) -> str:
    lower = word.lower()
    if lower.endswith("men") and len(word) > 4:
        return f"{word[:-2]}an"
    if lower.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if lower.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    if lower.endswith("s") and not lower.endswith(PLAIN_ENDS) and len(word) > 3:
        return word[:-1]
    return word


def written(title: str) -> str:
    """A title as it stands in a sentence's beginning: capitals that shout are taken down."""
    if title.isupper():
        title = title.lower()
    return title[:1].upper() + title[1:]


def same(one: str, other: str) -> bool:
    """Whether two titles are one, whatever their number and case."""
    return singular(one).casefold().replace("’", "'") == singular(other).casefold().replace("’", "'")


def derived(title: str) -> list[str]:
    """How people shorten a title: by its parts, a word less, the first letters of its first words, what is done."""
    found: list[str] = []
    doing: list[str] = []
    for whole in _apart(singular(title)):
        words = whole.split()
        found.append(whole)
        compounds = _split(whole) if len(words) == 1 else []
        found += compounds
        doing += [done for each in (whole, *compounds) if (done := _activity(each))]
        for less in (1, 2):
            if len(words) - less < 2 or (less == 2 and len(words) < 4):
                continue
            for left in combinations(range(len(words) - 1), less):
                if less == 1 or 0 not in left:
                    found.append(" ".join(word for place, word in enumerate(words) if place not in left))
        if len(words) >= 3 and all(word.isalpha() for word in words):
            found.append(f"{''.join(word[0] for word in words[:-1]).upper()} {words[-1]}")
    names = dict.fromkeys([*doing, *(each for each in found if is_agent(each.split()[-1]))])
    return [name for name in names if name.casefold() != title.casefold()][:FORMS]


def _activity(title: str) -> str | None:
    """What is done by who bears a title, as the work is called: bus driving, bee keeping."""
    last = title.split()[-1].lower()
    for end in ("er", "or"):
        for stem in (last.removesuffix(end), last.removesuffix(end)[:-1]):
            if last.endswith(end) and f"{stem}ing" in common_words() and f"{stem}ing" not in ORDINARY:
                return f"{title[: -len(last)]}{stem}ing"
    return None


def members(title: str) -> list[str]:
    """The occupations of a group that a title names, “dental assistants and hygienists”; none where it names one."""
    found = re.search(r"(?<![\w-])([\w-]+) and ([\w-]+)$", one := singular(title))
    if not found or not (is_head(found[1]) and is_head(found[2])):
        return []
    return [f"{one[: found.start()]}{last}".strip() for last in found.groups()]


def _apart(title: str) -> list[str]:
    """The titles that one with “and” holds: “rail and tram operator” both."""
    words = title.split()
    ands = [
        place for place, word in enumerate(words) if word.lower() in ("and", "or", "&") and 0 < place < len(words) - 1
    ]
    if not ands:
        return [title]
    place = ands[0]
    one = words[:place] + words[place + 2 :]
    other = words[: place - 1] + words[place + 1 :]
    if is_head(words[place - 1]) and is_head(words[-1]):
        one = words[:place]
    return [each for part in (one, other) for each in _apart(" ".join(part))]


def _split(word: str) -> list[str]:
    """A compound as two words: bee keeper."""
    lower, known = word.lower(), common_words()
    places = range(SHORTEST_PART, len(word) - SHORTEST_PART)
    return [
        f"{lower[:p]} {lower[p:]}" for p in places if is_agent(lower[p:]) and lower[:p] in known and lower[p:] in known
    ]
