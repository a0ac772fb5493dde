"""Question + knowledge -> an answer: which facts, in which order, under which of the domain's sentences."""

from __future__ import annotations

import numpy as np

from actions.answer import Answer
from actions.evidence import WEIGHTS, Evidence, Weights, places, weigh
from actions.plans import ASPECT_PLANS, PLANS, STARTERS, Plan
from actions.question import Question
from actions.thread import Thread
from actions.verdict import Verdict, verdict
from knowledge.base import KnowledgeBase
from knowledge.model import Occupation

MOST_UNSURE = 3
MOST_BESIDE_GAP = 2
LIST = 4  # facts that people see as a list, and count in


def compose(
    knowledge: KnowledgeBase, slug: str, question: Question, thread: Thread, weights: Weights = WEIGHTS
) -> Answer:
    """Answer one question about an occupation from what its source says, or name the gap."""
    occupation = knowledge.occupation(slug)
    evidence = weigh(knowledge, occupation, question, weights)
    plan = PLANS.get(question.kind)
    sure = question.confidence >= weights.unsure or (plan and _agree(occupation, plan, evidence, weights))
    if plan is None or question.kind == "fit" or not sure:  # a person is matched in actions/fit.py
        return _unsure(occupation, question, evidence, thread, weights)
    if question.kind == "titles":
        return titles(occupation, verdict(question, evidence.begins))
    held = places(occupation, plan.tells)
    if plan.tells and not held:
        if outweighs(evidence, question, weights):
            return answer_outright(occupation, question, evidence, thread, weights)
        return _gap(occupation, question, plan, evidence, weights)
    facts = _planned(occupation, plan, evidence, weights, question.confidence)
    if not facts or (not plan.tells and question.vector is not None and evidence.near[facts].max() < weights.named):
        return _gap(occupation, question, plan, evidence, weights)
    return Answer(
        f"utter_{question.kind}",
        occupation,
        question.kind,
        facts,
        verdict=verdict(question, evidence.begins),
        next=_next(plan, thread),
    )


def outweighs(evidence: Evidence, question: Question, weights: Weights = WEIGHTS) -> bool:
    """Whether a message that looks like talk is a question all the same: it is so like those of a fact, or unsure."""
    if question.confidence < weights.unsure and len(evidence.near) and evidence.near.max() >= weights.agree:
        return True
    return evidence.surest >= weights.over and question.confidence < weights.gap


def _agree(occupation: Occupation, plan: Plan, evidence: Evidence, weights: Weights) -> bool:
    """Whether the nearest fact is of the kind that is likeliest, and near: two weak signs that agree."""
    best = evidence.best
    near = best >= 0 and evidence.near[best] >= weights.agree
    return near and occupation.facts[best].aspect in (*plan.tells, *plan.picks)


def _planned(occupation: Occupation, plan: Plan, evidence: Evidence, weights: Weights, confidence: float) -> list[int]:
    """The facts of the kind asked; first what the question is outright nearest to, whatever its kind."""
    listed = places(occupation, plan.tells)
    told = listed + _picked(occupation, plan, evidence.near, weights, listed)
    if not told:
        return told
    best, near = evidence.best, evidence.near
    if best in told:  # a list keeps the document's order unless one thing of it is meant
        first = near[best] >= weights.meant or best not in listed
    else:
        surely = confidence >= weights.whole and len(listed) >= LIST  # a list that was asked for stays whole
        enough = weights.meant if surely else weights.outright
        first = near[best] >= max(enough, near[told].max() + weights.margin)
    return [best, *(index for index in told if index != best)] if first else told


def _picked(occupation: Occupation, plan: Plan, near: np.ndarray, weights: Weights, told: list[int]) -> list[int]:
    """The facts nearest to the question, those of the plan's picks before others that are as near."""
    if not plan.picks:
        return []
    ours = np.array([fact.aspect in plan.picks for fact in occupation.facts])
    score = near + weights.prior * ours
    order = [int(index) for index in np.argsort(-score) if index not in told]
    if not order or (plan.tells and near[order[0]] < weights.related):
        return []
    return [index for index in order[: plan.most] if score[index] >= score[order[0]] - weights.close]


def titles(occupation: Occupation, said: Verdict = Verdict.none) -> Answer:
    """The names that the source gives."""
    names = [title.text for title in occupation.titles if title.line]
    return Answer("utter_titles", occupation, "titles", names=names, verdict=said, next=PLANS["titles"].next)


def _gap(occupation: Occupation, question: Question, plan: Plan, evidence: Evidence, weights: Weights) -> Answer:
    near = evidence.near
    pool = [index for index, fact in enumerate(occupation.facts) if fact.aspect in plan.picks]
    nearest = sorted(pool, key=lambda index: -near[index])[:MOST_BESIDE_GAP]
    if not nearest and len(near) and near.max() >= weights.beside:
        nearest = [evidence.best]
    return Answer(f"utter_gap_{question.kind}", occupation, question.kind, nearest, next=plan.next, words=question.said)


def answer_outright(
    occupation: Occupation, question: Question, evidence: Evidence, thread: Thread, weights: Weights
) -> Answer:
    """The fact whose confirmed questions are so like this one that its kind need not be known."""
    order = [int(index) for index in np.argsort(-evidence.near)[:MOST_UNSURE]]
    facts = [index for index in order if evidence.near[index] >= evidence.near[order[0]] - weights.close]
    kind = ASPECT_PLANS[occupation.facts[order[0]].aspect]
    said = verdict(question, evidence.begins)
    return Answer("utter_told", occupation, kind, facts, verdict=said, next=_next(PLANS[kind], thread))


def _unsure(occupation: Occupation, question: Question, evidence: Evidence, thread: Thread, weights: Weights) -> Answer:
    """No kind is sure: the facts nearest to the question, weighed by the kinds it may be."""
    if evidence.surest >= weights.plain or (len(evidence.near) and evidence.near.max() >= weights.plainly):
        return answer_outright(occupation, question, evidence, thread, weights)
    prior = np.zeros(len(occupation.facts), dtype=np.float32)
    for intent, confidence in question.kinds.items():
        plan = PLANS.get(intent.removeprefix("ask_"))
        if plan:
            prior += confidence * np.array([fact.aspect in (*plan.tells, *plan.picks) for fact in occupation.facts])
    score = evidence.leaning(thread.meant(question.text), weights.thread) + weights.prior * prior
    order = [int(index) for index in np.argsort(-score)[:MOST_UNSURE]]
    order = [index for index in order if score[index] >= score[order[0]] - weights.close]
    if not order or evidence.near[order].max() < weights.faint:
        return Answer("utter_unsure", occupation, "unsure", next=STARTERS)
    return Answer("utter_nearest", occupation, "nearest", order, next=STARTERS)


def _next(plan: Plan, thread: Thread) -> tuple[str, ...]:
    fresh = [kind for kind in plan.next if kind not in thread.trail]
    return tuple(fresh or plan.next)
