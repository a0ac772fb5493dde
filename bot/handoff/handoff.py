"""Takes the questions that visitors leave, sends them, tries again with growing waits, and says how it went."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple, Protocol

from bot.edge.limits import Limit, TooMany
from bot.handoff.left import Left, LeftQuestions
from bot.handoff.webhook import NotSent
from bot.owner import Owner, OwnerSettings

MOST_OF_ONE, MOST = 3, 120  # questions an hour, of one conversation and of all
FIRST_TRY, LATER_TRY = 5, 30  # seconds; the first one keeps a visitor waiting
SHORTEST_WAIT, LONGEST_WAIT = 15, 3600  # seconds between two tries
GIVEN_UP = 3 * 24 * 3600  # seconds after which a question is no longer tried
LEASE = 90  # seconds that a try may take before another server takes it over
ROUND, REST = 2, 60  # seconds between two looks at what is due; after one that failed
LONGEST_QUESTION, LONGEST_REACH = 1000, 254  # characters
SENT, LATER, FAILED, ENOUGH = "signal_left_sent", "signal_left_later", "signal_left_failed", "signal_left_enough"
ARRIVED, GONE = "signal_left_arrived", "signal_left_given_up"  # what became of one that was to be tried again

logger = logging.getLogger(__name__)


class Receiver(Protocol):
    """Where questions can be sent to."""

    async def send(self, to: str, left: Left, *, timeout: float) -> None:
        """One try; raises `NotSent`."""


class Taken(NamedTuple):
    """A question that was taken, for each receiver; none where it was not, or is taken already. What to say if so."""

    kept: list[Left]
    signal: str


class Handoff:
    """Ways to a person. `receivers` are those that this advisor has the means for, by name: slack, webhook."""

    def __init__(self, settings: OwnerSettings, left: LeftQuestions, receivers: Mapping[str, Receiver]) -> None:
        self._settings = settings
        self._left = left
        self._receivers = receivers
        self._of_visitor = Limit(burst=20, per_minute=1)  # a school has many visitors and one address
        self._failing: set[str] = set()

    def owner(self) -> Owner:
        """What the owner has set."""
        return self._settings.all()

    def told(self, channel: str) -> dict[str, Any]:
        """What the owner has set, as it travels with a message to the action server."""
        owner = self._settings.all()
        told: dict[str, Any] = {"help": owner.help(channel), "contact": owner.contact}
        if self._addresses():
            told["leave"] = {"receiver": owner.leads_name}
        return told

    def take(self, conversation: str, question: str, reach: str, *, visitor: str) -> Taken:
        """Keep a question, before it is said that it is sent: from then on it is tried, whatever becomes of us."""
        addresses = self._addresses()
        if not addresses or not 0 < len(question) <= LONGEST_QUESTION or not 0 < len(reach) <= LONGEST_REACH:
            return Taken([], FAILED)
        same = self._left.same(conversation, question, reach)
        if same is not None:  # the same message once more, after a server has died over it
            return Taken([], SENT if same else LATER)
        own, all_ = self._left.lately(conversation)
        if own >= MOST_OF_ONE or all_ >= MOST:
            return Taken([], ENOUGH)
        try:
            self._of_visitor.spend(visitor)
        except TooMany:
            return Taken([], ENOUGH)
        due_at = time.time() + LEASE
        return Taken(self._left.add(conversation, question, reach, receivers=addresses, due_at=due_at), LATER)

    async def send(self, taken: Taken) -> str:
        """Try to send what was taken; returns the signal that says how it went."""
        arrived = await asyncio.gather(*(self._send(each, timeout=FIRST_TRY) for each in taken.kept))
        if not any(arrived):
            return taken.signal
        await asyncio.to_thread(self._left.told, taken.kept[0].id)
        return SENT

    async def tell_news(self, conversation: str, give: Callable[[str], Awaitable[None]]) -> None:
        """Give the signals of what became of a conversation's questions since its visitor was last told."""
        for key, sent in (await asyncio.to_thread(self._left.news, conversation)).items():
            await give(f"/{ARRIVED if sent else GONE}")
            await asyncio.to_thread(self._left.told, key)

    async def keep(self) -> None:
        """Until cancelled: try what is due."""
        while True:
            pause = ROUND
            try:
                due = await asyncio.to_thread(lambda: self._left.due(time.time(), lease=LEASE))
                await asyncio.gather(*(self._send(each, timeout=LATER_TRY) for each in due))
            except Exception:  # a database that is away for a while must not end this
                logger.exception("The questions that visitors left could not be looked through; trying again.")
                pause = REST
            await asyncio.sleep(pause)

    def _addresses(self) -> dict[str, str]:
        """To which receivers questions go, and where each is."""
        owner = self._settings.all()
        wanted = {"slack": owner.leads_slack_channel, "webhook": owner.leads_webhook}
        return {name: address for name, address in wanted.items() if address and name in self._receivers}

    async def _send(self, left: Left, *, timeout: float) -> bool:
        """Whether a question has arrived by one try; what became of it is kept."""
        address = (await asyncio.to_thread(self._addresses)).get(left.receiver)
        try:
            if not address:
                raise NotSent("it is not set any more")
            await self._receivers[left.receiver].send(address, left, timeout=timeout)
        except NotSent as reason:
            why, wait = str(reason), min(SHORTEST_WAIT * 2**left.tries, LONGEST_WAIT)
            over = time.time() + wait > left.left_at + GIVEN_UP
            self._say(left.receiver, why, given_up=over)
            due_at = None if over else time.time() + wait
            await asyncio.to_thread(lambda: self._left.not_sent(left, why, due_at=due_at))
            return False
        if left.receiver in self._failing:
            self._failing.discard(left.receiver)
            logger.info("Questions that visitors leave arrive at the %s again.", left.receiver)
        await asyncio.to_thread(self._left.sent, left)
        return True

    def _say(self, receiver: str, why: str, *, given_up: bool) -> None:
        """Tell the log once that a receiver fails, and each time that a question is given up."""
        if given_up:
            logger.error("A visitor's question is given up: the %s fails (%s).", receiver, why)
        elif receiver not in self._failing:
            self._failing.add(receiver)
            logger.warning("A visitor's question is not sent, the %s fails (%s); trying again.", receiver, why)
