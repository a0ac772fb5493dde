"""Counts what came of the messages: by kind, yes or no, latency."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from tests.evaluation.asking import Asked
from tests.evaluation.cases import KINDS
from tests.evaluation.scorer import Outcome


@dataclass(frozen=True)
class Row:
    """The outcomes of one kind of message."""

    kind: str
    outcomes: Counter[Outcome]
    hedged: int = 0

    @property
    def total(self) -> int:
        return sum(self.outcomes.values())

    @property
    def right(self) -> float:
        """The share of right outcomes; nan where there are none at all."""
        return (
            sum(self.outcomes[outcome] for outcome in Outcome if outcome.right) / self.total if self.total else np.nan
        )


def by_kind(asked: list[Asked]) -> list[Row]:
    """One row for each kind that was asked, in the order of `KINDS`, and one for all together."""
    rows = [_row(kind, [each for each in asked if each.turn.kind == kind]) for kind in KINDS]
    return [row for row in rows if row.total] + [_row("all", asked)]


def verdicts(asked: list[Asked]) -> Counter[str]:
    """How often yes or no was said rightly, wrongly or not at all, where the answer was right and one was due."""
    return Counter(each.judgement.verdict for each in asked if each.judgement.verdict is not None)


def latency(seconds: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile, in milliseconds."""
    p50, p95 = np.percentile(seconds, [50, 95])
    return float(p50) * 1e3, float(p95) * 1e3


def share_right(asked: list[Asked]) -> float:
    """The share of messages with a right outcome."""
    return sum(each.judgement.outcome.right for each in asked) / len(asked)


def share_strict(asked: list[Asked]) -> float:
    """The same where an answer with the wrong one of yes and no is a wrong answer."""
    return sum(each.judgement.outcome.right and each.judgement.verdict != "wrongly" for each in asked) / len(asked)


def _row(kind: str, asked: list[Asked]) -> Row:
    outcomes = Counter(each.judgement.outcome for each in asked)
    return Row(kind, outcomes, sum(each.judgement.hedged for each in asked))
