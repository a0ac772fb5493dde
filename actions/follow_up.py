"""Follow-ups: what else, the second one, tell me more, why, back, again; they lean on what was last said."""

from __future__ import annotations

import re

from actions.compose import Answer
from actions.plans import PLANS, STARTERS
from actions.question import Question
from actions.thread import Thread
from knowledge.base import KnowledgeBase
from knowledge.model import Occupation

MORE = 4
ORDINALS = {
    "first": 0,
    "1st": 0,
    "one": 0,
    "1": 0,
    "top": 0,
    "second": 1,
    "2nd": 1,
    "two": 1,
    "2": 1,
    "third": 2,
    "3rd": 2,
    "three": 2,
    "3": 2,
    "fourth": 3,
    "4th": 3,
    "four": 3,
    "4": 3,
    "fifth": 4,
    "5th": 4,
    "five": 4,
    "5": 4,
    "sixth": 5,
    "6th": 5,
    "six": 5,
    "6": 5,
    "seventh": 6,
    "seven": 6,
    "7": 6,
    "7th": 6,
    "eighth": 7,
    "eight": 7,
    "8": 7,
    "8th": 7,
    "ninth": 8,
    "nine": 8,
    "9": 8,
    "9th": 8,
    "last": -1,
    "final": -1,
    "bottom": -1,
    "penultimate": -2,
}
WORD = re.compile(r"[a-z0-9]+")


def follow_up(knowledge: KnowledgeBase, slug: str, question: Question, thread: Thread) -> Answer:
    """Answer a follow-up from the thread; says so where nothing was said yet."""
    occupation = knowledge.occupation(slug)
    if not thread.focus:
        return Answer("utter_nothing_yet", occupation, "follow_up", next=STARTERS)
    return FOLLOW_UPS[question.intent](occupation, question, thread)


def positions(text: str, count: int) -> list[int]:
    """The items of a list of `count` that a text picks by position; an item beyond the list is left in."""
    words = WORD.findall(text.lower())
    several = next(
        (ORDINALS[b] + 1 for a, b in zip(words, words[1:]) if a in ("first", "last") and ORDINALS.get(b, -1) > 0), 0
    )
    if several:
        return list(range(count))[-several:] if "last" in words else list(range(several))
    if "second" in words and "last" in words:
        return [count - 2]
    named = [ORDINALS[word] for word in words if word in ORDINALS and not (word == "one" and len(words) > 1)]
    return [index % count if index < 0 else index for index in named]


def _more(occupation: Occupation, question: Question, thread: Thread) -> Answer:
    told = set(thread.told)
    kinds = [thread.kind, *(PLANS[thread.kind].next if thread.kind in PLANS else ()), *PLANS]
    for kind in kinds:
        plan = PLANS.get(kind)
        wanted = (*plan.tells, *plan.picks) if plan else ()
        fresh = [i for i, fact in enumerate(occupation.facts) if fact.aspect in wanted and i not in told]
        if fresh:
            return Answer("utter_more", occupation, kind, fresh[:MORE], next=plan.next)
    return Answer("utter_no_more", occupation, "follow_up", next=STARTERS)


def _item(occupation: Occupation, question: Question, thread: Thread) -> Answer:
    picked = positions(question.text, len(thread.listed)) or [0]
    facts = [thread.listed[index] for index in picked if index < len(thread.listed)]
    if not facts:
        return Answer("utter_no_item", occupation, "follow_up", count=len(thread.listed), next=STARTERS)
    return Answer("utter_item", occupation, thread.kind or "item", facts, next=_next(thread), lists=False)


def _detail(occupation: Occupation, question: Question, thread: Thread) -> Answer:
    return Answer(
        "utter_detail", occupation, thread.kind or "detail", thread.focus[:MORE], next=_next(thread), lists=False
    )


def _why(occupation: Occupation, question: Question, thread: Thread) -> Answer:
    return Answer("utter_why", occupation, thread.kind or "why", thread.focus[:2], next=_next(thread), lists=False)


def _back(occupation: Occupation, question: Question, thread: Thread) -> Answer:
    earlier = (
        thread.trail[0]
        if re.search(r"\bfirst\b|\bstart\b|\bbeginning\b", question.text)
        else (thread.trail[-2:] or [None])[0]
    )
    plan = PLANS.get(earlier)
    facts = [i for i, fact in enumerate(occupation.facts) if plan and fact.aspect in (plan.tells or plan.picks)]
    return Answer(
        f"utter_{earlier}" if facts else "utter_detail",
        occupation,
        earlier or "back",
        facts or thread.focus,
        next=_next(thread),
    )


def _repeat(occupation: Occupation, question: Question, thread: Thread) -> Answer:
    response = f"utter_{thread.kind}" if thread.kind in PLANS else "utter_nearest"
    return Answer(response, occupation, thread.kind or "repeat", thread.focus, next=_next(thread))


def _next(thread: Thread) -> tuple[str, ...]:
    return PLANS[thread.kind].next if thread.kind in PLANS else STARTERS


FOLLOW_UPS = {
    "follow_more": _more,
    "follow_item": _item,
    "follow_detail": _detail,
    "follow_why": _why,
    "follow_back": _back,
    "repeat": _repeat,
}
