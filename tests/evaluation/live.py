"""A live advisor to measure: started as a person starts it, on a free port, with a database of its own."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.advisor import PATIENCE, Advisor


class NotStarted(RuntimeError):
    """A server that did not start, with what it said."""


@contextmanager
def live_advisor() -> Iterator[Advisor]:
    """An advisor that runs until the block ends; what it says while it starts is shown."""
    with tempfile.TemporaryDirectory(prefix="advisor-evaluation-") as folder:
        advisor = Advisor(Path(folder))
        advisor.spawn()
        try:
            _until_ready(advisor)
            yield advisor
        finally:
            if advisor.process.poll() is None:
                advisor.stop()


def _until_ready(advisor: Advisor) -> None:
    shown, end = 0, time.monotonic() + PATIENCE
    while "Ready." not in advisor.output:
        if advisor.process.poll() is not None or time.monotonic() > end:
            raise NotStarted(f"The advisor did not start:\n{advisor.output}")
        said = advisor.output
        print(said[shown:], end="", file=sys.stderr, flush=True)
        shown = len(said)
        time.sleep(0.2)
