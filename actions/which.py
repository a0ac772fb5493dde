"""Which occupation a message means, and what is asked back where its name fits several."""

from __future__ import annotations

import json
import re
from typing import Any

from rasa_sdk import Tracker

from actions.pay import states
from actions.question import Question
from actions.render import Domain, phrase
from knowledge.base import KnowledgeBase
from knowledge.encoder import meaning
from knowledge.model import Aspect, Occupation

OCCUPATION, SEVERAL = "occupation", "several"  # entities: a name of one occupation that is held, and one of several
WHICH = "which"  # the kind of the reply that asks which one is meant
CHOICES = 4  # that are offered
DESCRIBES = re.compile(  # "the person who fixes elevators", "people that stuff animals", "the job where you …"
    r"\b(?:person|people|guys?|lad(?:y|ies)|m[ae]n|wom[ae]n|someone|somebody|folks|workers?|ones?|those)\b[^.?!]{0,40}?"
    r"\b(?:who|that|whose|\w+ing)\b|\b(?:job|career|trade|work|occupation) (?:where|in which|that)\b",
    re.IGNORECASE,
)
POINTS = re.compile(r"\b(?:this|it|its|here|these|that job|the job)\b", re.IGNORECASE)  # to what is talked of
NEAR, CLOSE = 0.46, 0.1  # cosine from which a description is known, and within which others may be meant as well
COMPARED = 3  # occupations of one question that are told of
BESIDE = 12  # characters beside a name: "the first one,", "I meant"
FIRST = 140  # characters of what tells occupations apart
NAMED = 5  # occupations that are named where it says what is held


def meant(knowledge: KnowledgeBase, tracker: Tracker) -> str | None:
    """The occupation meant: the one named, else the conversation's, else the owner's where there is only one."""
    slot: Any = tracker.get_slot("occupation")
    if slot and knowledge.holds(slot):
        return slot
    own = knowledge.occupations()
    return own[0] if len(own) == 1 else None


def several(knowledge: KnowledgeBase, message: dict[str, Any]) -> list[str]:
    """The occupations that the name in a message may mean; empty where it is clear, or there is none."""
    entities = message.get("entities") or []
    if any(each["entity"] == OCCUPATION for each in entities):
        return []
    found = [slug for each in entities if each["entity"] == SEVERAL for slug in each["value"].split()]
    fitting = [slug for slug in dict.fromkeys(found) if knowledge.holds(slug)][:CHOICES]
    whole = [slug for slug in fitting if {*fitting} - {slug} <= {*knowledge.occupation(slug).codes}]
    return whole or fitting  # a group that all others belong to is what they have in common


def described(knowledge: KnowledgeBase, message: dict[str, Any], asked: list[Question]) -> list[str]:
    """The occupations that a message may mean which describes one without a name; empty where it does not.

    One alone where it is much nearer than all others.
    """
    text, vectors = message.get("text") or "", [each.vector for each in asked if each.vector is not None]
    if message.get("entities") or not vectors or not DESCRIBES.search(text) or POINTS.search(text):
        return []
    if knowledge.imported() is None:
        return []
    near = [knowledge.described(meaning(vector))[:CHOICES] for vector in vectors]
    best = max(near, key=lambda each: each[0][1])
    if best[0][1] < NEAR:
        return []
    return [slug for slug, score in best if score >= best[0][1] - CLOSE]


def by_occupation(message: dict[str, Any], asked: list[Question], slug: str) -> list[tuple[str, list[Question]]]:
    """The questions of a message by the occupations that they name, else by that of the question before, else `slug`.

    A question that names several is asked of each.
    """
    entities = [each for each in message.get("entities") or [] if each["entity"] == OCCUPATION and "start" in each]
    written = [(message["text"][each["start"] : each["end"]], each["value"]) for each in entities]
    groups: list[tuple[str, list[Question]]] = []
    about = [slug]
    for question in asked:
        named = [value for words, value in written if words in question.said]
        about = list(dict.fromkeys(named))[:COMPARED] or about
        if len(about) > 1 and question.kind == "comparison" and not states(question.text):  # of each what compares
            question = Question("", question.intent, 1.0)
        for each in about:
            if groups and groups[-1][0] == each:
                groups[-1][1].append(question)
            else:
                groups.append((each, [question]))
    return groups


def is_only_a_name(message: dict[str, Any]) -> bool:
    """Whether a message says little more than the name of an occupation."""
    entities = [each for each in message.get("entities") or [] if each["entity"] == OCCUPATION and "start" in each]
    beside = len(message.get("text") or "") - sum(each["end"] - each["start"] for each in entities)
    return bool(entities) and beside <= BESIDE


def choices(knowledge: KnowledgeBase, domain: Domain, slugs: list[str]) -> tuple[str, list[dict[str, str]]]:
    """What tells occupations apart, a line each, and a button for each."""
    occupations = [knowledge.occupation(slug) for slug in slugs]
    told = "\n".join(phrase(domain, "utter_choice", title=each.title, overview=_overview(each)) for each in occupations)
    return told, [{"title": each.title, "payload": _payload(each.slug)} for each in occupations]


def held(knowledge: KnowledgeBase, domain: Domain) -> str:
    """The occupations that the knowledge base holds, the first few of the owner's by name."""
    slugs = knowledge.occupations()
    named = ", ".join(knowledge.occupation(each).title.lower() for each in slugs[:NAMED])
    catalogue = knowledge.imported()
    more = max(len(slugs) - NAMED, 0) + (len(catalogue) if catalogue else 0)
    return phrase(domain, "utter_held_more", occupations=named, more=f"{more:,}") if more else named


def _overview(occupation: Occupation) -> str:
    told = next((fact.text for fact in occupation.facts if fact.aspect is Aspect.overview), "")
    return told if len(told) <= FIRST else told[:FIRST].rsplit(" ", 1)[0] + " …"


def _payload(slug: str) -> str:
    return f"/signal_choose{json.dumps({'occupation': slug})}"
