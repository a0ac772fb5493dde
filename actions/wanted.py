"""What form of answer is wanted: yes or no ("is it loud"), one of two ("loud or quiet"), one detail ("how loud")."""

from __future__ import annotations

import re

from actions.question import MASK, Question

WHETHER = "whether "  # how the clause of such a question begins
DETAIL = re.compile(  # not "how to get in", "how you get in"
    r"how (?!(?:to|you|they|it|one|he|she|we|people|the|an?|this|that|any(?:one|body)|some(?:one|body))\b)|when\b|"
    r"where\b|who(?:se)?\b|which\b|why\b|what (?:kind|sort|type|percent|time|age|year|day)s?\b"
)
LASTS = re.compile(r"\bhow (?:long\b|many (?:more )?(?:year|yr|month|week|day|hour)s?\b|much time\b)", re.IGNORECASE)
COMPARES = re.compile(rf"\b(?:than|compared? (?:to|with))\b[^.?!;]{{,25}}\b(?:{MASK}|mine|my)\b", re.IGNORECASE)
MORE = re.compile(  # than what was talked of, where no amount stands beside it: “does that pay more”, “a pay cut”
    r"\b(?:pays?|makes?|earns?|paid) (?:\w+ )?(?:more|better|less|worse)\b(?! than [^?.]*\d)|"
    r"\b(?:pay|salary|wage) ?(?:cut|raise|rise|bump|drop)\b|\b(?:twice|double|triple|half) (?:what|as much)\b",
    re.IGNORECASE,
)
COUNT = re.compile(r"\b(?:how many|number of)\b", re.IGNORECASE)
TIME = re.compile(  # that something takes: “4- or 5-year”
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|few)[- ](?:or more[- ])?"
    r"(?:full |school |academic )?(?:year|month|week|day|hour)s?\b",
    re.IGNORECASE,
)
OPEN = re.compile(r"^(?:what|which|how|who|whose|where|when|why)\b|^\w+ (?:what|which|how|whom)\b")  # as clauses begin
ASKS = re.compile(  # how a question begins that has lost its mark
    r"^(?:\W|(?:and|so|but|or|ok|okay|well|also|then|hi|hello|plus)\b)*(?:what|which|how|who|whose|where|when|why|is|are|"
    r"was|were|do|does|did|can|could|will|would|should|must|may|might|has|have|am|any|tell|explain|name|list)\b",
    re.IGNORECASE,
)
ONESELF = re.compile(r"\bi(?:'?ve| have| had| was| worked| never)\b(?! to)", re.IGNORECASE)  # what one tells
MATTER = re.compile(  # what every job has, which is told and not looked for by its name
    r"^\W*(?:(?:and|the|its|what about|how about) )*(?:pay|salary|wages?|outlook|hours|benefits|training|education|"
    r"schooling|skills|duties)(?: both| too| please)?\W*$",
    re.IGNORECASE,
)
NAMES = re.compile(r"^\W*(?:\w+\W+){,2}\w+\?", re.IGNORECASE)  # "hydraulics?"


def asks_whether(question: Question, *, named: bool = True) -> bool:
    """Whether yes or no would answer a question; `named`: or one that only names a thing."""
    if question.kind == "meaning" and not question.clause.startswith(WHETHER):  # "hydraulics = ?"
        return False
    if OPEN.match(question.clause) or (ONESELF.search(question.text) and not asks(question)):
        return False
    names = NAMES.search(question.text) is not None and not is_bare(question)
    return question.does == "whether" or (named and names)


def is_bare(question: Question) -> bool:
    """Whether a question is nothing but a matter that every job has: “and the outlook?”."""
    return MATTER.match(question.text) is not None


def asks(question: Question) -> bool:
    """Whether a part of a message is written as a question, and not as a remark: "so it's welding then"."""
    return "?" in question.text or ASKS.match(question.text) is not None


def chooses(question: Question) -> bool:
    """Whether a question asks which of some things holds, so that neither yes nor no answers it."""
    return question.does == "choice"


def compares(question: Question) -> bool:
    """Whether a question sets an occupation beside another, of which what one of them is like decides nothing."""
    return COMPARES.search(question.text) is not None or MORE.search(question.text) is not None


def asks_detail(question: Question) -> bool:
    """Whether an open question asks for one detail, which a list on the matter may lack: how much, when, which kind."""
    return DETAIL.match(question.clause) is not None


def asks_count(question: Question) -> bool:
    """Whether a question asks how many there are of something."""
    return COUNT.search(question.text) is not None


def asks_time(question: Question) -> bool:
    """Whether a question asks how long something takes."""
    return LASTS.search(question.text) is not None


def tells_time(text: str) -> bool:
    """Whether a sentence says how long something takes: “a 4- or 5-year apprenticeship”."""
    return TIME.search(text) is not None
