"""Whether a confidence means what it says, and what a threshold on it trades: pure arithmetic on predictions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BINS = 10


@dataclass(frozen=True)
class Prediction:
    """One example: its text, the true intent, the predicted one and the confidence of that."""

    text: str
    true: str
    predicted: str
    confidence: float

    @property
    def right(self) -> bool:
        return self.true == self.predicted


@dataclass(frozen=True)
class Bin:
    """The predictions whose confidence lies from `low` up to `high`."""

    low: float
    high: float
    count: int
    confidence: float  # the mean
    right: float  # the share


@dataclass(frozen=True)
class Trade:
    """What a threshold gives: the share of examples above it, and the share of those that are right."""

    threshold: float
    answered: float
    right: float


def reliability(predictions: list[Prediction], bins: int = BINS) -> list[Bin]:
    """The predictions by confidence, in bins of equal width; empty bins are left out."""
    confidence, right = _columns(predictions)
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    return [
        Bin(
            each / bins,
            (each + 1) / bins,
            int(np.sum(place == each)),
            float(confidence[place == each].mean()),
            float(right[place == each].mean()),
        )
        for each in range(bins)
        if np.any(place == each)
    ]


def expected_calibration_error(predictions: list[Prediction], bins: int = BINS) -> float:
    """The mean distance of confidence from the share right over the bins, weighed by their counts (Guo et al. 2017)."""
    found = reliability(predictions, bins)
    return sum(each.count * abs(each.confidence - each.right) for each in found) / len(predictions)


def trade_offs(predictions: list[Prediction], thresholds: list[float]) -> list[Trade]:
    """What each threshold on the confidence gives; the share right is nan where nothing is left."""
    confidence, right = _columns(predictions)
    trades = []
    for threshold in thresholds:
        above = confidence >= threshold
        share = float(right[above].mean()) if above.any() else float("nan")
        trades.append(Trade(threshold, float(above.mean()), share))
    return trades


def _columns(predictions: list[Prediction]) -> tuple[np.ndarray, np.ndarray]:
    confidence = np.array([prediction.confidence for prediction in predictions])
    right = np.array([prediction.right for prediction in predictions], dtype=float)
    return confidence, right
