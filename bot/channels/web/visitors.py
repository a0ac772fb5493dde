"""Who speaks on the website: sessions that their visitors have not ended, and ending them."""

from __future__ import annotations

import asyncio
import time

from bot.channels.refusals import Refusal
from bot.channels.session import LIFETIME, Session
from bot.channels.web.turns import CHANNEL, Turns
from bot.said import Said
from bot.store import Store


class Visitors:
    """Looks up sessions in the store, and deletes what was said in them."""

    def __init__(self, store: Store, said: Said, turns: Turns) -> None:
        self._store = store
        self._said = said
        self._turns = turns

    async def opened(self, visitor: Session) -> Session:
        """The session of a visitor who has not ended it. Raises `Refusal`."""
        if await asyncio.to_thread(self._store.has_ended, visitor.id):
            raise Refusal(401, "The session has ended.")
        return visitor

    async def forget(self, visitor: Session) -> None:
        """End a session, and delete its conversation once its last message is answered."""
        conversation = conversation_of(visitor)
        async with self._turns.lock(conversation):
            await asyncio.to_thread(self._said.forget, conversation)
            await asyncio.to_thread(self._store.end_session, visitor.id, until=time.time() + LIFETIME)


def conversation_of(visitor: Session) -> str:
    """The key of a visitor's conversation."""
    return f"{CHANNEL}:{visitor.id}"
