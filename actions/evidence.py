"""What speaks for each fact of an occupation as the answer to a question."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from actions.question import Question
from knowledge.base import KnowledgeBase
from knowledge.model import Aspect, Occupation


@dataclass(frozen=True)
class Weights:
    """How kinds of question and nearness of facts are weighed, chosen on tests/evaluation/development-*.jsonl."""

    asked: float = 0.8  # what likeness to the questions confirmed for a fact adds to its cosine
    unsure: float = 0.50  # confidence below which no kind is sure, and the nearest facts answer
    agree: float = 0.30  # nearness of a fact of the likeliest kind from which that kind is taken all the same
    named: float = 0.40  # nearness below which the one skill or task asked about counts as not mentioned
    prior: float = 0.15  # what belonging to the kind asked adds to a fact's nearness
    related: float = 0.30  # nearness from which a fact of another aspect may stand with those of the kind asked
    beside: float = 0.50  # nearness from which a fact may stand beside a gap, where it could be taken for an answer
    outright: float = 0.30  # nearness from which a fact of another kind is told first
    meant: float = 0.90  # nearness from which one fact of a list is meant, and told first
    whole: float = 0.90  # confidence from which a list is asked for, and another fact has to be as near as `meant`
    margin: float = 0.05  # by how much it must be nearer than the facts of the kind
    faint: float = 0.03  # nearness below which no fact is worth telling where no kind is sure
    close: float = 0.40  # how far below the best a further pick may be
    plain: float = 0.35  # likeness to a fact's questions from which that fact answers where no kind is sure
    plainly: float = 0.65  # nearness from which it does so too
    over: float = 0.70  # likeness from which it answers even where a kind that names a gap, or talk, is likely ...
    gap: float = 0.80  # ... unless that kind is as confident as this
    concludes: float = 0.50  # likeness to a fact's questions from which an opinion is a conclusion about that fact
    thread: float = 0.30  # what having been told last adds where no kind is sure and a question leans on it
    fits: float = 0.45  # nearness from which what a person says of themselves meets a fact


WEIGHTS = Weights()


@dataclass(frozen=True)
class Evidence:
    """For each fact, its nearness to a question and how much the question is like those confirmed for it, both (n,)."""

    near: np.ndarray
    asked: np.ndarray
    begins: dict[str, float] = field(default_factory=dict)  # how an answer begins: -1 to 1

    def leaning(self, facts: list[int], more: float) -> np.ndarray:
        """The nearness by which facts are put in order where a question leans on some of them, (n,)."""
        order = self.near.copy()
        order[facts] += more
        return order

    @property
    def best(self) -> int:
        """The place of the nearest fact; -1 where there is none."""
        return int(np.argmax(self.near)) if len(self.near) else -1

    @property
    def surest(self) -> float:
        """The likeness of the nearest fact's questions."""
        return float(self.asked[self.best]) if len(self.asked) else 0.0


def weigh(knowledge: KnowledgeBase, occupation: Occupation, question: Question, weights: Weights = WEIGHTS) -> Evidence:
    """Weigh an occupation's facts against a question; all are nought where a button was pressed."""
    nought = np.zeros(len(occupation.facts), dtype=np.float32)
    if question.vector is None or not occupation.facts:
        return Evidence(nought, nought)
    near = knowledge.similarities(occupation.slug, question.turned)
    match = knowledge.match(occupation.slug, question.text, question.vector)
    if match is None:
        return Evidence(near, nought)
    decisive = knowledge.match(occupation.slug, *question.decisive) if question.decisive else match
    return Evidence(near + weights.asked * match.facts, match.facts, decisive.begins)


def places(occupation: Occupation, aspects: tuple[Aspect, ...]) -> list[int]:
    """The places of the facts of some aspects, aspect by aspect."""
    return [index for aspect in aspects for index, fact in enumerate(occupation.facts) if fact.aspect is aspect]
