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

    def fit(self, texts: list[str], vectors: np.ndarray, targets: np.ndarray) -> Regression:
        """Learn from n texts, their (n, 768) vectors and their (n, t) targets."""
        vectors = vectors.astype(np.float32)
        self._vectors = _halves(vectors)
        self._forms = self._form(texts)
        characters, words = self._characters.fit(texts), self._words.fit(texts)
        self._character_columns: csr_matrix = characters.T.tocsr()  # turned once, not at each question
        self._word_columns: csr_matrix = words.T.tocsr()
        kernel = self._kernel(vectors, characters, words, self._forms)
        ridge = KernelRidge(alpha=self._settings.alpha, kernel="precomputed").fit(kernel, targets)
        self._weights = ridge.dual_coef_.astype(np.float32)
        return self

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

    def fit(self, texts: list[str], vectors: np.ndarray, labels: list[str]) -> Classifier:
        """Learn from n texts, their (n, 768) vectors and their n labels."""
        self.labels = sorted(set(labels))
        self._regression.fit(texts, vectors, one_of(labels, self.labels))
        return self

    def confidences(self, texts: list[str], vectors: np.ndarray) -> np.ndarray:
        """The confidence of each label for n texts with (n, 768) vectors: (n, labels), rows sum to 1."""
        return softmax(self.settings.sharpness * self._regression.scores(texts, vectors), axis=1)


def _halves(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What texts mean and how they are worded, (n, 384) each, each in one piece of memory."""
    return tuple(np.ascontiguousarray(half) for half in np.split(vectors, [MEANING], axis=1))


def _radial(distances: np.ndarray, gamma: float) -> np.ndarray:
    return np.exp(-gamma * distances)


def one_of(labels: list, known: list) -> np.ndarray:
    """Targets for a regression, (n, known): 1 for the label, -1 for the others."""
    return np.where(np.array(labels)[:, None] == np.array(known)[None, :], 1.0, -1.0).astype(np.float32)
