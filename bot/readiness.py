"""Whether the advisor can answer: the database takes a write, the knowledge is there, the model and the actions are."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import aiohttp

from bot.store import Store
from knowledge.base import KnowledgeBase
from knowledge.model import Refused

BELIEVED = 1  # seconds that a look holds, however many ask
PATIENCE = 3  # seconds that each part has


class Readiness:
    """Looks at each part, at most once a second."""

    def __init__(self, store: Store, knowledge: KnowledgeBase, model: Callable[[], Awaitable[bool]], actions: Actions):
        self._parts = {
            "database": lambda: asyncio.to_thread(store.writable),
            "knowledge": lambda: asyncio.to_thread(_is_built, knowledge),
            "model": model,
            "actions": actions.alive,
        }
        self._found: dict[str, bool] = {}
        self._looked_at = float("-inf")
        self._looking: asyncio.Task | None = None

    async def look(self) -> dict[str, bool]:
        """Each part, and whether it is ready."""
        if time.monotonic() - self._looked_at > BELIEVED and self._looking is None:
            self._looking = asyncio.create_task(self._look())
        if self._looking is not None:
            await asyncio.shield(self._looking)
        return self._found

    async def _look(self) -> None:
        try:
            ready = await asyncio.gather(*(_in_time(part) for part in self._parts.values()))
            self._found = dict(zip(self._parts, ready))
        finally:
            self._looked_at, self._looking = time.monotonic(), None


class Actions:
    """The action server, which answers to nobody without the token."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}"}

    async def alive(self) -> bool:
        """Whether it answers."""
        return await _in_time(self._answers)

    async def _answers(self) -> bool:
        async with (
            aiohttp.ClientSession(headers=self._headers) as client,
            client.get(f"{self._url}/ready") as answer,
        ):
            return answer.status == 200


def _is_built(knowledge: KnowledgeBase) -> bool:
    try:
        return knowledge.fingerprint() is not None
    except Refused:
        return False


async def _in_time(part: Callable[[], Awaitable[bool]]) -> bool:
    try:
        return await asyncio.wait_for(part(), PATIENCE)
    except (asyncio.TimeoutError, aiohttp.ClientError, OSError):
        return False
