"""Drops what people wrote when its time is over, a little at a time, as long as the server runs."""

from __future__ import annotations

import asyncio
import logging
import time

from bot import events
from bot.said import Said
from bot.store import Store

DAY = 24 * 3600  # seconds
REST = 600  # seconds between two rounds
PAUSE = 0.2  # seconds between two steps of a round, in which others write

logger = logging.getLogger(__name__)


class Retention:
    """Keeps conversations, feedback and taken messages for some days, and no longer."""

    def __init__(self, store: Store, *, days: int) -> None:
        self._store = store
        self._said = Said(store)
        self._seconds = days * DAY

    async def keep(self) -> None:
        """Until cancelled: drop what is too old."""
        while True:
            await self._prepare()
            try:
                while await asyncio.to_thread(self._said.age, time.time() - self._seconds):
                    await asyncio.sleep(PAUSE)
            except Exception:  # a database that is away for a while must not end this
                logger.exception("What is too old could not be dropped; trying again in %d minutes.", REST // 60)
            await asyncio.sleep(REST)

    async def _prepare(self) -> None:
        try:
            await asyncio.to_thread(lambda: events.prepare(self._store.engine()))
        except Exception:  # what is too old is found without an index, too
            logger.exception("The table of events could not be given its indexes.")
