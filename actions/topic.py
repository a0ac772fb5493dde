"""The person's own words for what a document does not mention: "shifts", "sign-on bonus", “where do they park”."""

from __future__ import annotations

import re

QUOTED = 60  # characters of a question that may stand for its topic
MARKUP = re.compile(r"[<>{}\[\]|`*_\\]")
LEADING = re.compile(
    r"^(?:(?:so|and|ok|okay|well|but|also|um|uh|like|then|please|hey|hi|hello|thanks|cool)\b[\s,.!]*)+", re.IGNORECASE
)


def topic(text: str, words: list[str], otherwise: str) -> str:
    """The words of a kind's vocabulary that stand in a question, in its order; else how the kind is called."""
    found = {}
    for word in sorted(words, key=len, reverse=True):  # "night shifts" before "shifts"
        match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
        if match and not any(start <= match.start() < end for start, end in found.values()):
            found[match.group(0).lower()] = match.span()
    named = [f"“{word}”" for word in sorted(found, key=found.get)[:3]]
    return " or ".join(filter(None, [", ".join(named[:-1]), named[-1]])) if named else otherwise


def quoted(text: str) -> str | None:
    """A short question in quotation marks, without markup; `None` where it is too long to stand in a sentence."""
    words = LEADING.sub("", plain(text)).strip(" ?!.,;:")
    return f"“{words}”" if 0 < len(words) <= QUOTED else None


def plain(text: str) -> str:
    """A person's words without what a channel could take for markup."""
    return MARKUP.sub("", text)
