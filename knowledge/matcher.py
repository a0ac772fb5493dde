"""Which fact a question asks for, and how its answer begins, learned from the questions confirmed for each fact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from knowledge.classifier import YES_OR_NO, Regression, one_of
from knowledge.model import Begins


@dataclass(frozen=True)
class Match:
    """How much a question is like those that each fact answers, (n,) from 0 to 1, and how its answer begins."""

    facts: np.ndarray
    begins: dict[str, float]  # of each way to begin: -1 to 1


class Matcher:
    """Learns from questions, their vectors, the places of the facts that answer them, and how answers begin."""

    def __init__(
        self, count: int, questions: list[str], vectors: np.ndarray, facts: list[int], begins: list[Begins]
    ) -> None:
        """Learn from m questions with (m, d) unit vectors about an occupation of `count` facts."""
        self._count = count
        targets = np.hstack(
            [
                one_of(facts, list(range(count))),
                one_of([each.value for each in begins], [each.value for each in Begins]),
            ]
        )
        self._regression = Regression(YES_OR_NO).fit([text.lower() for text in questions], vectors, targets)

    def match(self, text: str, vector: np.ndarray) -> Match:
        """Match a question with its unit vector (d,)."""
        [scores] = self._regression.scores([text.lower()], vector[None, :])
        facts = np.clip((scores[: self._count] + 1) / 2, 0, 1)
        return Match(facts, {each.value: float(score) for each, score in zip(Begins, scores[self._count :])})
