"""Question + knowledge -> an answer: which facts, in which order, under which of the domain's sentences."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from actions.plans import PLANS, STARTERS, Plan
from actions.question import Question
from actions.thread import Thread
from actions.verdict import Verdict, verdict
from knowledge.base import KnowledgeBase
from knowledge.model import Aspect, Fact, Occupation


@dataclass(frozen=True)
class Weights:
    """How kinds of question and nearness of facts are weighed, chosen on tests/evaluation/development-*.jsonl."""

    unsure: float = 0.40  # confidence below which no kind is sure, and the nearest facts answer
    agree: float = 0.40  # cosine of a fact of the likeliest kind from which that kind is taken all the same
    named: float = 0.20  # cosine below which the one skill or task asked about counts as not mentioned
    prior: float = 0.15  # what belonging to the kind asked adds to a fact's cosine
    related: float = 0.30  # cosine from which a fact may stand beside a gap, or answer where no kind is sure
    outright: float = 0.30  # cosine from which a fact of another kind is told first
    margin: float = 0.01  # by how much it must be nearer than the facts of the kind
    faint: float = 0.03  # cosine below which no fact is worth telling where no kind is sure
    close: float = 0.15  # how far below the best a further pick may be


WEIGHTS = Weights()
MOST_UNSURE = 3
MOST_BESIDE_GAP = 2


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
    count: int = 0  # how many items the last list had, where an item beyond it was asked for
    lists: bool = True  # whether its facts are a list of its own, which "the second one" then means

    @property
    def quoted(self) -> list[Fact]:
        """The facts told, in their order."""
        return [self.occupation.facts[index] for index in self.facts]


def compose(
    knowledge: KnowledgeBase, slug: str, question: Question, thread: Thread, weights: Weights = WEIGHTS
) -> Answer:
    """Answer one question about an occupation from what its source says, or name the gap."""
    occupation = knowledge.occupation(slug)
    near = _near(knowledge, occupation, question)
    kind = question.kind
    plan = PLANS.get(kind)
    if plan is None or (question.confidence < weights.unsure and not _agree(occupation, plan, near, weights)):
        return _unsure(occupation, question, near, weights)
    if kind == "titles":
        return _titles(occupation, question, plan)
    if plan.tells and not _has(occupation, plan.tells):
        return _gap(occupation, kind, plan, near, weights)
    if kind == "fit":  # what fits and what does not is shown; no one word decides it
        return Answer("utter_fit", occupation, kind, _fitting(occupation, near), next=_next(occupation, plan, thread))
    facts = _planned(occupation, plan, near, weights)
    if not facts or (not plan.tells and question.vector is not None and near[facts].max() < weights.named):
        return _gap(occupation, kind, plan, near, weights)
    return Answer(
        f"utter_{kind}", occupation, kind, facts, verdict=verdict(question), next=_next(occupation, plan, thread)
    )


def _agree(occupation: Occupation, plan: Plan, near: np.ndarray, weights: Weights) -> bool:
    """Whether the nearest fact is of the kind that is likeliest, and near: two weak signs that agree."""
    best = int(np.argmax(near)) if len(near) else -1
    return best >= 0 and near[best] >= weights.agree and occupation.facts[best].aspect in (*plan.tells, *plan.picks)


def _near(knowledge: KnowledgeBase, occupation: Occupation, question: Question) -> np.ndarray:
    """Cosines of the question to the occupation's facts, (n,); zeros where a button was pressed."""
    if question.vector is None:
        return np.zeros(len(occupation.facts), dtype=np.float32)
    return knowledge.similarities(occupation.slug, question.vector)


def _planned(occupation: Occupation, plan: Plan, near: np.ndarray, weights: Weights) -> list[int]:
    """The facts of the kind asked; first what the question is outright nearest to, whatever its kind."""
    told = [index for aspect in plan.tells for index, fact in enumerate(occupation.facts) if fact.aspect is aspect]
    told += _picked(occupation, plan, near, weights, told)
    if not len(near) or not told:
        return told
    best = int(np.argmax(near))
    nearest_told = max(near[index] for index in told)
    if best in told:
        return [best, *(index for index in told if index != best)] if near[best] >= weights.outright else told
    if near[best] >= weights.outright and near[best] >= nearest_told + weights.margin:
        return [best, *told]
    return told


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


def _fitting(occupation: Occupation, near: np.ndarray) -> list[int]:
    """What meets what a person tells of themselves: the nearest facts, then the interests and requirements."""
    pool = [index for index, fact in enumerate(occupation.facts) if fact.aspect in PLANS["fit"].picks]
    nearest = sorted(pool, key=lambda index: -near[index])[: PLANS["fit"].most]
    always = [
        index
        for aspect in PLANS["fit"].tells
        for index, fact in enumerate(occupation.facts)
        if fact.aspect is aspect and index not in nearest
    ]
    return nearest + always


def _has(occupation: Occupation, aspects: tuple[Aspect, ...]) -> bool:
    return any(fact.aspect in aspects for fact in occupation.facts)


def _titles(occupation: Occupation, question: Question, plan: Plan) -> Answer:
    names = [title.text for title in occupation.titles if title.line]
    return Answer("utter_titles", occupation, "titles", names=names, verdict=verdict(question), next=plan.next)


def _gap(occupation: Occupation, kind: str, plan: Plan, near: np.ndarray, weights: Weights) -> Answer:
    pool = [index for index, fact in enumerate(occupation.facts) if fact.aspect in plan.picks]
    nearest = sorted(pool, key=lambda index: -near[index])[:MOST_BESIDE_GAP]
    if not nearest and len(near) and near.max() >= weights.related:
        nearest = [int(np.argmax(near))]
    return Answer(f"utter_gap_{kind}", occupation, kind, nearest, next=plan.next)


def _unsure(occupation: Occupation, question: Question, near: np.ndarray, weights: Weights) -> Answer:
    """No kind is sure: the facts nearest to the question, weighed by the kinds it may be."""
    prior = np.zeros(len(occupation.facts), dtype=np.float32)
    for intent, confidence in question.kinds.items():
        plan = PLANS.get(intent.removeprefix("ask_"))
        if plan:
            prior += confidence * np.array([fact.aspect in (*plan.tells, *plan.picks) for fact in occupation.facts])
    score = near + weights.prior * prior
    order = [int(index) for index in np.argsort(-score)[:MOST_UNSURE]]
    if not order or near[order].max() < weights.faint:
        return Answer("utter_unsure", occupation, "unsure", next=STARTERS)
    return Answer("utter_nearest", occupation, "nearest", order, next=STARTERS)


def _next(occupation: Occupation, plan: Plan, thread: Thread) -> tuple[str, ...]:
    fresh = [kind for kind in plan.next if kind not in thread.trail]
    return tuple(fresh or plan.next)
