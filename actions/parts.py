"""The questions of a message by the occupations that they are about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from actions.pay import NATION, only_places, states
from actions.plans import OVERALL, PLANS, TOLD_MORE
from actions.question import MASK, PREFIX, Question
from actions.wanted import MORE

COMPARED = 3  # occupations of one question that are told of
PLACES_AT_ONCE = 2  # states told of beside the question: “Ohio if you have it, else Iowa”
COMPARISON = f"{PREFIX}comparison"
DIFFERENCE = re.compile(r"\bdifferences?\b|\bwhat makes (?:them|those) different\b", re.IGNORECASE)
ONLY_NAMES = re.compile(  # a part that is nothing but names: "nurse vs doctor,"
    rf"(?:\W|\b(?:{MASK}|and|or|vs?|versus|the|an?|so|ok|okay|well|what about|how about|hi|hello|as|"
    r"instead|then|maybe|perhaps|rather)\b)+",
    re.IGNORECASE,
)
BESIDE_THIS = re.compile(  # one that is compared with what is talked of: "between this and welding"
    rf"\b(?:this|it|that)(?: one)?,? (?:and|or|vs\.?|versus) {MASK}\b|"
    rf"{MASK},? (?:and|or|vs\.?|versus|than|with|to) (?:this|it|that)\b(?! job)|"
    rf"\bcompared? (?:to|with) (?:the |an? )?{MASK}\b",
    re.IGNORECASE,
)
SAME = re.compile(  # “is it the same thing as an MRI tech”, “different from a welder”
    rf"\b(?:the same(?: (?:thing|job|work|trade))? as|(?:any )?different (?:from|than)|similar to)\b.{{,12}}{MASK}",
    re.IGNORECASE,
)
PAYS_MORE = re.compile(  # “does a cook make more?”
    rf"^\W*(?:(?:and|so|but|ok) )*(?:do|does|would|will) (?:an? |the )?{MASK} (?:\w+ )?(?:pay|make|earn)s? "
    r"(?:\w+ )?(?:more|better|less)\W*$",
    re.IGNORECASE,
)
BESIDE_ONE = re.compile(
    rf"\b(?:vs\.?|versus|twice what|half what) (?:the |an? )?{MASK}\b", re.IGNORECASE
)  # “how's the pay vs a cook”
THIS = re.compile(r"\b(?:this|it|that)\b(?! job)", re.IGNORECASE)
BOTH = (
    r"both|either|neither|each|which(?: one)?|between|(?:the )?two|more|less|better|harder|easier|safer|these|those|"
    r"(?:all|any) of them|"
    r"\w+est"
)
WHICH = re.compile(  # “and which one pays more”
    r"^\W*(?:(?:and|also|so|but|or|ok|then) )*which (?:one|is|are|has|pays?|makes?|takes?|needs?|"
    r"of (?:them|those|these|both|(?:the )?(?:two|three|2|3))|"
    r"jobs?|trades?|careers?)\b",
    re.IGNORECASE,
)
MONEY = re.compile(r"\b(?:makes?|earns?|pays?|paid)(?: \w+)? (?:most|more|best|better|least|less)\b", re.IGNORECASE)
THREE = re.compile(r"\bthree\b|\b3\b", re.IGNORECASE)
PLACES = {"first": 0, "1st": 0, "former": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "last": -1, "latter": -1}
POINTED = re.compile(  # at one of those talked of: “the license for the first one”
    rf"\bthe (?P<place>{'|'.join(PLACES)}) (?:one|job|career|occupation)\b(?! of)|"
    r"\bthe (?P<of_two>former|latter)\b",
    re.IGNORECASE,
)
OF_BOTH = re.compile(rf"\b(?:{BOTH})\b", re.IGNORECASE)  # what was spoken of together until now
TOGETHER = re.compile(rf"\b(?:{BOTH}|them|they)\b", re.IGNORECASE)  # what a message itself names


@dataclass(frozen=True)
class Talk:
    """What a conversation was about until now."""

    slug: str  # the occupation of questions that name none
    before: str | None = None  # the one that was talked of, beside which another may be named: "between this and …"
    together: tuple[str, ...] = ()  # those that were spoken of together last
    recent: tuple[str, ...] = ()  # the last few, the latest first
    kind: str | None = None  # of the last answer


def by_occupation(message: dict[str, Any], asked: list[Question], talk: Talk) -> list[tuple[str, list[Question]]]:
    """The questions of a message by the occupations that they name, else by that of the question before.

    A question that names several is asked of each; so is one about those that were spoken of together, and a
    comparison that names none, of the two talked of last; one that names one is of that and of what was talked of.
    """
    return _grouped(_as_one(_meant(message, asked, talk)))


def _meant(message: dict[str, Any], asked: list[Question], talk: Talk) -> list[tuple[list[str], Question]]:
    """Each question that asks something, with the occupations that it is about."""
    entities = [each for each in message.get("entities") or [] if "start" in each]
    written = [
        (message["text"][each["start"] : each["end"]], each["value"].split()[0])
        for each in entities
        if each["entity"] in ("occupation", "several")
    ]
    names_only = [MASK in each.text and ONLY_NAMES.fullmatch(each.text) is not None for each in asked]
    names_only[-1] &= asked[-1].text.count(MASK) > 1 and not all(names_only[:-1])  # "who earns more, cook or host?"
    home = states(without_names(message))
    every = list(dict.fromkeys(value for _, value in written))[:COMPARED]
    meant: list[tuple[list[str], Question]] = []
    beside_it = any(_sets_beside(each) for each in asked)
    about = [talk.before] if talk.before and beside_it else [talk.slug]  # "is it hard? and is it the same as a cook"
    waiting, this = [], []
    for question, is_name in zip(asked, names_only):
        named = [value for words, value in written if words in question.said]
        about = this if this and not named and THIS.search(question.text) else about
        beside: list[str] = []
        if named and talk.recent and _asks_whether_same(question.text):
            question = replace(question, intent=COMPARISON, compares="ask_overview")
        if named and _sets_beside(question) and (talk.recent or BESIDE_THIS.search(question.text)):
            beside = [talk.before] if talk.before and about == [talk.slug] else about
        elif named and question.intent == COMPARISON:  # "is nursing harder?", of two names one in each part
            beside = list(talk.recent[:1]) if len(every) == 1 else every
        about = list(dict.fromkeys([*waiting, *beside, *named]))[:COMPARED] or about
        waiting = about if is_name else []  # "electricians, and plumbers: who makes more?"
        if is_name:
            continue
        if not named and len(every) > 1 and (question.intent == COMPARISON or TOGETHER.search(question.text)):
            about = every
        question = replace(question, among=max(1, question.among - sum(names_only)))
        pointed = None if written else _pointed(question, talk)
        if pointed:
            about, question = [pointed], replace(question, text=POINTED.sub(MASK, question.text))
        elif not written and len(talk.together) > 1 and is_of_all(question) and not THREE.search(question.text):
            about = list(talk.together)
        elif not written and len(about) == 1 and len(talk.recent) > 1 and _compares(question):
            about = list(reversed(talk.recent[: COMPARED if THREE.search(question.text) else 2]))  # as they were named
        if 0 < len(home) <= PLACES_AT_ONCE and not states(question.text):  # "we're in Oregon, what would she make"
            question = replace(question, where=" and ".join(home))
        if len(about) > 1 and _asks_whether_same(question.text):
            question = replace(question, compared="overview")
        elif len(about) > 1 and (question.does == "choice" or _compares(question) or MORE.search(question.text)):
            question = replace(question, compared=_compared(question, talk.kind if beside else None))
        meant.append((about, question))
        this = beside or this  # "between this and welding. what is it?"
    return meant


def _sets_beside(question: Question) -> bool:
    """Whether a question sets what it names beside what was talked of."""
    beside_one = question.text.count(MASK) == 1 and _asks_beside(question.text)
    return bool(beside_one or _asks_whether_same(question.text) or BESIDE_THIS.search(question.text))


def _asks_whether_same(text: str) -> bool:
    """Whether what was talked of is asked to be the same as one that is named: of two names, a source may tell it."""
    return text.count(MASK) == 1 and SAME.search(text) is not None


def _asks_beside(text: str) -> bool:
    """Whether one name is set beside what was talked of, and stays beside it: “the pay vs a cook”, “twice what …”."""
    return BESIDE_ONE.search(text) is not None or PAYS_MORE.match(text) is not None


def stays(groups: list[tuple[str, list[Question]]]) -> bool:
    """Whether a conversation stays with what was talked of, where another was only set beside it: “vs a cook”."""
    last = groups[-1][1][-1].text
    return len(named_together(groups)) > 1 and last.count(MASK) == 1 and _asks_beside(last)


def _pointed(question: Question, talk: Talk) -> str | None:
    """The one of those talked of that a question points at by its place, in the order in which they were named."""
    found = POINTED.search(question.text)
    named = talk.together if len(talk.together) > 1 else tuple(reversed(talk.recent))
    if found is None or len(named) < 2 or question.intent.startswith("follow_"):  # an item of a list
        return None
    place = PLACES[(found["place"] or found["of_two"]).lower()]
    return named[place] if place < len(named) else None


def _compares(question: Question) -> bool:
    """Whether a question asks which of some occupations it is that something holds of."""
    return question.intent == COMPARISON or WHICH.match(question.text) is not None


def _as_one(meant: list[tuple[list[str], Question]]) -> list[tuple[list[str], Question]]:
    """The same with what is compared in the question that compares: "what is better, that or nursing? money wise"."""
    kept: list[tuple[list[str], Question]] = []
    for about, question in meant:
        kind = question.kind if question.kind in PLANS and question.kind not in OVERALL else None
        again = question.intent == COMPARISON and not _is_overall(question)
        if (kind or again) and kept and _is_overall(kept[-1][1]) and set(kept[-1][0]) >= set(about):
            before, compares = kept.pop()
            if DIFFERENCE.search(compares.text):  # which is one question, and who earns more another
                kept.append((before, replace(compares, compared="overview")))
            compared = question.compared if again else kind
            where = question.where or compares.where
            about, question = before, replace(compares, compared=compared, compares=f"{PREFIX}{compared}", where=where)
        elif kind and kept and kept[-1][1].compared and set(kept[-1][0]) == set(about) and _is_short(question):
            question = replace(question, compared=kind)  # "safety wise and pay wise"
        kept.append((about, question))
    return kept


def _is_short(question: Question) -> bool:
    return len(question.text.split()) <= COMPARED


def _is_overall(question: Question) -> bool:
    """Whether a question compares occupations and does not say in what."""
    said = (question.compares or "").removeprefix(PREFIX)
    return question.compared is not None and question.intent == COMPARISON and (said not in PLANS or said in OVERALL)


def _grouped(meant: list[tuple[list[str], Question]]) -> list[tuple[str, list[Question]]]:
    """The questions by occupation, in order; those about the same several ones together."""
    groups: list[tuple[str, list[Question]]] = []
    last: list[str] = []
    for about, question in meant:
        for each in about:
            same = next((some for slug, some in reversed(groups) if slug == each), None)
            if same is not None and (about == last or groups[-1][0] == each):
                same.append(question)
            else:
                groups.append((each, [question]))
        last = about
    return groups


def only_names(message: dict[str, Any], asked: list[Question]) -> bool:
    """Whether a message names an occupation and asks nothing of it."""
    named = any(each["entity"] == "occupation" and "start" in each for each in message.get("entities") or [])
    return named and not any(each.intent.startswith((PREFIX, "follow_", "other_", "nlu_")) for each in asked)


def of_places(
    groups: list[tuple[str, list[Question]]], before: str | None
) -> tuple[list[tuple[str, list[Question]]], str | None]:
    """The questions, of the state that was named `before` where pay goes on and none is named; and the state named now.

    Where no question is on pay, what was named before is forgotten.
    """
    asked = [question for _, some in groups for question in some]
    named = [place for question in asked for place in [*states(question.text), question.where] if place]
    goes_on = ["pay" in (each.kind, each.compared) or len(each.text.split()) <= COMPARED for each in asked]
    if named or not before or not any(goes_on) or any(NATION.search(question.text) for question in asked):
        return groups, named[-1] if named else None
    return [(slug, [replace(each, where=before) for each in some]) for slug, some in groups], before


def named_together(groups: list[tuple[str, list[Question]]]) -> list[str]:
    """The occupations of the last question, where it was asked of several."""
    last = groups[-1][1][-1].text
    return list(dict.fromkeys(slug for slug, some in groups if any(each.text == last for each in some)))


def is_of_all(question: Question) -> bool:
    """Whether a question is about all that were just spoken of: "and in ohio?", "which one is harder"."""
    if not question.intent.startswith((PREFIX, "follow_")):  # talk is no one's
        return False
    goes_on = question.intent.startswith("follow_") or _is_short(question) or only_places(question.text)
    return goes_on or question.intent == COMPARISON or OF_BOTH.search(question.text) is not None


def without_names(message: dict[str, Any]) -> str:
    """The text of a message without the names of occupations, some of which look like states: "PA"."""
    text = message["text"]
    for each in message.get("entities") or []:
        if "start" in each:
            text = f"{text[: each['start']]}{' ' * (each['end'] - each['start'])}{text[each['end'] :]}"
    return text


def _compared(question: Question, talked: str | None) -> str | None:
    """The kind of question in which occupations are compared; `None` where it asks for one thing: "who needs math".

    `talked`: the kind that was talked of, where another occupation is set beside the one talked of.
    """
    kind = (question.compares or question.intent).removeprefix(PREFIX)
    overall = kind not in PLANS or kind in OVERALL or ONLY_NAMES.fullmatch(question.text)
    if overall and (states(question.text) or MONEY.search(question.text)):
        return "pay"  # of which alone there is something for each state
    if overall and talked in PLANS and talked not in OVERALL:
        kind = talked
    elif overall:
        return "comparison"
    return kind if PLANS[kind].tells or kind in TOLD_MORE else None
