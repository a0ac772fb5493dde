"""When a server is started again, and when everything stops: decided from what was seen, by a time that is given."""

from __future__ import annotations

import signal
from dataclasses import dataclass

PATIENCE = 300.0  # seconds that a server may take until it is ready
SILENCE = 10.0  # seconds without an answer after which one that was ready is taken to hang
STARVED, SHARE = 60.0, 0.1  # the same for one that computes, if with less of a processor than it wants: this share
RESTARTS, WINDOW = 5, 600.0  # at most so many, of all servers together, within so many seconds
ABSENT = 5.0  # seconds between two looks, after which it was the watcher that did not run


class Stop(Exception):
    """Why no server is started again, in one sentence without its end."""


@dataclass(frozen=True)
class Seen:
    """What is seen of a server: its exit code where it is dead, when it began, when it last answered."""

    exit_code: int | None
    began: float
    answered: float | None = None  # `None` until it is ready
    computed: float = 0.0  # seconds of a processor that it has used since


@dataclass(frozen=True)
class Restart:
    """That a server is to be killed, and started again after a pause of some seconds."""

    why: str  # the end of a sentence that begins with its name
    pause: float


class Supervisor:
    """Decides for all servers together; times are seconds of a clock that never goes back."""

    def __init__(self, now: float) -> None:
        self._looked = self._awake_since = now
        self._restarts: list[float] = []

    def look(self, now: float) -> None:
        """Say that we look; where we ourselves were stopped, or the machine slept, nobody is blamed for silence."""
        if now - self._looked > ABSENT:
            self._awake_since = now
        self._looked = now

    def judge(self, name: str, seen: Seen, now: float) -> Restart | None:
        """What to do about a server, `None` where it is well; raises `Stop` where nothing helps any more.

        One that never gets ready does not either at the next try, and by the time there were five of them,
        nobody would have been told for half an hour.
        """
        if seen.exit_code is None and seen.answered is None:
            if now - max(seen.began, self._awake_since) > PATIENCE:
                raise Stop(f"The {name} was not ready after {PATIENCE:.0f} s")
            return None
        if seen.exit_code is not None:
            why = _end(seen.exit_code)
        else:
            silent = now - max(seen.answered, self._awake_since)
            starved = SHARE * silent < seen.computed < SILENCE  # where it has computed for so long, it is in a loop
            most = STARVED if starved else SILENCE
            if silent <= most:
                return None
            why = f"gave no answer for {most:.0f} s"
        self._restarts = [time for time in self._restarts if now - time < WINDOW]
        if len(self._restarts) == RESTARTS:
            raise Stop(f"The {name} {why}, after {RESTARTS} restarts in {WINDOW / 60:.0f} minutes")
        self._restarts.append(now)
        return Restart(why, 2.0 ** (len(self._restarts) - 1))


def _end(exit_code: int) -> str:
    if exit_code >= 0:
        return f"ended with exit code {exit_code}"
    try:
        return f"was killed by {signal.Signals(-exit_code).name}"
    except ValueError:
        return f"was killed by signal {-exit_code}"
