"""Follow-ups: what else, the second one, tell me more, why, back, again; they lean on what was last said."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.answer import Answer
from actions.compose import answer_outright, outweighs, titles
from actions.evidence import WEIGHTS, Evidence, places, weigh
from actions.plans import PLANS, STARTERS
from actions.question import Question
from actions.thread import Thread
from actions.verdict import Verdict
from knowledge.base import KnowledgeBase
from knowledge.model import Aspect, Occupation

MORE = 4
ORDINALS = {
    word: place
    for place, words in {
        0: "first 1st one 1 top",
        1: "second 2nd two 2",
        2: "third 3rd three 3",
        3: "fourth 4th four 4",
        4: "fifth 5th five 5",
        5: "sixth 6th six 6",
        6: "seventh 7th seven 7",
        7: "eighth 8th eight 8",
        8: "ninth 9th nine 9",
        -1: "last final bottom",
        -2: "penultimate",
    }.items()
    for word in words.split()
}
WHOLE = re.compile(r"\b(?:whole|full|entire|complete|all)\b", re.IGNORECASE)
LISTS = {"one_skill": "skills", "one_task": "tasks"}  # of which one item was asked for
LEARNED_BY = (Aspect.experience, Aspect.next_steps, Aspect.certification)
WORD = re.compile(r"[a-z0-9]+")


def follow_up(knowledge: KnowledgeBase, slug: str, question: Question, thread: Thread) -> Answer:
    """Answer a follow-up from the thread; says so where nothing was said yet."""
    occupation = knowledge.occupation(slug)
    evidence = weigh(knowledge, occupation, question)
    if outweighs(evidence, question):
        return answer_outright(occupation, question, evidence, thread, WEIGHTS)
    if thread.kind is None:
        return Answer("utter_nothing_yet", occupation, "follow_up", next=STARTERS)
    if thread.kind == "titles" and question.intent in ON_THE_LAST:
        return _name(occupation, question, evidence)
    return FOLLOW_UPS[question.intent](occupation, question, thread, evidence)


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


def _more(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    kind = LISTS.get(thread.kind, thread.kind)
    if WHOLE.search(question.text) and kind in PLANS:
        whole = places(occupation, PLANS[kind].tells)
        return Answer(f"utter_{kind}", occupation, kind, whole, next=PLANS[kind].next)
    for near in dict.fromkeys([kind, thread.kind, *_next(thread), *PLANS]):
        plan = PLANS.get(near)
        wanted = places(occupation, (*plan.tells, *plan.picks)) if plan else []
        fresh = [place for place in wanted if place not in thread.told]
        if fresh:
            return Answer("utter_more", occupation, near, fresh[:MORE], next=plan.next)
    return Answer("utter_no_more", occupation, "follow_up", next=STARTERS)


def _item(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    picked = positions(question.text, len(thread.listed))
    if not picked:  # "the software one": the item that it is nearest to
        picked = [max(range(len(thread.listed)), key=lambda place: evidence.near[thread.listed[place]])]
    facts = [thread.listed[place] for place in picked if place < len(thread.listed)]
    if not facts:
        return Answer("utter_no_item", occupation, "follow_up", count=len(thread.listed), next=STARTERS)
    return Answer("utter_item", occupation, thread.kind or "item", facts, next=_next(thread), lists=False)


def _name(occupation: Occupation, question: Question, evidence: Evidence) -> Answer:
    answer = titles(occupation, question, evidence)
    picked = positions(question.text, len(answer.names))
    names = [answer.names[place] for place in picked if place < len(answer.names)]
    return replace(answer, names=names or answer.names, verdict=Verdict.none)


def _detail(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    facts = thread.focus[:MORE]
    return Answer("utter_detail", occupation, thread.kind or "detail", facts, next=_next(thread), lists=False)


def _why(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    return Answer("utter_why", occupation, thread.kind or "why", thread.focus[:2], next=_next(thread), lists=False)


def _learn(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    facts = places(occupation, LEARNED_BY)
    if not facts:
        return Answer("utter_gap_getting_started", occupation, "getting_started", next=_next(thread))
    return Answer("utter_learn", occupation, "getting_started", facts, next=PLANS["getting_started"].next, lists=False)


def _correct(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    others = tuple(kind for kind in thread.others if kind != thread.kind) or STARTERS
    return Answer("utter_correct", occupation, "follow_up", next=others)


def _back(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    earlier = [answer for answer in thread.answers if answer[1] and answer[0] != thread.kind]
    if not earlier:
        return _repeat(occupation, question, thread, evidence)
    first = re.search(r"\b(?:first|start|beginning|started|1st)\b", question.text, re.IGNORECASE)
    kind, facts = earlier[0 if first else -1]
    response = f"utter_{kind}" if kind in PLANS else "utter_detail"
    return Answer(response, occupation, kind, facts, next=_next(thread))


def _repeat(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    response = f"utter_{thread.kind}" if thread.kind in PLANS else "utter_told"
    return Answer(response, occupation, thread.kind or "repeat", thread.focus, next=_next(thread))


def _next(thread: Thread) -> tuple[str, ...]:
    return PLANS[thread.kind].next if thread.kind in PLANS else STARTERS


ON_THE_LAST = ("follow_item", "follow_detail", "follow_why", "repeat")
FOLLOW_UPS = {
    "follow_more": _more,
    "follow_item": _item,
    "follow_detail": _detail,
    "follow_why": _why,
    "follow_back": _back,
    "follow_learn": _learn,
    "follow_correct": _correct,
    "repeat": _repeat,
}
