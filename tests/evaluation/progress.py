"""Shows how far long work has come: a line that moves in a terminal, one every ten seconds elsewhere."""

from __future__ import annotations

import sys
import time

EVERY = 10.0  # seconds


class Progress:
    """Counts the steps of a piece of work."""

    def __init__(self, what: str, steps: int) -> None:
        self._what = what
        self._steps = steps
        self._done = 0
        self._shown = time.monotonic()

    def step(self) -> None:
        """Count one step, and show it where it is time to."""
        self._done += 1
        last = self._done == self._steps
        if sys.stderr.isatty():
            print(f"\r\033[K{self._what}: {self._done} of {self._steps}", end="\n" * last, file=sys.stderr, flush=True)
        elif last or time.monotonic() - self._shown >= EVERY:
            self._shown = time.monotonic()
            print(f"{self._what}: {self._done} of {self._steps}", file=sys.stderr, flush=True)
