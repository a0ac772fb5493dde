"""What speaks for each fact of an occupation as the answer to a question."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from actions.question import Question
from knowledge.base import KnowledgeBase
from knowledge.encoder import meaning
from knowledge.model import Aspect, Occupation
from knowledge.relation import Relation

NEAREST = 10  # facts that are read against a question: what answers it is among them 97 times in 100


@dataclass(frozen=True)
class Evidence:
    """The nearness of n facts to a question, (n,), and what each decides of it, (n, 5): all 0 where it was not read."""

    near: np.ndarray
    relations: np.ndarray

    def chances(self, *relations: Relation) -> np.ndarray:
        """How likely each fact is one of some relations to the question, (n,)."""
        return self.relations[:, relations].sum(axis=1)

    def only(self, facts: list[int]) -> Evidence:
        """The same of some facts alone."""
        relations = np.zeros_like(self.relations)
        relations[facts] = self.relations[facts]
        return Evidence(self.near, relations)

    def best(self, *relations: Relation, least: float, most: int, within: list[int] | None = None) -> list[int]:
        """The facts that are likeliest of some relations, the likeliest first."""
        chances = self.chances(*relations)
        order = (
            np.argsort(-chances, kind="stable") if within is None else sorted(within, key=lambda each: -chances[each])
        )
        return [int(place) for place in order if chances[place] >= least][:most]


def weigh(knowledge: KnowledgeBase, occupation: Occupation, question: Question, also: list[int] = ()) -> Evidence:
    """Weigh an occupation's facts against a question: its nearest ones, and those of some places."""
    count = len(occupation.facts)
    relations = np.zeros((count, len(Relation)), dtype=np.float32)
    if question.vector is None or not count:
        return Evidence(np.zeros(count, dtype=np.float32), relations)
    near = knowledge.similarities(occupation.slug, meaning(question.vector))
    read = tuple(dict.fromkeys([*map(int, np.argsort(-near)[:NEAREST]), *also]))
    relations[list(read)] = knowledge.read(occupation.slug, question.said or question.text, read)
    return Evidence(near, relations)


def places(occupation: Occupation, aspects: tuple[Aspect, ...]) -> list[int]:
    """The places of the facts of some aspects, aspect by aspect."""
    return [index for aspect in aspects for index, fact in enumerate(occupation.facts) if fact.aspect is aspect]
