"""Which fact a question asks for, and how its answer begins, learned from the questions confirmed for each fact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import softmax

from knowledge.classifier import YES_OR_NO, Regression, one_of
from knowledge.encoder import meaning
from knowledge.model import Begins

SHARPNESS = 9.0  # of the softmax that says how likely each fact is meant
LEAST, A_FACT = 100, 3  # questions, in all and a fact, from which kinds of asking can be learned
SAME = 0.8  # cosine from which two questions ask the same


@dataclass(frozen=True)
class Match:
    """How much a question is like those that each fact answers, (n,) from 0 to 1, and how its answer begins."""

    facts: np.ndarray
    begins: dict[str, float]  # of each way to begin: -1 to 1, a little beyond where the fact is sure


class Nearest:
    """Knows a few confirmed questions, from which nothing can be learned: only who asks nearly the same is matched."""

    def __init__(
        self, count: int, questions: list[str], vectors: np.ndarray, facts: list[int], begins: list[Begins]
    ) -> None:
        """Keep m questions with (m, 768) vectors about an occupation of `count` facts."""
        del questions
        self._count, self._vectors, self._facts, self._begins = count, meaning(vectors), facts, begins

    def match(self, text: str, vector: np.ndarray) -> Match | None:
        """Match a question with its vectors (768,); `None` where it is like none."""
        del text
        near = self._vectors @ meaning(vector)
        best = int(near.argmax())
        if near[best] < SAME:
            return None
        facts = np.zeros(self._count, dtype=np.float32)
        facts[self._facts[best]] = 1
        return Match(facts, {each.value: 1.0 if each is self._begins[best] else -1.0 for each in Begins})


def learns(count: int, questions: int) -> bool:
    """Whether so many questions about an occupation of `count` facts are enough to learn from."""
    return questions >= max(LEAST, A_FACT * count)


class Matcher:
    """Learns from questions, their vectors, the places of the facts that answer them, and how answers begin.

    How an answer begins is learned of all questions together, and of each fact by itself: “does somebody else do
    it” is no of every task, “is it quiet” only of the place. Both count, the second as much as its fact is likely.
    """

    def __init__(
        self, count: int, questions: list[str], vectors: np.ndarray, facts: list[int], begins: list[Begins]
    ) -> None:
        """Learn from m questions with (m, 768) vectors about an occupation of `count` facts."""
        self._count = count
        places = one_of(facts, list(range(count)))
        ways = one_of([each.value for each in begins], [each.value for each in Begins])
        leans = np.array([{Begins.yes: 1, Begins.no: -1}.get(each, 0) for each in begins], dtype=np.float32)
        targets = np.hstack([places, ways, np.where(places > 0, leans[:, None], 0)])
        texts = [text.lower() for text in questions]
        self._regression = Regression(YES_OR_NO).fit(texts, vectors, targets, keep=True)

    def match(self, text: str, vector: np.ndarray) -> Match:
        """Match a question with its vectors (768,)."""
        [scores] = self._regression.scores([text.lower()], vector[None, :])
        facts, ways, leans = np.split(scores, [self._count, self._count + len(Begins)])
        lean = float(softmax(SHARPNESS * facts) @ leans)
        begins = {each.value: float(score) for each, score in zip(Begins, ways)}
        begins["yes"] += lean
        begins["no"] -= lean
        return Match(np.clip((facts + 1) / 2, 0, 1), begins)
