"""One message -> the questions in it: "what is it, and does a cert matter?" asks two things."""

from __future__ import annotations

import re

ASKING = (
    r"what|whats|what's|how|hows|how's|who|whos|who's|where|wheres|when|why|which|do|does|did|is|isn't|isnt|are|aren't|"
    r"can|could|will|would|should|must|any"
)
BOUNDARY = re.compile(
    r"(?<=[?!])\s+|(?<=[.…;])\s+|"  # after a sentence
    rf"(?<!\s)(?:\s*,|\s*;|\s+-+)?\s+(?:and|n|&|plus|also|but)\s+(?=(?:also\s+|like\s+|then\s+)?(?:{ASKING})\b)|"
    rf"(?<!\s)\s*,\s+(?=(?:{ASKING})\b)",
    re.IGNORECASE,
)
QUESTION = re.compile(
    rf"\?|^[\s,]*(?:(?:so|and|ok|okay|well|but|also|um|uh|like|then|please)[\s,]+)*(?:{ASKING})\b", re.IGNORECASE
)
ALTERNATIVE = re.compile(  # "..., or is it all screens?"
    r"(?<![\s,])[\s,]+or\s+(?=(?:is|are|am|r|do|does|did|can|could|will|would|should|must|was|has|have|its|it's|theres|there's|"
    r"just|only|all|more|mostly|mainly|kinda|strictly)\b)",
    re.IGNORECASE,
)
TALK_BEFORE = re.compile(  # "so what I'm wondering is", "what about math": what follows may ask for yes or no
    r"^\W*(?:(?:so|and|ok|okay|well|but|also|um|uh|like|then|i see|hey|hi)\W+)*"
    r"what (?:about|i'?m|i am|i (?:want|wanna|mean|meant)|was i|were we)\b",
    re.IGNORECASE,
)
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
WORDS = 3  # of a part that can be answered by yes or no


def clauses(text: str) -> list[str]:
    """The parts of `text` that could each be a question, in order; the whole text where there is one."""
    bounds = [0, *(place for each in BOUNDARY.finditer(text) for place in each.span()), len(text)]
    spans = [(start, end) for start, end in zip(bounds[::2], bounds[1::2]) if text[start:end].strip(" ,;")]
    for place in reversed(range(len(spans) - 1)):
        (start, end), (_, last) = spans[place], spans[place + 1]
        if _is_condition(text[start:end]):
            spans[place : place + 2] = [(start, last)]
    return [text[start:end].strip(" ,;") for start, end in spans] or [text]


def _is_condition(part: str) -> bool:
    return CONDITION.match(part) is not None and YES_OR_NO.search(part) is None


def decisive(text: str) -> str:
    """The part of a text that yes or no would answer; the whole where no part stands out.

    That is the first half of an alternative ("is it hands-on" of "is it hands-on, or is it all screens?"), and
    what follows talk that only sounds open ("do I need math" of "what I'm wondering is do I need math").
    """
    halves = list(ALTERNATIVE.finditer(text))
    part = text[: halves[-1].start()] if halves else text
    asked = list(YES_OR_NO.finditer(part)) if TALK_BEFORE.search(part) else []
    part = part[asked[-1].start() :] if asked else part
    return part if len(part.split()) >= WORDS else text


def asks(clause: str) -> bool:
    """Whether a clause looks like a question of its own."""
    return QUESTION.search(clause) is not None
