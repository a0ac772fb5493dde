"""The messages of the website: each answered once, in order, to its end, whether or not anybody still listens."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

from bot.channels.advisor import Advisor
from bot.channels.conversation import PATIENCE, UNAVAILABLE, Replies, clean, converse
from bot.channels.ready import until
from bot.channels.web.history import MESSAGE_ID, PAGE, entries, reply_id
from bot.said import Said
from bot.store import Store

CHANNEL = "web"
BEAT = 2  # seconds between two signs that a message is being answered
LOST = 5 * BEAT  # seconds without one after which its message is taken over: that server has died
RESTART = 40  # seconds that a turn waits for an action server that went away under it
AN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # of a message

Line = dict[str, Any]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Message:
    """What a visitor has sent; the same id a second time is the same message, sent again."""

    conversation: str
    id: str
    text: str
    visitor: str = ""  # the address it came from

    @property
    def session(self) -> str:
        """The id of the visitor's session."""
        return self.conversation.removeprefix(f"{CHANNEL}:")

    @property
    def key(self) -> str:
        """Under which the store keeps it."""
        return f"{self.conversation}:{self.id}"


class Turns:
    """Answers messages, line by line. `actions_ready` tells whether the action server takes work."""

    def __init__(self, store: Store, actions_ready: Callable[[], Awaitable[bool]]) -> None:
        self._store = store
        self._actions_ready = actions_ready
        self._said = Said(store)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._underway: set[asyncio.Task] = set()

    def lock(self, conversation: str) -> asyncio.Lock:
        """Held while one message of a conversation is answered; first come, first served."""
        return self._locks.setdefault(conversation, asyncio.Lock())

    async def answer(self, advisor: Advisor, message: Message) -> AsyncIterator[Line]:
        """The lines of an answer: that it is being typed, its replies, and always an end.

        The turn is a task of its own, so that it is finished and kept where the connection breaks.
        """
        lines: asyncio.Queue[Line | None] = asyncio.Queue()
        tell = partial(asyncio.get_running_loop().call_soon_threadsafe, lines.put_nowait)
        turn = asyncio.create_task(self._turn(advisor, message, tell))
        self._underway.add(turn)
        turn.add_done_callback(self._underway.discard)
        yield {"type": "typing"}
        while (line := await lines.get()) is not None:
            yield line
        yield {"type": "end"}

    async def _turn(self, advisor: Advisor, message: Message, tell: Callable[[Line | None], None]) -> None:
        try:
            async with self.lock(message.conversation):
                if await asyncio.to_thread(self._store.has_ended, message.session):  # while it waited
                    done = False
                elif await asyncio.to_thread(self._store.take, message.key):
                    done = await self._ask(advisor, message, tell)
                else:
                    done = await self._repeat(advisor, message, tell)
        except Exception:  # whatever fails, the visitor is told and the log has it
            logger.exception("A message of the website could not be answered.")
            done = False
        finally:
            if not done:
                tell({"type": "error", "error": advisor.sentence(UNAVAILABLE, CHANNEL)})
            tell(None)

    async def _ask(self, advisor: Advisor, message: Message, tell: Callable[[Line], None]) -> bool:
        """Whether it was answered. Where it was not, it is free again: sent once more, it is asked once more.

        Where the action server went away under it, it is asked once more when that is back.
        """
        beating = asyncio.create_task(self._beat(message))
        try:
            lines = await self._asked(advisor, message, tell)
            if lines is None and not await self._actions_ready():
                await until(self._actions_ready, patience=RESTART)
                lines = await self._asked(advisor, message, tell)
        finally:
            beating.cancel()
        if lines is not None:
            await asyncio.to_thread(self._store.finish, message.key, json.dumps(lines))
        else:
            await asyncio.to_thread(self._store.release, message.key)
            await advisor.note(message.conversation, clean(message.text), {MESSAGE_ID: message.id})
        return lines is not None

    async def _asked(self, advisor: Advisor, message: Message, tell: Callable[[Line], None]) -> list[Line] | None:
        """The lines of the answer, each told as it comes; `None` where there was none."""
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

        answered = await converse(
            advisor,
            message.text,
            conversation=message.conversation,
            visitor=message.visitor,
            channel=CHANNEL,
            output=Replies(on_reply=reply),
            metadata={MESSAGE_ID: message.id},
            forget=self._said.forget,
        )
        return lines if answered else None

    async def _beat(self, message: Message) -> None:
        """Until cancelled: show that the message is being answered."""
        while True:
            await asyncio.sleep(BEAT)
            try:
                await asyncio.to_thread(self._store.renew, [message.key], taken_at=time.time())
            except Exception:  # a database that is away for a while must not end this
                logger.exception("It could not be noted that a message is being answered; trying again.")

    async def _repeat(self, advisor: Advisor, message: Message, tell: Callable[[Line], None]) -> bool:
        end = time.monotonic() + LOST + 2 * PATIENCE + RESTART  # as long as one that asks twice can take
        while (kept := await asyncio.to_thread(self._store.result, message.key)) is None:
            if await asyncio.to_thread(self._taken_over, message):
                return await self._take_up(advisor, message, tell)
            if time.monotonic() > end:
                return False
            await asyncio.sleep(0.2)
        for line in json.loads(kept):
            tell(line)
        return True

    async def _take_up(self, advisor: Advisor, message: Message, tell: Callable[[Line], None]) -> bool:
        """Tell what a server that died had kept of its answer; ask where it had kept none."""
        lines = await asyncio.to_thread(self._kept, message)
        if not lines:
            return await self._ask(advisor, message, tell)
        for line in lines:
            tell(line)
        await asyncio.to_thread(self._store.finish, message.key, json.dumps(lines))
        return True

    def _kept(self, message: Message) -> list[Line]:
        """The replies to a message that are in the conversation already, as they are told."""
        said = entries(self._said.page(message.conversation, most=PAGE))
        return [
            {"type": "reply", "id": each.id, "text": each.text, "buttons": each.buttons, "sources": each.sources}
            for each in said
            if each.who == "advisor" and each.id.rpartition(".")[0] == message.id
        ]

    def _taken_over(self, message: Message) -> bool:
        lost = self._store.unfinished(message.key, before=time.time() - LOST)
        return any(key == message.key and self._store.retake(key, taken_at) for key, _, taken_at in lost)
