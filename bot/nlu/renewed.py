"""A spaCy pipeline that forgets: its vocabulary keeps every word it saw, so it is made anew before it fills memory.

One thread uses it at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

from spacy.language import Language

KEPT = 20_000  # words beyond those of the beginning, about 10 MB


class Made(Protocol):
    """What is made: a pipeline, and what was built upon its vocabulary."""

    nlp: Language


Pipeline = TypeVar("Pipeline", bound=Made)


class Renewed(Generic[Pipeline]):
    """Gives the pipeline; while another is made in the background (half a second), the old one serves."""

    def __init__(self, make: Callable[[], Pipeline], *, kept: int = KEPT) -> None:
        self._make = make
        self._kept = kept
        self._making, self._using = threading.Lock(), threading.Lock()
        self._take(make())

    @contextmanager
    def __call__(self) -> Iterator[Pipeline]:
        """The pipeline, for as long as nobody else uses it."""
        if len(self._made.nlp.vocab.strings) > self._most and self._making.acquire(blocking=False):
            threading.Thread(target=self._renew, name="renewed", daemon=True).start()
        with self._using:
            yield self._made

    def _renew(self) -> None:
        try:
            self._take(self._make())
        finally:
            self._making.release()

    def _take(self, made: Pipeline) -> None:
        self._most = len(made.nlp.vocab.strings) + self._kept
        self._made = made
