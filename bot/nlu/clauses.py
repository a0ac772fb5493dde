"""One message -> the questions in it: "what is it, and does a cert matter?" asks two things."""

from __future__ import annotations

import re

ASKING = (
    r"what|whats|what's|how|hows|how's|who|whos|who's|where|wheres|when|why|which|do|does|did|is|isn't|isnt|are|aren't|"
    r"can(?!'?t (?!i |you |they |we |he |she ))|could|will|would|should|must|any"
)
BOUNDARY = re.compile(
    r"(?<=[?!])\s+|(?<=[.…;])\s+|\n+|"  # after a sentence or a line
    rf"(?<!\s)(?:\s*,|\s*;|\s+-+)?\s+(?:and|n|&|plus|also|but)\s+(?=(?:also\s+|like\s+|then\s+)?(?:{ASKING})\b)|"
    rf"(?<!\s)\s*,\s+(?=(?:{ASKING})\b)",
    re.IGNORECASE,
)
QUESTION = re.compile(
    r"\?|\b(?:ask(?:ing)?|know|wonder(?:ing)?|tell me|curious|explain) (?:about |me )?"
    r"(?:if|whether|what|how|which|when|where|who)\b|"
    rf"^[\s,]*(?:(?:so|and|ok|okay|well|but|also|um|uh|like|then|please)[\s,]+)*(?:{ASKING})\b",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"^(?:\(?\d{1,2}[.)]|[-•*–])\s*")
LIST = 2  # numbered lines that make a list
WORDS = re.compile(r"[^\W\d]")
COURTESY = re.compile(
    r"^\W*(?:(?:ok|okay|well|so|and|oh|great|cool)\W+)*(?:hi|hello|hey|dear|good (?:morning|day|evening|afternoon)|"
    r"th(?:an)?(?:k|x)|ty\b|much appreciated|got it|i see|kind regards|regards|sincerely|yours|best|sent from)",
    re.IGNORECASE,
)
OWN = re.compile(r"\b(?:i|i'?m|i'?ve|my|me|he|she|his|her|our|we|kid|son|daughter|husband|wife)\b", re.IGNORECASE)
YES_OR_NO = re.compile(
    r"(?<!\bi )(?<!\byou )(?<!\bthey )(?<!\bwe )(?<!\bto )"  # where "do it" is what somebody does
    r"\b(?:is|are|am|do|does|did|can|could|will|would|should|must)(?:n'?t)? "
    r"(?:i|you|u|they|he|she|we|it|there|that|this|the|a|an)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(  # "when it runs, ...": part of what follows, and no question
    r"^\W*(?:(?:so|and|ok|okay|well|but|also|um|uh|like|then)\W+)*(?:when|while|if|once|after|before|because|since)\s+(?=\S)"
    r"(?!(?:is|are|r|am|do|does|did|can|could|will|would|shall|should|might|must|was|were|has|have)(?:n'?t)?\b|to\b)"
    r"(?!.*\b(?:what|how|where|who|why|which|when)\b)[^?.!]*$",
    re.IGNORECASE,
)


def clauses(text: str) -> list[str]:
    """The questions in `text`, in order, each with what is told beside it; the whole text where there is one."""
    items = [line.strip() for line in text.splitlines() if NUMBERED.match(line.strip())]
    if len(items) >= LIST:  # each line of a list is a question, whatever it looks like
        return [NUMBERED.sub("", item) for item in items if WORDS.search(NUMBERED.sub("", item))] or [text]
    bounds = [0, *(place for each in BOUNDARY.finditer(text) for place in each.span()), len(text)]
    spans = [(start, end) for start, end in zip(bounds[::2], bounds[1::2]) if WORDS.search(text[start:end])]
    asked: list[tuple[int, int]] = []
    told: int | None = None  # where what was told before the next question begins
    for start, end in spans:
        part = text[start:end]
        if (asks(part) or YES_OR_NO.search(part)) and not _is_condition(part):
            asked.append((start if told is None else told, end))
            told = None
        elif not asked and not _tells(part):
            continue  # a greeting
        elif asked and OWN.search(part) and not _is_condition(part) and (start, end) == spans[-1]:
            asked[-1] = asked[-1][0], end
        elif told is None and _tells(part):
            told = start
    parts = [NUMBERED.sub("", text[start:end].strip(" ,;\n")) for start, end in asked]
    return parts or [text]


def _tells(part: str) -> bool:
    """Whether what is no question belongs to the next one: "no degree and a DUI", not "thanks a lot"."""
    return len(part.split()) > 2 and COURTESY.match(part) is None


def _is_condition(part: str) -> bool:
    return CONDITION.match(part) is not None and YES_OR_NO.search(part) is None


def asks(clause: str) -> bool:
    """Whether a clause looks like a question of its own."""
    return QUESTION.search(clause) is not None
