"""Yes, no or it depends: whether a question asks for it, and which of them its fact decides."""

from __future__ import annotations

import re
from enum import Enum


class Verdict(str, Enum):
    """How an answer begins where the question can be answered by one word."""

    yes = "yes"
    no = "no"
    depends = "depends"
    none = "none"


AUXILIARY = (
    r"(?:do|does|did|is|isn'?t|are|aren'?t|am|was|were|can|can'?t|could|will|would|wouldn'?t|should|must|has|have|had|may|might|"
    r"don'?t|doesn'?t|ain'?t|gotta|need|needs)"
)
OPENERS = r"(?:so|and|ok|okay|well|but|also|um|uh|like|then|please|hi|hey|hello|just|quick|wait|oh|yes|no|excuse me)"
YES_NO = re.compile(
    rf"(?:^|[.,;:!?…]\s*|\b(?:and|but|so|or|um|uh|like|yeah|because|then|well|wondering|know|ask|tell me|curious)\s+(?:if\s+|whether\s+)?)"
    rf"(?:{OPENERS}[\s,]+)*{AUXILIARY}\s+(?:i|you|u|ya|we|he|she|they|it|this|that|there|the|a|an|my|your|someone|somebody|people|"
    r"anyone|one|being|knowing|having|everyone|these|those|any|computers?|math\w*|\w+ing)\b"
    r"|\by/n\b|\byes or no\b|\bor no\b|\bor not\b|,\s*(?:right|correct|no|yes|yeah|huh|isn'?t it|is it)\s*\?*$|\bright\?+$|\b(?:if|whether)\s+(?:i|you|it|he|she|they|the)\b",
    re.IGNORECASE,
)
OPEN = re.compile(r"^(?:so|and|ok|well|but|um|uh|like|then|\s|,)*(?:what|how|who|where|when|why|which)\b", re.IGNORECASE)
OPPOSED = re.compile(
    r"\b(?:can'?t|cannot|cant|couldn'?t|unable|without|avoid|skip|hate|hates|never|not|no|nothing|none|n't|don'?t (?:have|need)|doesn'?t (?:have|need)|"
    r"only|just|purely|all|totally|completely|different|instead|get (?:by|away)|bad (?:at|with)|terrible|suck|sucks|awful|weak|rid of|optional|useless|waste|pointless|"
    r"ignore|zero|whatever|however (?:i|they|you) (?:like|want)|stuck|dead[- ]end|someone else|somebody else)\b",
    re.IGNORECASE,
)
TAG = re.compile(r",?\s*(?:\bor (?:no|not)\b|,\s*no\b|\bright\b|\by/n\b|\byes or no\b|\bno\?)\s*\?*\s*$", re.IGNORECASE)
CONDITIONAL = {"safety", "experience", "fit"}


def asks_yes_no(text: str) -> bool:
    """Whether the words ask for yes or no, and not for what, how or who."""
    return bool(YES_NO.search(text)) and not (OPEN.search(text) and not re.search(r"[,.?!]", text.rstrip("?!. ")))


def opposed(text: str) -> bool:
    """Whether the words ask for the contrary of what the fact says: "can I skip the math?"."""
    return OPPOSED.search(TAG.sub("", text)) is not None


def verdict(text: str, kind: str) -> Verdict:
    """The verdict on a question whose fact holds: yes, no where it asks for the contrary, or it depends."""
    if not asks_yes_no(text):
        return Verdict.none
    if kind in CONDITIONAL:
        return Verdict.depends
    return Verdict.no if opposed(text) else Verdict.yes
