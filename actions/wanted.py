"""What form of answer is wanted: yes or no ("is it loud"), one of two ("loud or quiet"), one detail ("how loud")."""

from __future__ import annotations

import re

from actions.question import Question
from knowledge import form

WHETHER = "whether "  # how the clause of such a question begins
OPEN = re.compile(r"^(?:what|which|how|who|whose|where|when|why)\b|^\w+ (?:what|which|how|whom)\b")  # as clauses begin
DETAIL = re.compile(  # not "how to get in", "how you get in"
    r"how (?!(?:to|you|they|it|one|he|she|we|people|the|an?|this|that|any(?:one|body)|some(?:one|body))\b)|when\b|"
    r"where\b|who(?:se)?\b|which\b|why\b|what (?:kind|sort|type|percent|time|age|year|day)s?\b"
)
ASKS = re.compile(  # in few words: "any hydraulics", "so no tools, just buttons"
    r"\b(?:yes or no|question mark|i take it)\b|^\W*(?:(?:so|and)\W+)?(?:any|no)\b", re.IGNORECASE
)
NAMES = re.compile(r"^\W*(?:\w+\W+){,2}\w+\s*\?", re.IGNORECASE)  # "hydraulics?"
ALTERNATIVE = re.compile(  # not "is it loud or not", "is it loud or what"
    r"\bor\b(?!\W+(?:no|not|nah|nope|so|else|what|whatever|something|anything|sum(?:thing|n)?)\b|\W*$)", re.IGNORECASE
)
REQUEST = re.compile(  # "could I have the duties": asks for them, and not whether
    r"\b(?:could|can|may|would|will) (?:(?:i|we) (?:please |just )?(?:have|see)|"
    r"(?:you|u) (?:please |just )?(?:give|list|show|tell|name|explain|describe|send))\b",
    re.IGNORECASE,
)


def asks_whether(question: Question, *, named: bool = True) -> bool:
    """Whether yes or no would answer a question; `named`: or one that only names a thing."""
    if OPEN.match(question.clause) or REQUEST.search(question.text):
        return False
    asks = question.clause.startswith(WHETHER) or ASKS.search(question.text) is not None
    return asks or form.asks_whether(question.text) or (named and NAMES.search(question.text) is not None)


def chooses(question: Question) -> bool:
    """Whether a question asks which of two it is, so that neither yes nor no answers it."""
    return ALTERNATIVE.search(question.text) is not None


def asks_detail(question: Question) -> bool:
    """Whether an open question asks for one detail, which a list on the matter may lack: how much, when, which kind."""
    return DETAIL.match(question.clause) is not None
