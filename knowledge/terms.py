"""Text -> its terms, weighed: tf-idf vectors of length 1, of characters or of words.

The frequency of a term counts with its logarithm (Manning, Raghavan and Schütze, 2008, section 6.4.1), and its
rarity as if one more text held all terms. The vectors are those of scikit-learn's `TfidfVectorizer`, which spends
eight times as long on a single text: it weighs with sparse matrices that it makes and checks anew each time.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize


class Terms:
    """Learns which terms there are and how rare each is, and weighs those of a text by it."""

    def __init__(self, **options: Any) -> None:
        """With the options of scikit-learn's `CountVectorizer`."""
        self._options = options
        self._counter = CountVectorizer(dtype=np.float32, **options)

    def fit(self, texts: list[str]) -> csr_matrix:
        """Learn the terms of n texts; returns their vectors (n, terms)."""
        counts = self._counter.fit_transform(texts)
        documents = np.bincount(counts.indices, minlength=counts.shape[1])
        self._count = len(texts)
        self._rarity = (np.log((1 + len(texts)) / (1 + documents)) + 1).astype(np.float32)
        return self._weighted(counts)

    def and_those_of(self, texts: list[str]) -> Terms:
        """Terms that know those of a few further texts too, behind their own, which stay as rare as they are."""
        further = CountVectorizer(dtype=np.float32, **self._options)
        counts = further.fit_transform(texts)
        documents = np.bincount(counts.indices, minlength=counts.shape[1])
        known = self._counter.vocabulary_
        new = [term for term in further.vocabulary_ if term not in known]
        both = Terms(**self._options, vocabulary={**known, **{term: len(known) + n for n, term in enumerate(new)}})
        rare = np.log((1 + self._count + len(texts)) / (1 + documents[[further.vocabulary_[term] for term in new]])) + 1
        both._rarity = np.concatenate([self._rarity, rare.astype(np.float32)])
        return both

    def of(self, texts: list[str]) -> csr_matrix:
        """The vectors of m texts (m, terms); what holds no term has none."""
        return self._weighted(self._counter.transform(texts))

    def _weighted(self, counts: csr_matrix) -> csr_matrix:
        counts.data = (1 + np.log(counts.data)) * self._rarity[counts.indices]
        return normalize(counts, copy=False)
