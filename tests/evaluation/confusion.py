"""Which intents are taken for which: the matrix, its picture and the worst pairs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np

from tests.evaluation.calibration import Prediction

WORST = 10


def matrix(predictions: list[Prediction]) -> tuple[list[str], np.ndarray]:
    """The intents, and for each true one (row) the share predicted as each (column): rows sum to 1, or to 0."""
    intents = sorted({name for each in predictions for name in (each.true, each.predicted)})
    place = {name: number for number, name in enumerate(intents)}
    counts = np.zeros((len(intents), len(intents)))
    for each in predictions:
        counts[place[each.true], place[each.predicted]] += 1
    totals = counts.sum(axis=1, keepdims=True)
    return intents, np.divide(counts, totals, out=np.zeros_like(counts), where=totals > 0)


def worst(predictions: list[Prediction], most: int = WORST) -> list[tuple[str, str, int, Prediction]]:
    """The commonest confusions, then the surest: true intent, predicted one, how often, and the surest example."""
    wrong = sorted((each for each in predictions if not each.right), key=lambda each: each.confidence)
    pairs = Counter((each.true, each.predicted) for each in wrong)
    surest = {(each.true, each.predicted): each for each in wrong}
    ranked = sorted(pairs, key=lambda pair: (-pairs[pair], -surest[pair].confidence))[:most]
    return [(*pair, pairs[pair], surest[pair]) for pair in ranked]


def draw(predictions: list[Prediction], path: Path) -> None:
    """Draw the matrix as a PNG, with every intent's name at both sides."""
    import matplotlib

    matplotlib.use("Agg")  # no display is needed
    from matplotlib import pyplot

    intents, shares = matrix(predictions)
    side = max(6.0, 0.24 * len(intents) + 3)
    figure, axes = pyplot.subplots(figsize=(side, side), layout="constrained")
    image = axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(intents)), intents, rotation=90, fontsize=8)
    axes.set_yticks(range(len(intents)), intents, fontsize=8)
    axes.set_xticks(np.arange(-0.5, len(intents)), minor=True)
    axes.set_yticks(np.arange(-0.5, len(intents)), minor=True)
    axes.grid(which="minor", color="0.92", linewidth=0.5)
    axes.tick_params(which="minor", length=0)
    for row, column in zip(*np.nonzero(shares)):
        if row != column:
            axes.text(
                column,
                row,
                f"{shares[row, column]:.1f}".removeprefix("0"),
                ha="center",
                va="center",
                fontsize=6,
                color="darkred",
            )
    axes.set_xlabel("predicted intent")
    axes.set_ylabel("true intent")
    axes.set_title(f"Intents: share of each row, {len(predictions)} examples that were never trained on")
    figure.colorbar(image, ax=axes, shrink=0.5, label="share")
    figure.savefig(path, dpi=110)
    pyplot.close(figure)
