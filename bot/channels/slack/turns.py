"""Turns kept before Slack is thanked, each done once, in order, by one of several servers, through restarts."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from bot.channels.slack.delivery import Refused
from bot.channels.slack.events import EDIT, Turn
from bot.store import Store

PREFIX = "slack:"
THREAD = "slack-thread:"
SIGNATURE = "slack-signature:"
STOPPED = '{"stopped": true}'  # kept of a turn that somebody gave up
LEASE = 60  # seconds after which a turn whose server says nothing any more is another's
BEAT = 15  # seconds between two signs of life
KEPT = 3 * 24 * 3600  # seconds; Slack itself gives up after an hour
LATEST = 5  # seconds that a turn waits for others to be taken
GRACE = 5  # seconds that the turns at work have to end when the server stops

Found = TypeVar("Found")
Message = tuple[str, str, "str | None"]  # as `Store.take_all` takes them
logger = logging.getLogger(__name__)


class Turns:
    """Takes turns into the store and has them done: one at a time in a conversation, conversations side by side.

    `do` does a turn and returns what is kept of it; its last argument is true where a server died over that turn.
    """

    def __init__(self, store: Store, do: Callable[[Turn, bool], Awaitable[str]]) -> None:
        self._store = store
        self._do = do
        # One thread: turns are taken in the order they come in, and SQLite has one writer anyway.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="slack-store")
        self._waiting: dict[str, deque[tuple[Turn, bool]]] = {}
        self._workers: dict[str, asyncio.Task] = {}
        self._ours: set[str] = set()
        self._doing: dict[str, asyncio.Task[str]] = {}
        self._coming: list[tuple[tuple[Message, ...], asyncio.Future]] = []
        self._keeping: asyncio.Task | None = None

    async def take(self, turn: Turn) -> None:
        """Keep a turn and put it in its conversation's line, unless anybody has taken it before."""
        known = [(THREAD + turn.place, "", "")] if turn.thread and turn.kind in ("message", EDIT) else []
        if (await self._kept((turn.key, turn.as_json(), None), *known))[0]:
            self._line_up(turn, again=False)

    async def is_first(self, signature: str) -> bool:
        """Whether none of our servers has seen a request with this signature."""
        return (await self._kept((SIGNATURE + signature, "", "")))[0]

    async def kept(self, key: str) -> dict[str, Any]:
        """What was kept of a turn; empty where there was none, or it is not done yet."""
        return json.loads(await self._in_store(self._store.result, key) or "{}")

    async def last(self, thread: str) -> dict[str, Any] | None:
        """What was kept by `answered` of a thread; empty before the answer, `None` where nobody called us lately."""
        key = THREAD + thread
        coming = (message[0] for messages, _ in self._coming for message in messages)
        kept = await self._in_store(self._store.result, key)
        return json.loads(kept or "{}") if kept is not None or key in coming else None

    async def answered(self, turn: Turn, *, ts: str, asks: bool) -> None:
        """Keep where our last answer in a thread stands, and whether it asks something: nothing of what people say."""
        if turn.thread:
            await self._in_store(self._store.finish, THREAD + turn.place, json.dumps({"ts": ts, "asks": asks}))

    async def begins_sending(self, turn: Turn) -> bool:
        """Whether an answer that Slack does not show us again is sent for the first time; asked right before it is."""
        return (await self._kept((f"{turn.key}~sending", "", "")))[0]

    async def stop(self, place: str) -> bool:
        """Give up what is not answered yet in a thread, by whichever server; whether there was anything."""
        given_up = [key for key, _, _ in await self._in_store(self._unfinished, f"{place}:", time.time() + 1)]
        for key in given_up:
            await self._in_store(self._store.finish, key, STOPPED)
            if key in self._doing:
                self._doing[key].cancel()
        return bool(given_up)

    async def is_stopped(self, turn: Turn) -> bool:
        """Whether a turn was given up since it was taken."""
        return await self._in_store(self._store.result, turn.key) == STOPPED

    async def beat(self) -> None:
        """Until cancelled: show that we are at our turns, and take over those of servers that died."""
        while True:
            try:
                await self._in_store(self._renew, time.time())
                for key, payload, taken_at in await self._in_store(self._unfinished, PREFIX, time.time() - LEASE):
                    if key not in self._ours and await self._in_store(self._store.retake, key, taken_at):
                        self._line_up(Turn.of_json(payload), again=True)
                await self._in_store(lambda: self._store.forget(before=time.time() - KEPT, prefix="slack"))
            except Exception:  # a database that is away for a while must not end this
                logger.exception("Slack: the messages taken could not be looked through; trying again.")
            await asyncio.sleep(BEAT)

    async def close(self) -> None:
        """Let the turns at work end, and leave the others to the next server at once."""
        workers = list(self._workers.values())
        for waiting in self._waiting.values():
            waiting.clear()
        if workers:
            await asyncio.wait(workers, timeout=GRACE)
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        await self._in_store(self._renew, time.time() - LEASE)
        self._thread.shutdown()

    async def _kept(self, *messages: Message) -> list[bool]:
        """Take messages, together with all that came in while the store was busy: one write for all of them."""
        outcome = asyncio.get_running_loop().create_future()
        self._coming.append((messages, outcome))
        if len(self._coming) == 1:
            self._keeping = asyncio.create_task(self._keep())
        return await outcome

    async def _keep(self) -> None:
        while coming := list(self._coming):
            try:
                taken = iter(await self._in_store(self._store.take_all, [each for all_, _ in coming for each in all_]))
                for messages, outcome in coming:
                    answer = [next(taken) for _ in messages]
                    if not outcome.done():  # Slack has hung up
                        outcome.set_result(answer)
            except Exception as error:
                for _, outcome in coming:
                    if not outcome.done():
                        outcome.set_exception(error)
            del self._coming[: len(coming)]

    def _renew(self, taken_at: float) -> None:
        self._store.renew(list(self._ours), taken_at=taken_at)

    def _unfinished(self, prefix: str, before: float) -> list[tuple[str, str, float]]:
        return self._store.unfinished(prefix, before=before)

    def _line_up(self, turn: Turn, *, again: bool) -> None:
        self._ours.add(turn.key)
        self._waiting.setdefault(turn.conversation, deque()).append((turn, again))
        if turn.conversation not in self._workers:
            self._workers[turn.conversation] = asyncio.create_task(self._work(turn.conversation))

    async def _work(self, conversation: str) -> None:
        waiting = self._waiting[conversation]
        try:
            while waiting:
                await self._thanks_first()
                if waiting:
                    await self._finish(*waiting.popleft())
        finally:
            del self._waiting[conversation], self._workers[conversation]

    async def _thanks_first(self) -> None:
        """Let requests that Slack waits for go before the work they bring; for a while, lest it never begins."""
        end = time.monotonic() + LATEST
        while self._coming and time.monotonic() < end:
            await asyncio.sleep(0.01)

    async def _finish(self, turn: Turn, again: bool) -> None:
        if await self.is_stopped(turn):
            self._ours.discard(turn.key)
            return
        doing = self._doing[turn.key] = asyncio.create_task(self._do(turn, again))
        try:
            result = await doing
        except asyncio.CancelledError:
            if not await self.is_stopped(turn):
                raise
            self._ours.discard(turn.key)
            return
        except Refused:
            return  # said once where it was found; kept for a server whose token is good
        except Exception:
            logger.exception("Slack: %s could not be answered.", turn.key)
            result = ""
        finally:
            del self._doing[turn.key]
        await self._in_store(self._store.finish, turn.key, result)
        self._ours.discard(turn.key)

    async def _in_store(self, call: Callable[..., Found], *arguments: Any) -> Found:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call, *arguments)
