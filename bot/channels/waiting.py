"""Whose turn it is: people wait in one bounded line, in which everybody's conversations come round in fair order."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

WAIT = 5  # seconds after which to try again where the line is full
LATELY = 16  # turns: who had none of them is let pass by those who did


class Full(Exception):
    """No more can wait; `wait` is the number of seconds after which to try again."""

    def __init__(self, wait: int = WAIT) -> None:
        super().__init__("The advisor is busy.")
        self.wait = wait


class Line:
    """Lets `at_once` turns run, and `longest` wait; of one visitor, `at_once_of_one` and `longest_of_one` at most.

    Visitors come in turn, first who had none lately, and so do the conversations of a visitor (a school is one address
    and many people). Of a conversation one turn runs at a time, in the order they came. Where those who ask much have
    filled the line, as many again may wait of visitors who have less than their part of it.
    """

    def __init__(self, *, at_once: int, at_once_of_one: int, longest: int, longest_of_one: int) -> None:
        self._at_once = at_once
        self._at_once_of_one = at_once_of_one
        self._longest = longest
        self._longest_of_one = longest_of_one
        self._running: dict[str, str] = {}  # the visitor of each conversation
        self._waiting: OrderedDict[str, OrderedDict[str, deque[asyncio.Future[None]]]] = OrderedDict()
        self._lately: deque[str] = deque(maxlen=LATELY)  # the visitors of the last turns

    def __len__(self) -> int:
        return sum(map(self._length_of, self._waiting))

    def refuse_more(self, visitor: str) -> None:
        """Raises `Full` where nobody more can wait, or no more of this visitor's."""
        waiting, own = len(self), self._length_of(visitor)
        part = self._longest / len({*self._waiting, visitor})
        if own >= self._longest_of_one or waiting >= self._longest and (own >= part or waiting >= 2 * self._longest):
            raise Full

    @asynccontextmanager
    async def turn(self, visitor: str, conversation: str) -> AsyncIterator[None]:
        """A turn of a conversation, when it has come."""
        came = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(visitor, OrderedDict()).setdefault(conversation, deque()).append(came)
        self._go_on()
        try:
            await came
            yield
        finally:
            if came.done() and not came.cancelled():
                self._running.pop(conversation, None)
            else:
                self._leave(visitor, conversation, came)
            self._go_on()

    def _length_of(self, visitor: str) -> int:
        return sum(map(len, self._waiting.get(visitor, {}).values()))

    def _go_on(self) -> None:
        while len(self._running) < self._at_once and (following := self._following()):
            visitor, conversation = following
            came = self._waiting[visitor][conversation][0]
            self._running[conversation] = visitor
            self._lately.append(visitor)
            came.set_result(None)
            self._leave(visitor, conversation, came)
            if visitor in self._waiting:
                self._waiting.move_to_end(visitor)
                if conversation in self._waiting[visitor]:
                    self._waiting[visitor].move_to_end(conversation)

    def _following(self) -> tuple[str, str] | None:
        """The visitor and the conversation that are next; `None` where all that wait have what is theirs already."""
        running = Counter(self._running.values())
        last = {visitor: number for number, visitor in enumerate(self._lately)}
        return next(
            (
                (visitor, conversation)
                for visitor, conversations in sorted(self._waiting.items(), key=lambda each: last.get(each[0], -1))
                if running[visitor] < self._at_once_of_one
                for conversation in conversations
                if conversation not in self._running
            ),
            None,
        )

    def _leave(self, visitor: str, conversation: str, came: asyncio.Future[None]) -> None:
        conversations = self._waiting[visitor]
        conversations[conversation].remove(came)
        if not conversations[conversation]:
            del conversations[conversation]
        if not conversations:
            del self._waiting[visitor]
