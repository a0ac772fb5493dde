"""Which answer a question gets: a match of the person, a name, a follow-up, talk, or the facts of its kind."""

from __future__ import annotations

import re
from typing import Any

from actions.answer import GAP, Answer, Verdict
from actions.compose import compose
from actions.evidence import weigh
from actions.fit import Fit, match_person, reply_to_pending
from actions.follow_up import FOLLOW_UPS, follow_up
from actions.pay import is_of_states
from actions.plans import PLANS
from actions.question import SURE, Question, statements
from actions.render import plain
from actions.telling import titles
from actions.thread import Thread
from actions.wanted import asks, asks_whether
from knowledge.base import KnowledgeBase
from knowledge.model import Occupation

OCCUPATION, CAREER = "occupation", "career"  # entities: one that the knowledge base holds, and one that it does not
OTHER_CAREER, FALLBACK = "other_career", "nlu_fallback"
ABOUT_TWO = ("fit", "experience")  # kinds that may name another career beside ours
ABOUT_NAMES = ("ask_titles", "ask_comparison", "ask_variation")
APART = re.compile(  # that two names were two things
    r"\b(?:different|differ|another (?:job|career|thing)|other (?:job|career|thing)|separate|unrelated|not|nothing|"
    r"isn'?t|aren'?t|only|one name|distinct|apart)\b",
    re.IGNORECASE,
)
SHORT = 6  # words of a follow-up that need not be sure
CONCLUDES = 0.75  # nearness from which an opinion is a conclusion about a fact
REMARK = "utter_remark"  # where somebody tells something of which the sources don't speak
URGENT = ("distress", "emergency")  # never outweighed by a fact


def other_careers(message: dict[str, Any], question: Question, occupation: Occupation) -> list[str] | None:
    """The names of the careers that a question is about where the knowledge base does not hold them.

    Empty where it is about another career without naming it; `None` where it is about no such career.
    """
    if any(name in question.said for name in _named(message, OCCUPATION)):
        return None
    if _means(occupation, question.said, _named(message, CAREER)):
        return None
    named = list(dict.fromkeys(plain(name) for name in _named(message, CAREER) if name in question.said))
    if named and (question.kind in PLANS or question.intent == OTHER_CAREER) and question.kind not in ABOUT_TWO:
        return named
    return [] if question.intent == OTHER_CAREER and not occupation.imported else None


def decide(
    knowledge: KnowledgeBase,
    slug: str,
    message: dict[str, Any],
    question: Question,
    thread: Thread,
    fit: Fit,
    pending: int | None,
) -> Answer | str:
    """An answer from the documents to one question of a message, or the name of a sentence of our own.

    `pending` is the fact that the person was asked about in the turn before; `fit` takes up what they say of it.
    """
    occupation, told = knowledge.occupation(slug), statements(message)
    if pending is not None and question.kind in ("affirm", "deny"):
        fit.pending = pending
        return reply_to_pending(knowledge, slug, question.text, fit, holds=question.kind == "affirm")
    if _asks_for_match(question) or (pending is not None and told and "?" not in question.text):
        return match_person(knowledge, slug, question, told, fit)
    if question.kind in URGENT:
        return f"utter_{question.kind}"
    if _asks_of_a_name(message, occupation, question, thread):
        return titles(occupation, _verdict_on_names(question))
    if _follows(question) and not is_of_states(occupation, question, thread):
        return follow_up(knowledge, slug, question, thread)
    if not is_talk(question) or question.intent in FOLLOW_UPS:  # also one that hardly is a follow-up
        answer = compose(knowledge, slug, question, thread)
        return REMARK if answer.response == GAP and _only_tells(message, question) else answer
    if question.kind == "out_of_scope" and question.does == "person" and _only_tells(message, question):
        return REMARK
    talk = f"utter_{question.kind}"
    if question.confidence >= SURE and not (question.kind == "opinion" and _concludes(knowledge, occupation, question)):
        return talk
    answer = compose(knowledge, slug, question, thread)  # what looks like talk, and surely is none, may be a question
    return talk if answer.response == GAP else answer


def _follows(question: Question) -> bool:
    """Whether a question is a follow-up; a longer one only where that is sure: "is there something shorter like …"."""
    return question.intent in FOLLOW_UPS and (question.confidence >= SURE or len(question.text.split()) <= SHORT)


def _means(occupation: Occupation, text: str, names: list[str]) -> bool:
    """Whether a text means an occupation by the last word of its title, "a tech", "technicians"."""
    for name in names:
        text = text.replace(name, " ")
    last = occupation.title.split()[-1].lower()
    return re.search(rf"\b(?:{re.escape(last)}|{re.escape(last[:4])})s?\b", text.lower()) is not None


def _concludes(knowledge: KnowledgeBase, occupation: Occupation, question: Question) -> bool:
    """Whether an opinion is a conclusion about a fact: "sounds like hard work"."""
    return question.vector is not None and bool(weigh(knowledge, occupation, question).likely.max() >= CONCLUDES)


def _asks_of_a_name(message: dict[str, Any], occupation: Occupation, question: Question, thread: Thread) -> bool:
    """Whether a question is about another name of the occupation: "so process engineer counts?"."""
    if occupation.imported:  # which people call by any of its names
        return False
    alternates = {title.text for title in occupation.titles} - {occupation.title}
    meant = {
        each.get("title")
        for each in message.get("entities", [])
        if each["entity"] == OCCUPATION and message["text"][each.get("start", 0) : each.get("end", 0)] in question.said
    }
    several = len({name.lower() for name in _named(message, OCCUPATION)}) > 1
    unsure = question.intent in (OTHER_CAREER, FALLBACK, *ABOUT_NAMES) or question.confidence < SURE
    if question.kind == "titles" and several:  # "is an R&D machinist a production technician?"
        return True
    return bool(meant & alternates) and (unsure or several or thread.kind == "titles")


def _verdict_on_names(question: Question) -> Verdict:
    """The verdict on a question that names another name of the occupation, which its source holds."""
    names_it = question.clause.startswith("anything about") and "?" in question.text  # "so process engineer counts?"
    if not asks_whether(question) and not names_it:
        return Verdict.none
    return Verdict.no if APART.search(question.text) else Verdict.yes


def _asks_for_match(question: Question) -> bool:
    return question.kind == "fit" and (question.vector is None or question.confidence >= SURE)


def _only_tells(message: dict[str, Any], question: Question) -> bool:
    """Whether a message asks nothing, so that nothing is missing where the sources don't speak of it."""
    tells = question.does in ("person", "talk") and question.among == 1
    return tells and not asks(question) and len(message["text"].split()) > SHORT


def is_talk(question: Question) -> bool:
    """Whether a question is none about an occupation: a greeting, thanks, an alarm, a question about ourselves."""
    return question.kind not in PLANS and question.intent not in (FALLBACK, OTHER_CAREER)


def _named(message: dict[str, Any], kind: str) -> list[str]:
    """The names of occupations in a message as they were written; a button's payload has no place in the text."""
    entities = message.get("entities", [])
    spans = [(each["start"], each["end"]) for each in entities if each["entity"] == kind and "start" in each]
    return [message["text"][start:end] for start, end in spans]
