"""Rasa's agent in threads of its own, so that understanding one message never keeps the others waiting.

One thread runs its event loop, on which all turns take their steps. Messages are understood in two others, the long
ones apart: a turn has many steps, and each would wait until somebody else's long message is understood.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import FailSafeTrackerStore
from sanic import Sanic

from bot.channels.waiting import Line
from bot.handoff.handoff import Handoff
from bot.owner import Owner

AT_ONCE = 4  # turns
AT_ONCE_OF_ONE = 1  # of one address: whoever comes next never waits for more than that one
LONGEST = 64  # turns that wait, which are answered within a few seconds
LONG = 400  # characters from which a message takes many times as long to understand as most do
OWNER = "owner"  # the key under which what the owner has set travels with a message
LONGEST_OF_ONE = 40  # of one address: a class that asks all at once


class Advisor:
    """Answers messages, a few at a time and in fair order; `handoff` has the ways to a person that the owner sets."""

    def __init__(self, agent: Agent, handoff: Handoff | None = None) -> None:
        self._agent = agent
        self.handoff = handoff
        self.line = Line(at_once=AT_ONCE, at_once_of_one=AT_ONCE_OF_ONE, longest=LONGEST, longest_of_one=LONGEST_OF_ONE)
        if isinstance(agent.tracker_store, FailSafeTrackerStore):
            # it hides that nothing could be kept, and goes on with a memory that no other server has
            agent.tracker_store = agent.tracker_store._tracker_store
            if agent.processor:
                agent.processor.tracker_store = agent.tracker_store
        self._understanding = {
            long: ThreadPoolExecutor(1, thread_name_prefix="understanding") for long in (False, True)
        }
        if agent.processor:
            self._understand_apart(agent.processor)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="advisor", daemon=True)
        self._thread.start()

    async def handle(self, message: UserMessage) -> None:
        """Let Rasa answer a message into its output channel, which is called in the advisor's thread."""
        await self._there(self._agent.handle_message(message))

    async def understand(self, text: str) -> dict[str, Any]:
        """What Rasa understands of a text (its parse), which is kept nowhere."""
        return await self._there(self._agent.parse_message(text))

    async def offered(self, conversation: str, payload: str) -> bool:
        """Whether the bot has offered a payload in a conversation."""
        return await self._there(self._agent.tracker_store.offered(conversation, payload))

    async def knows(self, conversation: str) -> bool:
        """Whether anything was said in a conversation."""
        return await self._there(self._agent.tracker_store.exists(conversation))

    async def note(self, conversation: str, text: str, metadata: dict[str, Any]) -> None:
        """Keep what somebody said and nothing could answer."""
        await self._there(self._agent.tracker_store.note(conversation, text, metadata))

    async def alive(self) -> bool:
        """Whether the thread takes work; waits for it."""
        return await self._there(_nothing())

    def sentence(self, response: str, channel: str) -> str:
        """A sentence of the domain, as it is said in a channel."""
        variants = {each.get("channel"): each["text"] for each in self._agent.domain.responses[response]}
        return variants.get(channel) or variants[None]

    async def owner(self) -> Owner:
        """What the owner has set."""
        return await asyncio.to_thread(self.handoff.owner) if self.handoff else Owner()

    def stop(self) -> None:
        """Take no more; what is being answered is given up."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=1)
        for thread in self._understanding.values():
            thread.shutdown(wait=False, cancel_futures=True)

    def _understand_apart(self, processor: MessageProcessor) -> None:
        """Let messages be parsed in the threads for that: Rasa does it on its event loop, without a pause."""
        parse = processor.parse_message

        async def parse_message(message: UserMessage, *given: Any, **named: Any) -> dict[str, Any]:
            parsed = partial(parse, message, *given, **named)
            thread = self._understanding[len(message.text or "") > LONG]

            def understood() -> dict[str, Any]:
                told = {OWNER: self.handoff.told(message.input_channel or "")} if self.handoff else {}
                return {**asyncio.run(parsed()), **told}

            return await asyncio.get_running_loop().run_in_executor(thread, understood)

        processor.parse_message = parse_message

    async def _there(self, work: Coroutine[Any, Any, Any]) -> Any:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))


def advisor_of(app: Sanic) -> Advisor:
    """The advisor of a server, made of its agent when it is first asked for."""
    if not hasattr(app.ctx, "advisor"):
        app.ctx.advisor = Advisor(app.ctx.agent, getattr(app.ctx, "handoff", None))
    return app.ctx.advisor


async def _nothing() -> bool:
    return True
