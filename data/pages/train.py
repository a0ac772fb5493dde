"""Labelled pages -> knowledge/shelf/aspects.npz, and how well what is learned does on pages it has not seen.

.venv/bin/python data/pages/train.py            # learns and writes the weights
.venv/bin/python data/pages/train.py --measure  # five folds by page; writes nothing
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from knowledge.encoder import Encoder  # noqa: E402 - found from the root of the repository
from knowledge.shelf.aspects import NONE, WEIGHTS  # noqa: E402
from knowledge.shelf.placed import Placed, Traits, frequent  # noqa: E402

SECOND = 0.35  # what the further labels of an item weigh together, beside its first
WORDS, AROUND = 3000, 600


def read() -> tuple[list[Placed], list[list[str]], list[str]]:
    """The places of all pages, the labels of each, the first first, and the page of each."""
    places, labels, pages = [], [], []
    for path in sorted(HERE.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            page = json.loads(line)
            for entry in page["items"]:
                parents = tuple(entry["parents"] or ())
                places.append(Placed(entry["text"], entry["heading"] or None, entry["lead"] or None, parents))
                labels.append([entry["aspect"] or NONE, *entry["also"]])
                pages.append(page["page"])
    return places, labels, pages


def learn(traits: np.ndarray, labels: list[list[str]]) -> LogisticRegression:
    """Fit to n places, (n, traits), each with its labels; the further ones count less."""
    rows = [(at, label) for at, given in enumerate(labels) for label in given]
    weights = [1.0 if label == labels[at][0] else SECOND / (len(labels[at]) - 1) for at, label in rows]
    learned = LogisticRegression(C=10, max_iter=60, tol=1e-3)
    return learned.fit(traits[[at for at, _ in rows]], [label for _, label in rows], sample_weight=weights)


def measure(traits: np.ndarray, labels: list[list[str]], pages: list[str]) -> None:
    """Print what comes out on pages that were not learned from, five folds."""
    found, sure = np.empty(len(labels), dtype=object), np.zeros(len(labels))
    for learned_from, held in GroupKFold(5).split(traits, groups=pages):
        learned = learn(traits[learned_from], [labels[at] for at in learned_from])
        chances = learned.predict_proba(traits[held])
        found[held], sure[held] = learned.classes_[chances.argmax(axis=1)], chances.max(axis=1)
    first = np.array([label == given[0] for label, given in zip(found, labels)])
    right = np.array([label in given for label, given in zip(found, labels)])
    nothing = np.array([given[0] == NONE for given in labels])
    print(f"{len(labels)} items of {len(set(pages))} pages")
    print(f"  the first label {first.mean():.3f}, one of its labels {right.mean():.3f}")
    for low, high in ((0.9, 1.01), (0.7, 0.9), (0.5, 0.7), (0, 0.5)):
        inside = (sure >= low) & (sure < high)
        print(f"  sure {low} to {min(high, 1)}: {inside.mean():.2f} of them, right {right[inside].mean():.3f}")
    lost = (found[~nothing] == NONE).sum()
    print(
        f"  no fact: {(found[nothing] == NONE).sum()} of {nothing.sum()} found; {lost} of {(~nothing).sum()} facts lost"
    )


def main() -> None:
    """Learn and write, or measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--measure", action="store_true", help="five folds by page instead of weights")
    options = parser.parse_args()
    places, labels, pages = read()
    words = frequent([place.text for place in places], WORDS)
    around = frequent([place.around for place in places], AROUND)
    traits = Traits(Encoder(threads=2), words, around).of(places)
    if options.measure:
        measure(traits, labels, pages)
        return
    learned = learn(traits, labels)
    np.savez_compressed(
        WEIGHTS,
        labels=np.array(learned.classes_, dtype=str),
        weights=learned.coef_.T.astype(np.float16),
        bias=learned.intercept_.astype(np.float16),
        words=np.array(words),
        around=np.array(around),
    )
    print(f"{WEIGHTS}: {len(labels)} items of {len(set(pages))} pages, {WEIGHTS.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
