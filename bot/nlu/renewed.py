"""A spaCy pipeline that forgets: its vocabulary keeps every word it saw, so it is made anew before it fills memory.

One thread uses it at a time.
"""

from __future__ import annotations

import gc
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
    """Gives the pipeline; who comes when it is full waits half a second for another, since both at once need the room.

    That is after as many new words as visitors write in weeks, or somebody who means harm in minutes.
    """

    def __init__(self, make: Callable[[], Pipeline], *, kept: int = KEPT) -> None:
        self._make = make
        self._kept = kept
        self._using = threading.Lock()
        self._made: Pipeline | None = None
        self._most = 0

    @contextmanager
    def __call__(self) -> Iterator[Pipeline]:
        """The pipeline, for as long as nobody else uses it."""
        with self._using:
            if self._made is not None and len(self._made.nlp.vocab.strings) > self._most:
                self._made = None
                gc.collect()  # pipelines refer to themselves
            if self._made is None:
                self._made = self._make()
                self._most = len(self._made.nlp.vocab.strings) + self._kept
            yield self._made
