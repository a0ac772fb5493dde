"""Peers that quote the facts nearest to a question, and refuse below a threshold: BM25, or MiniLM's cosine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from knowledge.encoder import Encoder, meaning
from tests.evaluation.asking import Ask
from tests.evaluation.cases import Case
from tests.evaluation.scorer import judge

REFUSAL = "The document does not mention that."
QUOTED = (1, 2, 3, 5, 8)  # how many facts a reply may quote
THRESHOLDS = 40  # quantiles of the best scores that are tried

Score = Callable[[str], np.ndarray]  # a question -> the score of each fact, (n,)


@dataclass(frozen=True)
class Setting:
    """How many facts are quoted, from which score on, and the share right on the set that chose it."""

    quoted: int
    threshold: float
    right: float


def bm25(texts: list[str], k1: float = 1.5, b: float = 0.75) -> Score:
    """Okapi BM25 over texts (Robertson and Zaragoza 2009)."""
    counter = CountVectorizer(stop_words="english")
    counts = counter.fit_transform(texts).toarray().astype(float)
    lengths = counts.sum(axis=1, keepdims=True)
    holding = (counts > 0).sum(axis=0)
    rarity = np.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
    weights = rarity * counts * (k1 + 1) / (counts + k1 * (1 - b + b * lengths / lengths.mean()))
    return lambda question: weights @ counter.transform([question]).toarray()[0]


def minilm(texts: list[str], encoder: Encoder) -> Score:
    """The cosine of sentence vectors."""
    vectors = meaning(encoder.encode(texts))
    return lambda question: vectors @ meaning(encoder.encode([question])[0])


def reply(quotes: list[str], scores: np.ndarray, quoted: int, threshold: float) -> str:
    """The nearest facts, quoted; the refusal where the best of them is below the threshold."""
    order = np.argsort(-scores, kind="stable")
    if scores[order[0]] < threshold:
        return REFUSAL
    return "\n".join(f"- “{quotes[index]}”" for index in order[:quoted])


def choose(cases: list[Case], quotes: list[str], score: Score) -> Setting:
    """The number of facts and the threshold that are right most often on cases."""
    turns = [turn for case in cases for turn in case.turns]
    scores = [score(turn.text) for turn in turns]
    best = np.array([each.max() for each in scores])
    refused = np.array([judge(turn, REFUSAL).outcome.right for turn in turns])
    found = Setting(1, np.inf, float(refused.mean()))
    for quoted in QUOTED:
        told = np.array(
            [judge(turn, reply(quotes, each, quoted, -np.inf)).outcome.right for turn, each in zip(turns, scores)]
        )
        for threshold in np.unique(np.quantile(best, np.linspace(0, 1, THRESHOLDS))):
            right = float(np.where(best >= threshold, told, refused).mean())
            if right > found.right:
                found = Setting(quoted, float(threshold), right)
    return found


def as_advisor(quotes: list[str], score: Score, setting: Setting) -> Ask:
    """A peer to ask; it keeps nothing of a conversation."""
    return lambda text, sender: [reply(quotes, score(text), setting.quoted, setting.threshold)]
