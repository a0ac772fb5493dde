"""Follow-ups: what else, the second one, tell me more, why, back, again; they lean on what was last said."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from actions.answer import GAP, Answer, Verdict
from actions.compose import compose
from actions.evidence import Evidence, first_of_each, places, weigh
from actions.findings import decided, deciding
from actions.plans import PLANS, STARTERS
from actions.positions import pointed_at, positions
from actions.question import MASK, PREFIX, Question
from actions.telling import LISTED, left_open, titles, told
from actions.thread import Thread
from knowledge.base import KnowledgeBase
from knowledge.model import Aspect, Occupation

MORE = 4
FOLLOWS = 0.5  # confidence below which a question that its own words answer is no follow-up
WHOLE = re.compile(r"\b(?:whole|full|entire|complete|all)\b", re.IGNORECASE)
LISTS = {"one_skill": "skills", "one_task": "tasks"}  # of which one item was asked for
LEARNED_BY = (Aspect.experience, Aspect.next_steps, Aspect.certification)


def follow_up(knowledge: KnowledgeBase, slug: str, question: Question, thread: Thread) -> Answer:
    """Answer a follow-up from the thread; says so where nothing was said yet."""
    occupation = knowledge.occupation(slug)
    if thread.kind is None and occupation.imported and question.clause:  # what goes on from another occupation
        return compose(knowledge, slug, question, thread)
    if thread.kind is None and question.intent in IN_SHORT and MASK in question.text:  # "welding in one line please"
        return compose(knowledge, slug, replace(question, intent=f"{PREFIX}overview", vector=None), thread)
    if thread.kind is None and question.confidence >= FOLLOWS and question.intent not in (*BY_ITSELF, *CORRECTS):
        return Answer("utter_nothing_yet", occupation, "follow_up", next=STARTERS)
    alone = question.intent in BY_ITSELF and not thread.meant(question.text)
    if alone or question.intent in CORRECTS or thread.kind is None or question.confidence < FOLLOWS:
        answer = compose(knowledge, slug, question, thread)
        if answer.response == "utter_told":  # its own words say what it is about
            return answer
        names_it = question.intent in CORRECTS and "other" not in question.text.lower()  # "no, i meant certificates"
        if names_it and answer.facts:
            return replace(answer, response="utter_told", missing="")
        if thread.kind is None:
            asks = question.intent in BY_ITSELF and bool(question.clause)  # else there is nothing to go by
            return answer if asks else Answer("utter_nothing_yet", occupation, "follow_up", next=STARTERS)
    evidence = weigh(knowledge, occupation, question, thread.focus)
    if thread.kind == "titles" and question.intent in ON_THE_LAST:
        return _name(occupation, question)
    if question.intent in ON_THE_LAST and (
        not thread.listed or (thread.ends_in_gap and question.intent != "follow_item")
    ):
        return _repeat(occupation, question, thread, evidence)  # there is nothing more to tell of what is not told
    return FOLLOW_UPS[question.intent](occupation, question, thread, evidence)


def again(answer: Answer) -> Answer:
    """An answer that was given a moment ago, in short; names and what is known of a person are told as before."""
    if answer.names or answer.fit is not None:
        return answer
    response = "utter_again_gap" if answer.response == GAP else "utter_again"
    return replace(answer, response=response, facts=answer.facts[:1])


def _more(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    kind = LISTS.get(thread.kind, thread.kind)
    whole = places(occupation, PLANS[kind].tells) if kind in PLANS and WHOLE.search(question.text) else []
    if whole:
        response = "utter_told" if kind == "fit" else f"utter_{kind}"  # a person is not matched anew
        return Answer(response, occupation, kind, whole, next=PLANS[kind].next)
    for near in dict.fromkeys([kind, thread.kind, *_next(thread), *PLANS]):
        plan = PLANS.get(near)
        wanted = places(occupation, plan.tells) if plan else []
        fresh = [place for place in wanted if place not in thread.told]
        if fresh:
            return Answer("utter_more", occupation, near, fresh[:MORE], next=plan.next)
    return Answer("utter_no_more", occupation, "follow_up", next=STARTERS)


def _item(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    picked = positions(question.text, len(thread.listed))
    if not picked:  # "the software one": the item that it is nearest to
        picked = [max(range(len(thread.listed)), key=lambda place: evidence.likely[thread.listed[place]])]
    facts = [thread.listed[place] for place in picked if place < len(thread.listed)]
    if not facts:
        return Answer("utter_no_item", occupation, "follow_up", count=len(thread.listed), next=STARTERS)
    return Answer("utter_item", occupation, thread.kind or "item", facts, next=_next(thread), lists=False)


def _name(occupation: Occupation, question: Question) -> Answer:
    answer = titles(occupation)
    picked = positions(question.text, len(answer.names))
    names = [answer.names[place] for place in picked if place < len(answer.names)]
    return replace(answer, names=names or answer.names)


def _detail(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    facts, kind = thread.focus[:MORE], thread.kind or "detail"
    left = left_open(occupation, question)
    return Answer("utter_lacks", occupation, kind, facts, next=_next(thread), lists=False, missing=left)


def _check(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    """What the check is about, and whether that decides it; any fact may where it names a kind: "is it dangerous?"."""
    if pointed_at(question.text, len(thread.listed)):
        return _item(occupation, question, thread, evidence)
    focused = evidence.only(thread.focus)
    if (verdict := decided(focused)) is not Verdict.none:
        facts = deciding(focused, verdict)
        return Answer("utter_told", occupation, thread.kind or "detail", facts, verdict=verdict, lists=False)
    if _names_a_kind(question) and (verdict := decided(evidence)) is not Verdict.none:
        return told(occupation, deciding(evidence, verdict), thread, verdict=verdict)
    return _detail(occupation, question, thread, evidence)


def _names_a_kind(question: Question) -> bool:
    """Whether a follow-up may as well be of a kind of its own."""
    kinds = (chance for intent, chance in question.kinds.items() if intent.removeprefix(PREFIX) in PLANS)
    return max(kinds, default=0.0) >= question.confidence / 2


def _why(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    return Answer("utter_why", occupation, thread.kind or "why", thread.focus[:2], next=_next(thread), lists=False)


def _learn(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    facts = places(occupation, LEARNED_BY)
    facts = facts if occupation.confirmed else first_of_each(occupation, facts, LISTED)
    if not facts:
        return Answer(GAP, occupation, "getting_started", next=_next(thread), missing="getting_started")
    return Answer("utter_learn", occupation, "getting_started", facts, next=PLANS["getting_started"].next, lists=False)


def _correct(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    others = tuple(kind for kind in thread.others if kind != thread.kind) or STARTERS
    return Answer("utter_correct", occupation, "follow_up", next=others)


def _back(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    earlier = [answered for answered in thread.answers if answered[0] != thread.kind and answered[2]]
    first = re.search(r"\b(?:first|start|beginning|started|1st)\b", question.text, re.IGNORECASE)
    return _again(occupation, thread, earlier[0 if first else -1] if earlier else thread.answers[-1])


def _repeat(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    return _again(occupation, thread, thread.answers[-1])


def _verdict(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    return _once_more(occupation, thread, "verdict" if Verdict(thread.answers[-1][4]) is Verdict.none else "decided")


def _sure(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    return _once_more(occupation, thread, "sure")


def _place(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    return _once_more(occupation, thread, "placed")


def _shorter(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    if pointed_at(question.text, len(thread.listed)):  # "what does the second one mean"
        return _item(occupation, question, thread, evidence)
    told = thread.answers[-1][2]
    return _once_more(occupation, thread, "shortest" if len(told) == 1 else "shorter", most=1)


def _said(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    return Answer("utter_said", occupation, "follow_up", next=thread.fresh(STARTERS))


def _other(occupation: Occupation, question: Question, thread: Thread, evidence: Evidence) -> Answer:
    """Of two that were listed, the one that was not told last; else what the last question could also have been."""
    left = [place for place in thread.listed if place not in thread.focus]
    if len(left) == 1:
        return Answer("utter_item", occupation, thread.kind or "item", left, next=_next(thread), lists=False)
    return _correct(occupation, question, thread, evidence)


def _once_more(occupation: Occupation, thread: Thread, how: str, most: int = MORE) -> Answer:
    """What was said last, said in another way; of a gap there are no facts to tell again."""
    kind, response, facts, missing, verdict = thread.answers[-1]
    lacks = response == GAP or (how == "sure" and missing)
    name = f"utter_{how}_gap" if lacks else f"utter_{how}"
    again = {"missing": missing, "verdict": Verdict(verdict), "next": _next(thread), "lists": False}
    if kind == "titles":
        return replace(titles(occupation), response="utter_titles")
    return Answer(name, occupation, kind, facts[:most], **again)


def _again(occupation: Occupation, thread: Thread, answered: list[Any]) -> Answer:
    """What was answered before, in its own sentence; a match of a person is told as facts, and names anew."""
    kind, response, facts, missing, verdict = answered
    if kind == "titles":
        return titles(occupation)
    response = "utter_told" if response == "utter_fit" else response
    return Answer(response, occupation, kind, facts, next=_next(thread), missing=missing, verdict=Verdict(verdict))


def _next(thread: Thread) -> tuple[str, ...]:
    return PLANS[thread.kind].next if thread.kind in PLANS else STARTERS


CORRECTS = ("follow_correct", "follow_other")  # which may say at once what was meant
IN_SHORT = ("follow_shorter", "follow_simply")
BY_ITSELF = ("follow_check", "follow_detail")  # which may name what they are about
ON_THE_LAST = ("follow_check", "follow_item", "follow_detail", "follow_why", "repeat")
FOLLOW_UPS = {
    "follow_check": _check,
    "follow_more": _more,
    "follow_item": _item,
    "follow_detail": _detail,
    "follow_why": _why,
    "follow_back": _back,
    "follow_learn": _learn,
    "follow_correct": _correct,
    "follow_other": _other,
    "follow_place": _place,
    "follow_said": _said,
    "follow_shorter": _shorter,
    "follow_simply": _shorter,
    "follow_sure": _sure,
    "follow_verdict": _verdict,
    "repeat": _repeat,
}
