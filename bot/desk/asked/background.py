"""Works out beside the pages what visitors ask: again and again, in a thread of its own, as long as the server runs."""

from __future__ import annotations

import logging
import threading
import time
from functools import cached_property

import numpy as np

from bot.desk.asked.collect import Collector
from bot.desk.asked.groups import Grouper
from bot.desk.tables import Database
from knowledge.encoder import Encoder, meaning

OFTEN = 60.0  # seconds between two rounds
REST = 0.05  # seconds in which others have the processor, after each step

logger = logging.getLogger(__name__)


class Background:
    """One thread that collects and groups."""

    def __init__(self, database: Database, secret: str) -> None:
        self._collector = Collector(database, secret)
        self._grouper = Grouper(database, self.encoded)
        self._wanted = threading.Event()
        self.done_at: float | None = None  # seconds since 1970

    def start(self) -> None:
        """Begin; the thread ends with the process."""
        threading.Thread(target=self._work, name="asked", daemon=True).start()

    def once(self) -> None:
        """One round."""
        self._collector.collect()
        self._grouper.group(lambda: time.sleep(REST))
        self.done_at = time.time()

    def soon(self) -> None:
        """Let the next round begin now."""
        self._wanted.set()

    def _work(self) -> None:
        while True:
            try:
                self.once()
            except Exception:  # a database that is away for a while must not end this
                logger.exception("What visitors ask could not be worked out; trying again in %.0f s.", OFTEN)
            self._wanted.wait(OFTEN)
            self._wanted.clear()

    def encoded(self, texts: list[str]) -> np.ndarray:
        """The (n, 384) unit vectors of what n texts mean; the encoder is loaded at the first."""
        return meaning(self._encoder.encode(texts))

    @cached_property
    def _encoder(self) -> Encoder:
        return Encoder()
