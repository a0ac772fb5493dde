"""Labelled pages -> knowledge/shelf/aspects.npz, and how well what is learned does on pages it has not seen.

    .venv/bin/python data/pages/train.py            # learns and writes the weights
    .venv/bin/python data/pages/train.py --measure  # five folds by page; writes nothing

Nothing is left to chance: the folds follow from the names of the pages, and fitting begins at zero.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import log_softmax
from sklearn.model_selection import GroupKFold

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from knowledge.encoder import Encoder  # noqa: E402 - found from the root of the repository
from knowledge.shelf.aspects import NONE, WEIGHTS, alone, beside, together  # noqa: E402
from knowledge.shelf.placed import Placed, Traits, frequent  # noqa: E402

SECOND = 0.35  # what the further labels of an item weigh together, beside its first
WORDS, AROUND = 3000, 600
STRENGTH, ROUNDS = 6.0, 60  # of what is learned of a place alone
FOLDS, NEAR = 5, 30.0  # from how many folds it is learned how neighbours count, and how near that stays to not at all

SINGLE = "single sentences"  # the kind of a page on which nothing belongs together

Labels = list[list[str]]


def read() -> tuple[list[Placed], Labels, list[str]]:
    """The places of all pages, the labels of each, the first first, and its page; of a single sentence its own."""
    places, labels, pages = [], [], []
    for path in sorted(HERE.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            page = json.loads(line)
            for number, entry in enumerate(page["items"]):
                parents = tuple(entry["parents"] or ())
                places.append(Placed(entry["text"], entry["heading"] or None, entry["lead"] or None, parents))
                labels.append([entry["aspect"] or NONE, *entry["also"]])
                pages.append(f"{page['page']}-{number}" if page["kind"] == SINGLE else page["page"])
    return places, labels, pages


def targets(labels: Labels, known: list[str]) -> np.ndarray:
    """How much each label counts for each item, (n, labels): 1 for the first, the others share less."""
    counts = np.zeros((len(labels), len(known)), dtype=np.float32)
    for row, (first, *further) in zip(counts, labels):
        row[known.index(first)] = 1
        for label in further:
            row[known.index(label)] = SECOND / len(further)
    return counts


def learn_alone(dense: np.ndarray, words: csr_matrix, counts: np.ndarray) -> np.ndarray:
    """The weights of a multinomial logistic regression, (traits + words + 1, labels); the last are the bias."""
    width, classes = dense.shape[1], counts.shape[1]
    across, down = np.ascontiguousarray(dense.T), words.T.tocsr()
    total = counts.sum(axis=1, keepdims=True)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(-1, classes).astype(np.float32)
        logs = log_softmax(dense @ weights[:width] + words @ weights[width:-1] + weights[-1], axis=1)
        off = np.exp(logs) * total - counts
        slope = np.vstack([across @ off, down @ off, off.sum(axis=0, keepdims=True)])
        slope[:-1] += weights[:-1] / STRENGTH
        size = (weights[:-1].astype(np.float64) ** 2).sum()
        return size / 2 / STRENGTH - (counts * logs).sum(dtype=np.float64), slope.astype(np.float64).ravel()

    return _least(loss, np.zeros((width + words.shape[1] + 1, classes)))


def learn_together(scores: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """How a place and its neighbours count for each label, (5, labels); the last is the bias."""
    start = np.zeros((len(scores) + 1, counts.shape[1]))
    start[0] = 1
    total = counts.sum(axis=1, keepdims=True)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(start.shape)
        logs = log_softmax(np.einsum("bnl,bl->nl", scores, weights[:-1]) + weights[-1], axis=1)
        off = np.exp(logs) * total - counts
        slope = np.vstack([np.einsum("bnl,nl->bl", scores, off), off.sum(axis=0)])
        away = weights - start
        return NEAR / 2 * (away**2).sum() - (counts * logs).sum(), (slope + NEAR * away).ravel()

    return _least(loss, start)


def _least(loss: Callable, start: np.ndarray) -> np.ndarray:
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS, "maxcor": 8})
    return found.x.reshape(start.shape)


def unseen(dense: np.ndarray, words: csr_matrix, counts: np.ndarray, pages: list[str]) -> np.ndarray:
    """What is told of each item by weights that were learned from other pages: (n, labels)."""
    chances = np.zeros(counts.shape)
    for seen, held in GroupKFold(FOLDS).split(dense, groups=pages):
        weights = learn_alone(dense[seen], words[seen], counts[seen])
        chances[held] = alone(weights, dense[held], words[held])
    return chances


def neighbours(places: list[Placed], chances: np.ndarray, pages: list[str]) -> np.ndarray:
    """The scores of each item and its neighbours on the same page: (4, n, labels)."""
    scores = []
    for _, rows in groupby(range(len(pages)), key=lambda row: pages[row]):
        inside = list(rows)
        scores.append(beside([places[row] for row in inside], chances[inside]))
    return np.concatenate(scores, axis=1)


def measure(scores: np.ndarray, counts: np.ndarray, labels: Labels, known: list[str], pages: list[str]) -> None:
    """Print what comes out on pages that were not learned from."""
    chances = np.zeros(counts.shape)
    for seen, held in GroupKFold(FOLDS).split(counts, groups=pages):
        chances[held] = together(learn_together(scores[:, seen], counts[seen]), scores[:, held])
    sizes = Counter(pages)
    whole = [row for row, page in enumerate(pages) if sizes[page] > 1]
    chances, labels, pages = chances[whole], [labels[row] for row in whole], [pages[row] for row in whole]
    found, sure = [known[at] for at in chances.argmax(axis=1)], chances.max(axis=1)
    first = np.array([label == given[0] for label, given in zip(found, labels)])
    right = np.array([label in given for label, given in zip(found, labels)])
    empty, nothing = np.array([given[0] == NONE for given in labels]), np.array([label == NONE for label in found])
    print(f"{len(labels)} items of {len(set(pages))} pages")
    print(f"  the first label {first.mean():.3f}, one of its labels {right.mean():.3f}")
    for low, high in ((0.9, 1.01), (0.7, 0.9), (0.5, 0.7), (0, 0.5)):
        inside = (sure >= low) & (sure < high)
        print(f"  sure {low} to {min(high, 1)}: {inside.mean():.2f} of them, right {right[inside].mean():.3f}")
    print(f"  no fact: {(nothing & empty).sum()} of {empty.sum()} found; some: {(nothing & ~empty).sum()} of", end=" ")
    print(f"{(~empty).sum()} lost")


def main() -> None:
    """Learn and write, or measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--measure", action="store_true", help="five folds by page instead of weights")
    options = parser.parse_args()
    places, labels, pages = read()
    known = sorted({label for given in labels for label in given})
    words = frequent([place.text for place in places], WORDS)
    around = frequent([place.around for place in places], AROUND)
    traits, counted = Traits(Encoder(threads=2), words, around).of(places)
    counts = targets(labels, known)
    scores = neighbours(places, unseen(traits, counted, counts, pages), pages)
    if options.measure:
        measure(scores, counts, labels, known, pages)
        return
    np.savez_compressed(
        WEIGHTS,
        labels=np.array(known),
        alone=learn_alone(traits, counted, counts).astype(np.float16),
        together=learn_together(scores, counts).astype(np.float16),
        words=np.array(words),
        around=np.array(around),
    )
    print(f"{WEIGHTS}: {len(labels)} items of {len(set(pages))} pages, {WEIGHTS.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
