"""How many connections there may be, from one address and in all, always below what the process may open."""

from __future__ import annotations

import asyncio
import resource
import time
from collections import Counter
from typing import TYPE_CHECKING

from bot.edge.addresses import visitor_address

if TYPE_CHECKING:
    from bot.edge.protocol import StrictProtocol

MOST = 1000
MOST_OF_ONE = 100  # a school has many visitors and one address; a browser opens at most six
RESERVED = 256  # files that the process needs for itself: databases, the action server, Slack, models
LOOK = 1  # seconds between two looks for slow ones


def most_connections() -> int:
    """How many connections the process can hold, by its own limit of open files."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return max(16, min(MOST, limit - RESERVED))


class Connections:
    """The connections that are open; where there are too many, idle ones go first, then those half sent."""

    def __init__(self, *, most: int, most_of_one: int | None = MOST_OF_ONE) -> None:
        """`most_of_one`: `None` behind proxies, where all connections come from them."""
        self._most = most
        self._most_of_one = most_of_one
        self._open: set[StrictProtocol] = set()
        self._by_address: Counter[str] = Counter()
        self.refused = 0

    def __len__(self) -> int:
        return len(self._open)

    def admit(self, connection: StrictProtocol) -> bool:
        """Whether a connection may stay; another may have had to go for it."""
        peer = connection.transport.get_extra_info("peername")
        connection.address = visitor_address(peer[0], "", proxies=0) if peer else ""
        self._open.add(connection)
        self._by_address[connection.address] += 1
        if self._most_of_one is not None and self._by_address[connection.address] > self._most_of_one:
            rivals = {each for each in self._open if each.address == connection.address}
        elif len(self._open) > self._most:
            rivals = self._open
        else:
            return True
        self.refused += 1
        return self._made_room(rivals - {connection})

    def leave(self, connection: StrictProtocol) -> None:
        """A connection is gone."""
        if connection in self._open:
            self._open.remove(connection)
            self._by_address[connection.address] -= 1
            if not self._by_address[connection.address]:
                del self._by_address[connection.address]

    async def look_for_slow(self, seconds: float) -> None:
        """Until cancelled: end connections whose request has been arriving for so long."""
        while True:
            end = time.monotonic() - seconds
            for connection in [each for each in self._open if each.is_arriving and each.began < end]:
                connection.abort()
            await asyncio.sleep(LOOK)

    @staticmethod
    def _made_room(rivals: set[StrictProtocol]) -> bool:
        waiting = [each for each in rivals if each.is_idle] or [each for each in rivals if each.is_arriving]
        if waiting:
            min(waiting, key=lambda each: each.began).abort()
        return bool(waiting)
