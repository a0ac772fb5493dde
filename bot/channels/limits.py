"""How much one visitor may ask: token buckets in memory, and the address that a request came from."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
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


def visitor_address(peer: str, forwarded: str, *, proxies: int) -> str:
    """Whom to count a request for: the peer, or what the outermost of our own proxies saw.

    Anybody can send X-Forwarded-For, so only as many entries are believed, from its end, as there are proxies
    of ours. One person with IPv6 has a whole /64 network, which therefore counts as one.
    """
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    seen = hops[-min(proxies, len(hops))] if proxies and hops else peer
    try:
        address = ipaddress.ip_address(seen.strip("[]"))
    except ValueError:
        return peer
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
