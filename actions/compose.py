"""Question + knowledge -> an answer: which facts, in which order, under which of the domain's sentences."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from actions.plans import PLANS, Plan
from actions.question import Question
from actions.thread import Thread
from actions.verdict import Verdict, asks_yes_no, verdict
from knowledge.base import KnowledgeBase
from knowledge.model import Aspect, Fact, Occupation

NEAR = 0.42  # cosine from which a fact is near enough to answer by itself
RELATED = 0.30  # cosine from which a fact may stand beside a gap as the nearest thing said
UNSURE = 0.40  # confidence below which the nearest facts answer, whatever the kind
PRIOR = 0.35  # how much the kinds weigh beside the cosines, where no kind is sure
MOST_UNSURE = 3


@dataclass
class Answer:
    """What is to be said: a sentence of the domain, the facts it holds, and what to remember."""

    response: str
    occupation: Occupation
    kind: str
    facts: list[int] = field(default_factory=list)  # places among the occupation's facts
    names: list[str] = field(default_factory=list)
    verdict: Verdict = Verdict.none
    next: tuple[str, ...] = ()

    @property
    def quoted(self) -> list[Fact]:
        """The facts told, in their order."""
        return [self.occupation.facts[index] for index in self.facts]


def compose(knowledge: KnowledgeBase, slug: str, question: Question, thread: Thread) -> Answer:
    """Answer one question about an occupation from what its source says, or name the gap."""
    occupation = knowledge.occupation(slug)
    near = _near(knowledge, occupation, question)
    kind = question.kind
    plan = PLANS.get(kind)
    if plan is None or question.confidence < UNSURE:
        return _unsure(occupation, question, near)
    if kind == "titles":
        return _titles(occupation, question, plan)
    facts = _planned(occupation, plan, near)
    if not facts or (plan.tells and not _has(occupation, plan.tells)):
        return _gap(occupation, kind, plan, near, facts)
    return Answer(
        f"utter_{kind}", occupation, kind, facts, verdict=verdict(question.text, kind), next=_next(occupation, plan, thread))


def _near(knowledge: KnowledgeBase, occupation: Occupation, question: Question) -> np.ndarray:
    """Cosines of the question to the occupation's facts, (n,); zeros where a button was pressed."""
    if question.vector is None:
        return np.zeros(len(occupation.facts), dtype=np.float32)
    return knowledge.similarities(occupation.slug, question.vector)


def _planned(occupation: Occupation, plan: Plan, near: np.ndarray) -> list[int]:
    told = [index for aspect in plan.tells for index, fact in enumerate(occupation.facts) if fact.aspect is aspect]
    told.sort(key=lambda index: near[index] < NEAR)  # stable: what the question is nearest to comes first
    pool = [index for index, fact in enumerate(occupation.facts) if fact.aspect in plan.picks]
    pool.sort(key=lambda index: -near[index])
    enough = [index for index in pool if near[index] >= RELATED] or ([] if plan.tells else pool[:1])
    return told + enough[: plan.most]


def _has(occupation: Occupation, aspects: tuple[Aspect, ...]) -> bool:
    return any(fact.aspect in aspects for fact in occupation.facts)


def _titles(occupation: Occupation, question: Question, plan: Plan) -> Answer:
    names = [title.text for title in occupation.titles if title.line]
    verdict_ = Verdict.none
    if asks_yes_no(question.text):
        verdict_ = verdict(question.text, "titles")
    return Answer("utter_titles", occupation, "titles", names=names, verdict=verdict_, next=plan.next)


def _gap(occupation: Occupation, kind: str, plan: Plan, near: np.ndarray, picked: list[int]) -> Answer:
    best = int(np.argmax(near)) if len(near) else -1
    nearest = picked or ([best] if best >= 0 and near[best] >= RELATED else [])
    return Answer(f"utter_gap_{kind}", occupation, kind, nearest[:2], next=plan.next)


def _unsure(occupation: Occupation, question: Question, near: np.ndarray) -> Answer:
    """No kind is sure: the facts nearest to the question, weighed by the kinds it may be."""
    prior = np.zeros(len(occupation.facts), dtype=np.float32)
    for intent, confidence in question.kinds.items():
        plan = PLANS.get(intent.removeprefix("ask_"))
        if plan:
            told = np.array([fact.aspect in (*plan.tells, *plan.picks) for fact in occupation.facts])
            prior += confidence * told
    score = near + PRIOR * prior
    order = np.argsort(-score)[:MOST_UNSURE]
    if not len(order) or near[order[0]] < RELATED:
        return Answer("utter_unsure", occupation, "unsure")
    facts = [int(index) for index in order if score[index] >= 0.8 * score[order[0]]]
    return Answer("utter_nearest", occupation, "nearest", facts, next=("overview", "skills", "getting_started"))


def _next(occupation: Occupation, plan: Plan, thread: Thread) -> tuple[str, ...]:
    fresh = [kind for kind in plan.next if kind not in thread.trail]
    return tuple(fresh or plan.next)
