"""Words that count -> places in a list: "the second one", "the last two", "number 5"."""

from __future__ import annotations

import re

ORDINALS = {
    word: place
    for place, words in {
        0: "first one top",
        1: "second two",
        2: "third three",
        3: "fourth four",
        4: "fifth five",
        5: "sixth six",
        6: "seventh seven",
        7: "eighth eight",
        8: "ninth nine",
        9: "tenth ten",
        10: "eleventh eleven",
        11: "twelfth twelve",
        -1: "last final bottom",
        -2: "penultimate",
    }.items()
    for word in words.split()
}
NUMBER = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
WORD = re.compile(r"[a-z0-9]+")
POINTED = re.compile(  # "that first part", "the second one?"; not "the first year", "two would do"
    r"\b(?:the|that|this) ((?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|last|"
    r"final|\d{1,2}(?:st|nd|rd|th))"
    r"(?: (?:ones?|parts?|bits?|things?|points?|items?|lines?|two|three|four|five)\b|\W*$))"
)
ORDERED = re.compile(  # "which duty comes last", "the first one in the list"; not "first year"
    r"\b(?:comes?|stands?|(?:is|are) (?:listed|named|mentioned)|is) (?:the )?(?:very )?"
    r"(first|last|second|third|fourth|fifth)\b"
    r"|\b(first|last|second|third|fourth|fifth)(?: \w+)? (?:in|on|of) (?:the|that|your) list\b"
)
COUNTED = re.compile(  # "name 3 duties", "just the top five skills"; not "one of the skills"
    r"\b(?:name|list|give|tell|show|top|pick|just|only|need|want)(?: me| us)?(?: the| any| your| like| about)?"
    r"(?: top)? (two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b"
)


def asked_for(text: str, listed: list[int]) -> list[int]:
    """Of a list, as many as a text asks for, or the one that it picks by its order; all where it does neither."""
    if not listed:
        return listed
    ordered, counted = ORDERED.search(text.lower()), COUNTED.search(text.lower())
    if ordered:
        picked = positions(ordered.group(1) or ordered.group(2), len(listed))
        return [listed[place] for place in picked if place < len(listed)]
    count = _position(counted.group(1)) if counted else None
    return listed if count is None else listed[: count + 1]


def positions(text: str, count: int) -> list[int]:
    """The items of a list of `count`, one at least, that a text picks by position; one beyond the list is left in."""
    words = WORD.findall(text.lower())
    several = next(
        (_position(b) + 1 for a, b in zip(words, words[1:]) if a in ("first", "last") and (_position(b) or 0) > 0), 0
    )
    if several:
        return list(range(count))[-several:] if "last" in words else list(range(several))
    if "second" in words and "last" in words:
        return [max(count - 2, 0)]
    counted = [
        word for before, word in zip(["", *words], words) if word != "one" or len(words) == 1 or before == "number"
    ]
    named = [place for place in map(_position, counted) if place is not None]
    return [index % count if index < 0 else index for index in named]


def pointed_at(text: str, count: int) -> list[int]:
    """The items of a list that a text points at in so many words; none where it may count something else."""
    found = POINTED.search(text.lower())
    return positions(found.group(1), count) if found else []


def _position(word: str) -> int | None:
    """The place that a word counts, from nought, or from the end below it; `None` where it counts none."""
    number = NUMBER.fullmatch(word)
    if number is None:
        return ORDINALS.get(word)
    counted = int(number.group(1))
    return counted - 1 if counted else None
