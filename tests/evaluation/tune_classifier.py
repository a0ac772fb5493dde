"""Chooses the classifier's settings on examples kept aside: the last fifth of each intent's file, another's hand."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import yaml

from bot.nlu.texts import masked
from bot.settings import ROOT
from knowledge.classifier import Classifier, Settings
from knowledge.encoder import Encoder
from knowledge.vectors import Vectors
from tests.evaluation.search import Trial, coordinate_search

STEPS = (0.5, 0.75, 1.33, 2.0)
VARIED = ("gamma", "meaning", "wording", "characters", "words", "alpha")  # sharpness changes no order, only confidences
ASIDE = 5  # one example in so many


def tune_classifier(rounds: int) -> None:
    """Search, and print each trial and the best settings beside those in the code."""
    kept, aside = examples()
    vectors = Vectors(Encoder(threads=2))
    texts, labels = zip(*kept)
    held, wanted = zip(*aside)
    learnt, asked = vectors.encode(list(texts)), vectors.encode(list(held))
    current = asdict(Settings())

    def score(values: dict[str, float]) -> float:
        classifier = Classifier(Settings(**{**current, **values})).fit(list(texts), learnt, list(labels))
        best = classifier.confidences(list(held), asked).argmax(axis=1)
        return float(np.mean([classifier.labels[index] == label for index, label in zip(best, wanted)]))

    print(f"{len(kept)} examples to learn from, {len(aside)} kept aside.")
    chosen = {name: current[name] for name in VARIED}
    found = coordinate_search(chosen, STEPS, score, rounds=rounds, shown=_show, relative=True)
    for name, value in found.items():
        print(
            f"{name:12} {current[name]:.2f} in the code" + (f", better {value:.2f}" if value != current[name] else "")
        )


def examples() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Texts with their intents: those to learn from, and the last fifth of each intent's."""
    kept, aside = [], []
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            texts = [masked(line.removeprefix("- ")).lower() for line in block["examples"].splitlines()]
            first = len(texts) - len(texts) // ASIDE
            kept += [(text, block["intent"]) for text in texts[:first]]
            aside += [(text, block["intent"]) for text in texts[first:]]
    return kept, aside


def _show(trial: Trial) -> None:
    mark = " better" if trial.better else ""
    print(f"{trial.name:12} {trial.value:6.3f}  {trial.score:.4f}{mark}", flush=True)
