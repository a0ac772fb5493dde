"""Understanding a long message keeps nobody else waiting."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.advisor import LONG, Advisor


class Slow:
    """In the place of Rasa's agent and its processor: understands long messages once it may."""

    tracker_store = None

    def __init__(self) -> None:
        self.processor = self
        self.may = threading.Event()
        self.understood: list[str] = []

    async def parse_message(self, message: UserMessage) -> dict[str, Any]:
        """As Rasa does it: on the thread that it is called in, without a pause."""
        if len(message.text) > LONG:
            assert self.may.wait(30)
        self.understood.append(message.text)
        return {"text": message.text}

    async def handle_message(self, message: UserMessage) -> None:
        await self.processor.parse_message(message)


@pytest.fixture
def slow() -> Iterator[Slow]:
    """An agent, and at its end no thread that still waits."""
    agent = Slow()
    yield agent
    agent.may.set()


def test_a_short_message_is_understood_while_a_long_one_is(slow):
    advisor, long = Advisor(slow), UserMessage("x" * (LONG + 1))

    async def both() -> None:
        waiting = asyncio.create_task(advisor.handle(long))
        await asyncio.wait_for(advisor.handle(UserMessage("short")), 10)
        assert await asyncio.wait_for(advisor.alive(), 10)
        assert slow.understood == ["short"]
        slow.may.set()
        await waiting

    asyncio.run(both())
    advisor.stop()
    assert slow.understood == ["short", long.text]
