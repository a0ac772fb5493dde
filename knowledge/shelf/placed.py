"""A sentence and where it stands on its page -> the numbers from which it is told what it tells.

The vectors of MiniLM of the sentence and of what stands above it, the words of both, and a few signs of how it is
written: a bare heading or a lead-in line has no full stop, a row of a table has a bar, a wage has figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from knowledge.encoder import MEANING, Encoder, meaning

TOKEN = r"(?u)\b\w+\b|[?£$€%:|©»›]"
SIGNS = (  # of a text: patterns that it has or has not
    r"[.!]$",
    r":$",
    r"\?",
    r"\d",
    r"[£$€]",
    r"\|",
    r"^[A-Z\W\d]+$",
    r"^\W*[a-z]",
    r"https?:|www\.|@|\.(?:com|org|gov|edu|ie|uk|au|ca)\b",
    r"[>»›→]",
    r"\b(?:19|20)\d\d\b",
)


@dataclass(frozen=True)
class Placed:
    """A sentence, list item or row; the heading it stands under, the sentence that leads its list, headings above."""

    text: str
    heading: str | None = None
    lead: str | None = None
    parents: tuple[str, ...] = ()

    @property
    def around(self) -> str:
        """What is read with it: its heading and the sentence that leads its list."""
        return " ".join(filter(None, (self.heading, self.lead)))

    @property
    def above(self) -> str:
        """The headings above its own, without which that may say little: "Other" under "Pay"."""
        return " ".join(self.parents)


class Traits:
    """Places -> numbers; which words count is learned and kept with the weights."""

    def __init__(self, encoder: Encoder, words: list[str], around: list[str]) -> None:
        self._encoder = encoder
        self._words = _counter(vocabulary=words)
        self._around = _counter(vocabulary=around)

    def of(self, places: list[Placed]) -> tuple[np.ndarray, csr_matrix]:
        """The traits of n places: what they mean and how they are written, (n, traits), and their words, (n, words)."""
        above = [place.above for place in places]
        around = [place.around for place in places]
        texts = [place.text for place in places]
        dense = [self._encoder.encode(texts), self._meaning(around), self._meaning(above) / 2, _signs(places)]
        words = [_weighed(self._words, texts), _weighed(self._around, around)]
        return np.hstack(dense).astype(np.float32), hstack(words).tocsr()

    def _meaning(self, texts: list[str]) -> np.ndarray:
        """What headings mean, each encoded once; zeros where there is none."""
        known = sorted(set(filter(None, texts)))
        vectors = dict(zip(known, meaning(self._encoder.encode(known))))
        nothing = np.zeros(MEANING, dtype=np.float32)
        return np.stack([vectors.get(text, nothing) for text in texts])


def frequent(texts: list[str], most: int) -> list[str]:
    """The words and pairs of words that most texts have, each at least three."""
    return sorted(_counter(min_df=3, max_features=most).fit([_plain(text) for text in texts]).vocabulary_)


def _counter(**options) -> CountVectorizer:
    return CountVectorizer(ngram_range=(1, 2), binary=True, token_pattern=TOKEN, dtype=np.float32, **options)


def _plain(text: str) -> str:
    """A text in which all figures are alike."""
    return re.sub(r"\d", "9", text)


def _weighed(counter: CountVectorizer, texts: list[str]) -> csr_matrix:
    return normalize(counter.transform([_plain(text) for text in texts]))


def _signs(places: list[Placed]) -> np.ndarray:
    rows = []
    for place in places:
        length = len(place.text.split())
        rows.append(
            [
                *(bool(re.search(pattern, place.text[:400])) for pattern in SIGNS),
                *(length <= most for most in (2, 4, 7, 12, 20)),
                bool(place.heading),
                bool(place.lead),
                bool(place.parents),
            ]
        )
    return np.array(rows, dtype=np.float32) / 2
