"""Which label a text has: kernel ridge regression over sentence embeddings and n-grams.

The kernel is a sum: radial ones of what texts mean and of how they are worded, exp(-gamma (1 - cosine)), the
cosines of tf-idf vectors of characters and of words, and, to tell yes from no, a radial one of the form,
exp(-signs that differ / 2).
Regularised least-squares classification is Rifkin, Yeo and Poggio (2003); the radial kernel lets one label hold
many ways of asking. Fitting solves one linear system of the size of the training set, so it takes seconds, and
needs no iterations.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import softmax
from sklearn.kernel_ridge import KernelRidge

from knowledge.encoder import MEANING
from knowledge.form import forms
from knowledge.learned import learned
from knowledge.terms import Terms


@dataclass(frozen=True)
class Settings:
    """Weights of the kernels, chosen on held-out voices: sets of examples by other hands."""

    gamma: float = 2.0
    meaning: float = 1.0
    wording: float = 1.0
    characters: float = 0.3
    words: float = 0.6
    form: float = 0.0
    alpha: float = 0.3
    sharpness: float = 9.0  # of the softmax that turns scores into confidences


ROWS, THREADS = 500, 2  # of a kernel that are computed at once, and by how many
YES_OR_NO = Settings(wording=4.0, words=1.0, form=1.0)  # chosen on writers not yet learned from


class Regression:
    """Texts and their vectors -> a score for each target, from -1 to 1 or a little beyond."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._characters = Terms(analyzer="char_wb", ngram_range=(2, 5), min_df=2)
        self._words = Terms(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b|\?")

    def fit(
        self,
        texts: list[str],
        vectors: np.ndarray,
        targets: np.ndarray,
        left_out: np.ndarray | None = None,
        *,
        keep: bool = False,
    ) -> Regression:
        """Learn from n texts, their (n, 768) vectors and their (n, t) targets; `keep` keeps it for the next start.

        With the places of some texts, (k,), there are t further scores behind the others, learned without those.
        """
        vectors = vectors.astype(np.float32)
        self._vectors = _halves(vectors)
        self._forms = self._form(texts)
        characters, words = self._characters.fit(texts), self._words.fit(texts)
        self._character_columns: csr_matrix = characters.T.tocsr()  # turned once, not at each question
        self._word_columns: csr_matrix = words.T.tocsr()

        def learn() -> np.ndarray:
            return self._learn(self._kernel(vectors, characters, words, self._forms), targets, left_out)

        made_of = (texts, vectors, targets, [str(self._settings)], np.array([] if left_out is None else left_out))
        self._weights = learned(made_of, learn) if keep else learn()
        return self

    def _learn(self, kernel: np.ndarray, targets: np.ndarray, left_out: np.ndarray | None) -> np.ndarray:
        if left_out is not None:
            targets = np.hstack([targets, np.eye(len(targets), dtype=np.float32)[:, left_out]])
        ridge = KernelRidge(alpha=self._settings.alpha, kernel="precomputed").fit(kernel, targets)
        weights = ridge.dual_coef_
        return (weights if left_out is None else _without(weights, left_out)).astype(np.float32)

    def scores(self, texts: list[str], vectors: np.ndarray) -> np.ndarray:
        """The scores of n texts with (n, 768) vectors: (n, t)."""
        characters, words = self._characters.of(texts), self._words.of(texts)
        return self._kernel(vectors, characters, words, self._form(texts)) @ self._weights

    def _kernel(
        self, vectors: np.ndarray, characters: csr_matrix, words: csr_matrix, signs: np.ndarray | None
    ) -> np.ndarray:
        """The kernel of n texts and the m learned from, (n, m): some rows at a time, so that little else is kept."""
        kernel = np.empty((len(vectors), len(self._vectors[0])), dtype=np.float32)

        def fill(rows: slice) -> None:
            here = None if signs is None else signs[rows]
            kernel[rows] = self._rows(vectors[rows], characters[rows], words[rows], here)

        parts = [slice(start, start + ROWS) for start in range(0, len(vectors), ROWS)]
        if len(parts) == 1:
            fill(parts[0])
        else:
            with ThreadPoolExecutor(THREADS) as pool:  # NumPy and SciPy multiply without holding the interpreter
                list(pool.map(fill, parts))
        return kernel

    def _rows(
        self, vectors: np.ndarray, characters: csr_matrix, words: csr_matrix, signs: np.ndarray | None
    ) -> np.ndarray:
        rows = self._settings.characters * (characters @ self._character_columns).toarray()
        rows += self._settings.words * (words @ self._word_columns).toarray()
        weights = self._settings.meaning, self._settings.wording
        for weight, half, known in zip(weights, _halves(vectors), self._vectors):
            rows += weight * _radial(1 - half @ known.T, self._settings.gamma)
        if signs is not None:
            differing = signs.sum(axis=1)[:, None] + self._forms.sum(axis=1)[None, :] - 2 * signs @ self._forms.T
            rows += self._settings.form * _radial(differing, 1 / 2)
        return rows

    def _form(self, texts: list[str]) -> np.ndarray | None:
        return forms(texts) if self._settings.form else None


class Classifier:
    """Texts and their vectors -> a confidence for each label."""

    def __init__(self, settings: Settings = Settings()) -> None:
        self.settings = settings
        self.labels: list[str] = []
        self._regression = Regression(settings)

    def fit(
        self,
        texts: list[str],
        vectors: np.ndarray,
        labels: list[str],
        beside: str | None = None,
        marked: list[bool] | None = None,
    ) -> Classifier:
        """Learn from n texts, their (n, 768) vectors and their n labels; also which they have but for `beside`.

        `marked` tells of each text whether it has a mark that has nothing to do with its label.
        """
        self.labels = sorted(set(labels))
        self._others = np.array([label != beside for label in self.labels])
        left_out = np.flatnonzero(np.array(labels) == beside) if beside else None
        marks = np.where(marked or [False] * len(texts), 1.0, -1.0)[:, None].astype(np.float32)
        self._regression.fit(texts, vectors, np.hstack([one_of(labels, self.labels), marks]), left_out)
        return self

    def confidences(self, texts: list[str], vectors: np.ndarray) -> np.ndarray:
        """The confidence of each label for n texts with (n, 768) vectors: (n, labels), rows sum to 1."""
        return self._confidences(self._regression.scores(texts, vectors)[:, : len(self.labels)])

    def all(self, texts: list[str], vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The confidences, those if the label `beside` did not exist, (n, labels), and how sure the mark is, (n,).

        The first are of what is asked, the second of what it is asked about; a mark is above 0 where it is likely.
        """
        scores = self._regression.scores(texts, vectors)
        first, marks, second = np.split(scores[:, :-1], [len(self.labels), len(self.labels) + 1], axis=1)
        return self._confidences(first), self._confidences(np.where(self._others, second, -np.inf)), marks[:, 0]

    def _confidences(self, scores: np.ndarray) -> np.ndarray:
        return softmax(self.settings.sharpness * scores, axis=1)


def _without(weights: np.ndarray, left_out: np.ndarray) -> np.ndarray:
    """Behind the weights of all texts those of all but some, whose own become 0: (n, 2 t).

    The last columns of `weights`, (n, t + k), are those of the inverse kernel at the k texts left out; their block
    gives what the targets there would have to be (the Schur complement), so nothing is learned twice.
    """
    own, inverse = np.split(weights, [-len(left_out)], axis=1)
    return np.hstack([own, own - inverse @ np.linalg.solve(inverse[left_out], own[left_out])])


def _halves(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What texts mean and how they are worded, (n, 384) each, each in one piece of memory."""
    return tuple(np.ascontiguousarray(half) for half in np.split(vectors, [MEANING], axis=1))


def _radial(distances: np.ndarray, gamma: float) -> np.ndarray:
    return np.exp(-gamma * distances)


def one_of(labels: list, known: list) -> np.ndarray:
    """Targets for a regression, (n, known): 1 for the label, -1 for the others."""
    return np.where(np.array(labels)[:, None] == np.array(known)[None, :], 1.0, -1.0).astype(np.float32)
