"""Which occupation a document is about: by its headings and names, and by whom its sentences speak of."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath

from knowledge.shelf.blocks import Converted, Role
from knowledge.shelf.names import is_agent, is_head, members, plural, same, singular, written
from knowledge.shelf.outline import Outline, Piece

AROUND = re.compile(
    r"^(?:(?:how (?:to become|do i become|you become)|becoming|become|so you want to be|what (?:do|does|is|are)|"
    r"careers? (?:in|as|profile|sheet|guide)|working as|life as|job (?:profile|description|title|sheet)|job|role|"
    r"position|occupation|title|vacancy|wanted|now hiring|about|quick facts|profile|summary|apprenticeship)\b"
    r"\s*[:–-]?\s*)+"
    r"(?:an?\b|the\b)?\s*|(?<!\s)\s+(?:do|actually do|careers?|jobs?|profile|job profile|career profile|"
    r"job description|career sheet|career page|flyer|leaflet|factsheet|guide|wanted|needed|vacancy)$",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"(?<!\s)(?:\s+[|–—:·»>-]+:?\s+|\s*[|:]+\s+|\s+/\s+)")
NAMED = re.compile(r"\b(?:an?|as an?|becom(?:e|ing) an?)\s+", re.IGNORECASE)
WEAK = {
    "new", "good", "great", "successful", "typical", "qualified", "full", "experienced", "second-year", "first-year",
    "job", "career", "the", "senior", "junior", "certified", "licensed", "local", "young", "future", "professional",
    "to", "of", "in", "for", "with", "as", "at", "on", "or", "and", "your", "our", "their", "from", "by", "is",
}  # fmt: skip
LONGEST = 9  # words
MOST_NAMED = 4  # how often a title is named that counts
SURE = 4.0  # from which a candidate is taken
MOST_HEADINGS, MOST_FROM_TEXT = 8, 20  # that are looked at, since each is counted in all of the text
FROM_TEXT = 2  # times that a name stands in a text, from which it may be its title
SOC = re.compile(r"(?<![\d-])(\d{2}-\d{4})(?:\.(\d{2}))?(?![\d-])")
CALLED = re.compile(r"\b(?:SOC|O\*NET|occupation(?:al)? code|standard occupational)\b", re.IGNORECASE)
ALSO = re.compile(
    r"(?:also (?:known|called|referred to|advertised)(?: as)?|(?:other|alternative) (?:job )?(?:titles?|names)"
    r"(?: for this (?:job|role))?(?: include| are)?|sometimes called|similar titles)\b\s*:?\s*(.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Candidate:
    """What may be the title of a document, and how much speaks for it."""

    title: str
    score: float


def find_title(found: Converted, made: Outline, name: str) -> str | None:
    """What the occupation of a document is called in it; `None` where nothing tells."""
    told = [piece for piece in made.pieces if piece.role is not Role.dropped]
    text = " \n ".join(piece.text for piece in told).casefold().replace("’", "'")
    worth: dict[str, float] = {}
    for title, origin in _candidates(found, told, name):
        worth[title] = max(origin, worth.get(title, origin))
    ranked = [Candidate(title, _score(title, origin, text, told)) for title, origin in worth.items()]
    best = max(ranked, key=lambda each: each.score, default=None)
    if best is None or best.score < SURE:
        return None
    groups = [
        each for each in ranked if each.score >= SURE and any(same(best.title, one) for one in members(each.title))
    ]
    return written(max(groups, key=lambda each: each.score, default=best).title)


def _candidates(found: Converted, told: list[Piece], name: str) -> list[tuple[str, float]]:
    """What may be a title, each with how much its place speaks for it."""
    headings = [
        (piece, place) for place, piece in enumerate(p for p in told if p.role in (Role.heading, Role.question))
    ][:MOST_HEADINGS]
    places = [(piece.text, 2.0 if place == 0 else 1.0 if place < 6 else 0.3) for piece, place in headings]
    if told and told[0].role is Role.prose:
        places.append((told[0].text, 0.5))
    places += [(found.title, 1.5)] if found.title else []
    places.append((re.sub(r"[_-]+", " ", PurePath(name).stem), 0.3))
    candidates = [(stripped, worth) for text, worth in places for stripped in _stripped(text)]
    counted = Counter(named for piece in told for named in _named(piece.text))
    candidates += [(named, 0.5) for named, count in counted.most_common(MOST_FROM_TEXT) if count >= FROM_TEXT]
    asked = [named for piece, _ in headings for named in _named(piece.text)]
    return candidates + [(named, 1.0) for named in asked]


def _stripped(text: str) -> list[str]:
    """What a heading may call: the whole of it and its parts, without what stands around titles."""
    parts = (part.strip(" .?!") for part in (text, *BETWEEN.split(text)))
    stripped = (AROUND.sub("", AROUND.sub("", part)).strip() for part in parts)
    return list(dict.fromkeys(each for each in stripped if 0 < len(each.split()) <= LONGEST))


def _named(text: str) -> list[str]:
    """The names of jobs in a text, as “a line cook”."""
    found = []
    for match in NAMED.finditer(text):
        words = re.match(r"(?:[\w’'-]+ ?){1,5}", text[match.end() :])
        taken: list[str] = []
        for word in words[0].split() if words else []:
            taken.append(word)
            if is_head(word):
                break
        else:
            continue
        while taken and taken[0].lower() in WEAK:
            taken.pop(0)
        if taken and not {word.lower() for word in taken} & WEAK:
            found.append(" ".join(taken).lower())
    return found


def _score(title: str, origin: float, text: str, told: list[Piece]) -> float:
    words = title.split()
    one, many = singular(title).casefold().replace("’", "'"), plural(singular(title)).casefold().replace("’", "'")
    forms = rf"\b(?:{re.escape(one)}|{re.escape(many)}|{re.escape(title.casefold())})\b"
    others = re.findall(forms, text)
    subject = sum(bool(re.match(forms, piece.text.casefold().replace("’", "'"))) and not same(piece.text, title)
                  for piece in told if piece.role is Role.prose)  # fmt: skip
    named = len(re.findall(rf"\ban? {re.escape(one)}\b", text))
    score = origin + min(max(len(others) - 1, 0), MOST_NAMED) * 0.75 + min(subject, 2) + min(named, 2) * 0.75
    score += 2.5 if is_head(words[-1]) else 1.0 if is_agent(words[-1]) else -1.5
    score += 0.4 * min(len(words), 3) if is_agent(words[-1]) else 0
    return score - 2 * sum(not any(letter.isalpha() for letter in word) for word in words) - (len(words) > 7)


def other_names(made: Outline, title: str) -> tuple[str, ...]:
    """The other names that a document gives: “also known as …”, as a sentence or under such a heading."""
    found: list[str] = []
    for piece in made.pieces:
        if piece.role in (Role.dropped, Role.heading, Role.question):
            continue
        above = ALSO.match(piece.heading or "") or ALSO.match(piece.lead or "")
        said = ALSO.search(piece.text)
        if above or said:
            listed = piece.text if above else said[1]
            found += re.split(r",\s*(?:and\s+|or\s+)?|;\s*|\s+(?:and|or)\s+", listed.strip(" .:"))
    names = (re.sub(r"^(?:an?|the)\s+", "", each.strip(" .\"“”‘’'")) for each in found)
    kept = [written(each) for each in names if each and len(each.split()) <= 6 and is_head(each.split()[-1])]
    return tuple(dict.fromkeys(name for name in kept if not same(name, title)))


def find_code(made: Outline, title: str) -> str | None:
    """The O*NET-SOC code that a document gives its occupation; of several the one that stands beside its title."""
    found = [(match, piece) for piece in made.pieces for match in SOC.finditer(piece.text)]
    beside = [match for match, piece in found if singular(title).casefold() in singular(piece.text).casefold()]
    beside += [match for match, piece in found if plural(singular(title)).casefold() in piece.text.casefold()]
    called = [match for match, piece in found if CALLED.search(f"{piece.heading} {piece.lead} {piece.text}")]
    for some in (beside, called):
        codes = list(dict.fromkeys(f"{match[1]}.{match[2] or '00'}" for match in some))
        if len(codes) == 1:
            return codes[0]
    return None
