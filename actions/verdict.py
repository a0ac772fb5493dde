"""Yes, no or it depends: whether a question asks for it, and which of them its fact decides."""

from __future__ import annotations

import math
import re
from enum import Enum

from actions.question import Question

CONTRARY = re.compile(
    r"\b(?:can'?t|cannot|couldn'?t|unable|without|avoid|skip|hate|never|not|no|nothing|none|n't|only|just|purely|all|solely|"
    r"different|instead|get (?:by|away)|zero|stuck|dead[- ]end|someone else|somebody else|waste|pointless)\b",
    re.IGNORECASE,
)
TAG = re.compile(  # at the end, where it denies nothing: "..., or not?", "..., don't they?"
    r"(?<![, ])[, ]+(?:or (?:no|not|nah)|no|right|y/n|yes or no|is it not|correct|huh|"
    r"(?:is|are|do|does|did|can|will|would|has|have|was|should)(?:n'?t)? (?:it|they|you|he|she|i|we|there|that))"
    r"[\s?.!]*$",
    re.IGNORECASE,
)
OPEN = re.compile(
    r"^\W*(?:(?:so|and|ok|okay|well|but|also|um|uh|like|then|hey|hi|please)\W+)*"
    r"(?:what(?!\s+if)|whats|who|whose|where|when|why|which|how(?!\s+about)|hows|tell|list|give|explain|describe)\b",
    re.IGNORECASE,
)
OPEN_AT_LAST = re.compile(  # a last sentence such as "who checks the parts", or "... good for what?"
    r"[.!?]\s+(?:(?:so|and|ok|okay|well|but|also|um|uh|like|then)\W+)*(?:(?:by|for|from|in|of|on|to|with) )?"
    r"(?:what(?!\s+(?:if|about))|whats|who|whose|where|why|which|how(?!\s+about))\b[^.!?]*[.!?\s]*$|\bfor what\W*$",
    re.IGNORECASE,
)
ASKS_YES_OR_NO = re.compile(
    r"[,.;:?!]\s*(?:(?:and|or|so|but)\s+)?(?:do|does|did|is|are|am|can|could|will|would|should|must|right|correct|yes)\b",
    re.IGNORECASE,
)
APART = re.compile(  # that two names were two things
    r"\b(?:different|differ|another (?:job|career|thing)|other (?:job|career|thing)|separate|unrelated|not|nothing|"
    r"isn'?t|aren'?t|only one|one name|distinct|apart)\b",
    re.IGNORECASE,
)
FEW = 2  # words of a question that names one thing and nothing else
ABOUT_ONE_THING = ("one_skill", "one_task", "technology", "requirements", "interests")
OPEN_TOO = 0.15  # confidence of "open" from which a question that also looks open is so
OPEN_BELOW = 0.5  # confidence of "open" from which no verdict is asked for
SHARPNESS = 9.0  # of the softmax that turns scores into confidences
LEARNED = 0.5  # the power of what judged questions say, beside what the questions confirmed for the document say
LEAST = 1e-4  # confidence below which none is told apart
DANGER = re.compile(r"\b(?:danger|risk|hazard|harm|unsafe|scary|hurt|injur)", re.IGNORECASE)


class Verdict(str, Enum):
    """How an answer begins where the question can be answered by one word."""

    yes = "yes"
    no = "no"
    can_be = "can_be"
    depends = "depends"
    none = "none"


def verdict(question: Question, begins: dict[str, float]) -> Verdict:
    """The verdict on a question whose fact the document holds, as learned from judged questions.

    A question asks for the contrary of what the fact says ("can I skip the math?") where it was learned so.
    `begins` is what the questions confirmed for this document say of it; where there are none, nobody has judged
    what the document decides, and there is no verdict.
    """
    if not begins:
        return Verdict.none
    text = question.decisive[0] if question.decisive else question.text
    chances = _combined(question.verdicts, begins)
    if _looks_open(text) and chances.get("open", 0.0) >= OPEN_TOO:
        return Verdict.none
    contrary = CONTRARY.search(TAG.sub("", text)) is not None
    if text and len(text.split()) <= FEW and question.kind in ABOUT_ONE_THING:
        if question.kind.rstrip("s") in text.lower():  # "interests?"
            return Verdict.none
        return Verdict.no if contrary or chances["no"] > chances["yes"] else Verdict.yes  # "pneumatics?"
    if chances.pop("open") >= OPEN_BELOW:
        return Verdict.none
    found = Verdict(max(chances, key=chances.get))
    if found is Verdict.depends and question.kind == "safety" and DANGER.search(question.text):
        return Verdict.can_be
    if found is Verdict.depends and question.kind == "experience" and contrary:
        return Verdict.no
    return found


def verdict_on_names(question: Question) -> Verdict:
    """The verdict on a question that names another name of the occupation, which its source holds."""
    if _looks_open(question.text):
        return Verdict.none
    return Verdict.no if APART.search(question.text) else Verdict.yes


def _looks_open(text: str) -> bool:
    """Whether a text begins, or ends, as a question does that neither yes nor no answers."""
    at_last = OPEN_AT_LAST.search(text)
    if at_last:
        return ASKS_YES_OR_NO.search(at_last.group()) is None
    return OPEN.search(text) is not None and ASKS_YES_OR_NO.search(text) is None


def _combined(learned: dict[str, float], begins: dict[str, float]) -> dict[str, float]:
    """The normalised product of two opinions: confidences to the power `LEARNED`, and scores that a softmax turns
    into confidences."""
    products = {
        name: max(learned.get(name, 0.0), LEAST) ** LEARNED * math.exp(SHARPNESS * score)
        for name, score in begins.items()
    }
    total = sum(products.values())
    return {name: product / total for name, product in products.items()}
