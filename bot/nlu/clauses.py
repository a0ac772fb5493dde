"""One message -> the questions in it: "what is it, and does a cert matter?" asks two things."""

from __future__ import annotations

import re

ASKING = (
    r"what|whats|what's|how|hows|how's|who|whos|who's|where|wheres|when|why|which|do|does|did|is|isn't|isnt|are|aren't|"
    r"can|could|will|would|should|must|any"
)
BOUNDARY = re.compile(
    r"(?<=[?!])\s+|(?<=[.…;])\s+|"  # after a sentence
    rf"(?:\s*,|\s*;|\s+-+)?\s+(?:and|n|&|plus|also|but)\s+(?=(?:also\s+|like\s+|then\s+)?(?:{ASKING})\b)|"
    rf"\s*,\s+(?=(?:{ASKING})\b)",
    re.IGNORECASE,
)
QUESTION = re.compile(
    rf"\?|^(?:(?:so|and|ok|okay|well|but|also|um|uh|like|then|please)[\s,]+)*[\s,]*(?:{ASKING})\b", re.IGNORECASE
)


def clauses(text: str) -> list[str]:
    """The parts of `text` that could each be a question, in order; the whole text where there is one."""
    parts = [part.strip(" ,;") for part in BOUNDARY.split(text)]
    return [part for part in parts if part] or [text]


def asks(clause: str) -> bool:
    """Whether a clause looks like a question of its own."""
    return QUESTION.search(clause) is not None
