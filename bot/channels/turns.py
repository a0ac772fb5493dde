"""The messages of the website: each answered once, in order, to its end, whether or not anybody still listens."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.agent import Agent

from bot.channels.conversation import PATIENCE, Replies, converse
from bot.channels.history import MESSAGE_ID, reply_id
from bot.store import Store

CHANNEL = "web"
LOST = 2 * PATIENCE  # seconds after which a message that another server took is taken over: that server has died
FAILED = "The advisor can't answer right now. Please try again in a moment."

Line = dict[str, Any]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Message:
    """What a visitor has sent; the same id a second time is the same message, sent again."""

    conversation: str
    id: str
    text: str

    @property
    def key(self) -> str:
        """Under which the store keeps it."""
        return f"{self.conversation}:{self.id}"


class Turns:
    """Answers messages, line by line."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._underway: set[asyncio.Task] = set()

    def lock(self, conversation: str) -> asyncio.Lock:
        """Held while one message of a conversation is answered; first come, first served."""
        return self._locks.setdefault(conversation, asyncio.Lock())

    async def answer(self, agent: Agent, message: Message) -> AsyncIterator[Line]:
        """The lines of an answer: that it is being typed, its replies, and always an end.

        The turn is a task of its own, so that it is finished and kept where the connection breaks.
        """
        lines: asyncio.Queue[Line | None] = asyncio.Queue()
        turn = asyncio.create_task(self._turn(agent, message, lines.put_nowait))
        self._underway.add(turn)
        turn.add_done_callback(self._underway.discard)
        yield {"type": "typing"}
        while (line := await lines.get()) is not None:
            yield line
        yield {"type": "end"}

    async def _turn(self, agent: Agent, message: Message, tell: Callable[[Line | None], None]) -> None:
        try:
            async with self.lock(message.conversation):
                if await asyncio.to_thread(self._store.take, message.key):
                    await self._ask(agent, message, tell)
                else:
                    await self._repeat(agent, message, tell)
        except Exception:  # whatever fails, the visitor is told and the log has it
            logger.exception("Message %s failed.", message.key)
            tell({"type": "error", "error": FAILED})
        finally:
            tell(None)

    async def _ask(self, agent: Agent, message: Message, tell: Callable[[Line], None]) -> None:
        lines: list[Line] = []

        def reply(said: dict[str, Any]) -> None:
            lines.append(
                {
                    "type": "reply",
                    "id": reply_id(message.id, len(lines) + 1),
                    "text": said.get("text", ""),
                    "buttons": said.get("buttons", []),
                    "sources": said.get("custom", {}).get("sources", []),
                }
            )
            tell(lines[-1])

        await converse(
            agent,
            message.text,
            conversation=message.conversation,
            channel=CHANNEL,
            output=Replies(on_reply=reply),
            metadata={MESSAGE_ID: message.id},
        )
        if not lines:
            lines.append({"type": "error", "error": FAILED})
            tell(lines[-1])
        await asyncio.to_thread(self._store.finish, message.key, json.dumps(lines))

    async def _repeat(self, agent: Agent, message: Message, tell: Callable[[Line], None]) -> None:
        end = time.monotonic() + PATIENCE
        while (kept := await asyncio.to_thread(self._store.result, message.key)) is None:
            if await asyncio.to_thread(self._taken_over, message):
                return await self._ask(agent, message, tell)
            if time.monotonic() > end:
                return tell({"type": "error", "error": FAILED})
            await asyncio.sleep(0.2)
        for line in json.loads(kept):
            tell(line)
        return None

    def _taken_over(self, message: Message) -> bool:
        lost = self._store.unfinished(message.key, before=time.time() - LOST)
        return any(key == message.key and self._store.retake(key, taken_at) for key, _, taken_at in lost)
