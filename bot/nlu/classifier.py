"""Which kind of question: kernel ridge regression over sentence embeddings and n-grams.

The kernel is a sum of three: a radial one of the embeddings, exp(-gamma (1 - cosine)), and the cosines of
tf-idf vectors of characters and of words. Regularised least-squares classification is Rifkin, Yeo and
Poggio (2003); the radial kernel lets one intent hold many ways of asking. Fitting solves one linear system
of the size of the training set, so it takes seconds, and needs no iterations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.kernel_ridge import KernelRidge


@dataclass(frozen=True)
class Settings:
    """Weights of the kernels, chosen on held-out voices: sets of examples by other hands."""

    gamma: float = 2.0
    characters: float = 0.3
    words: float = 0.6
    alpha: float = 0.3
    sharpness: float = 9.0  # of the softmax that turns scores into confidences


class Classifier:
    """Texts and their unit vectors -> a confidence for each label."""

    def __init__(self, settings: Settings = Settings()) -> None:
        self.settings = settings
        self.labels: list[str] = []
        self._characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)
        self._words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b|\?")

    def fit(self, texts: list[str], vectors: np.ndarray, labels: list[str]) -> Classifier:
        """Learn from n texts, their (n, d) unit vectors and their n labels."""
        self.labels = sorted(set(labels))
        self._vectors = vectors.astype(np.float32)
        self._character_rows: csr_matrix = self._characters.fit_transform(texts)
        self._word_rows: csr_matrix = self._words.fit_transform(texts)
        targets = np.where(np.array(labels)[:, None] == np.array(self.labels)[None, :], 1.0, -1.0)
        kernel = self._kernel(self._vectors, self._character_rows, self._word_rows)
        ridge = KernelRidge(alpha=self.settings.alpha, kernel="precomputed").fit(kernel, targets)
        self._weights = ridge.dual_coef_.astype(np.float32)
        return self

    def confidences(self, texts: list[str], vectors: np.ndarray) -> np.ndarray:
        """The confidence of each label for n texts with (n, d) unit vectors: (n, labels), rows sum to 1."""
        kernel = self._kernel(vectors, self._characters.transform(texts), self._words.transform(texts))
        return softmax(self.settings.sharpness * (kernel @ self._weights), axis=1)

    def _kernel(self, vectors: np.ndarray, characters: csr_matrix, words: csr_matrix) -> np.ndarray:
        radial = np.exp(-self.settings.gamma * (1 - vectors @ self._vectors.T))
        return (
            radial
            + self.settings.characters * (characters @ self._character_rows.T).toarray()
            + self.settings.words * (words @ self._word_rows.T).toarray()
        )
