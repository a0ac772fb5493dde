"""How much one visitor may ask: token buckets and windows in memory."""

from __future__ import annotations

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable

REMEMBERED = 20_000  # buckets; the one not used for the longest time is dropped first


class TooMany(Exception):
    """A limit is reached; `wait` is the number of seconds after which to try again."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"Too many requests; please try again in {wait} second{'s' if wait > 1 else ''}.")
        self.wait = wait


class Limit:
    """At most `burst` at once for each key, and `per_minute` in the long run."""

    def __init__(self, *, burst: int, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._per_second = per_minute / 60
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # key -> what is left, and when

    def spend(self, key: str) -> None:
        """Take one from the bucket of a key; raises `TooMany`, and takes nothing, where it is empty."""
        now = self._clock()
        left, since = self._buckets.get(key, (self._burst, now))
        left = min(self._burst, left + (now - since) * self._per_second)
        if left < 1:
            raise TooMany(math.ceil((1 - left) / self._per_second))
        self._buckets[key] = (left - 1, now)
        self._buckets.move_to_end(key)
        while len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)

    def __len__(self) -> int:
        return len(self._buckets)


class Window:
    """At most `most` for each key within any so many seconds, where a bucket would let more through."""

    def __init__(self, *, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._spent: OrderedDict[str, deque[float]] = OrderedDict()  # key -> when, the last `most` times

    def spend(self, key: str) -> None:
        """Count one for a key; raises `TooMany`, and counts nothing, where there were as many."""
        now = self._clock()
        spent = self._spent.get(key) or deque(maxlen=self._most)
        if len(spent) == self._most and now - spent[0] < self._seconds:
            raise TooMany(math.ceil(self._seconds - (now - spent[0])))
        spent.append(now)
        self._spent[key] = spent
        self._spent.move_to_end(key)
        while len(self._spent) > REMEMBERED:
            self._spent.popitem(last=False)
