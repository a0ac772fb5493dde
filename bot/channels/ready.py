"""Waits for the rest of the advisor, which starts beside the channels and may need longer, also in mid-answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

import aiohttp

PATIENCE = 300  # seconds, as bot.watch has; then turns are told that it can't answer
PAUSE = 0.5  # seconds between two looks


async def until(is_ready: Callable[[], Awaitable[bool]], *, patience: float = PATIENCE) -> None:
    """Return once it is ready, or when that has taken too long (in seconds)."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        with suppress(aiohttp.ClientError, asyncio.TimeoutError, OSError):
            if await is_ready():
                return
        await asyncio.sleep(PAUSE)
