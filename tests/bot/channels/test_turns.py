"""A website's messages: each answered once and in order, to the end, whoever fails or leaves meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels import turns
from bot.channels.turns import Message, Turns
from bot.store import Store

ONE = Message("web:a", "m1", "hello")
TYPING, END = {"type": "typing"}, {"type": "end"}


class Parrot:
    """In the place of Rasa's agent: says what it hears, word by word, and remembers in which order."""

    def __init__(self, *, silent: bool = False) -> None:
        self.heard: list[str] = []
        self._silent = silent

    async def handle_message(self, message: UserMessage) -> None:
        self.heard.append(message.text)
        for word in [] if self._silent else message.text.split():
            await asyncio.sleep(0.01)
            await message.output_channel.send_response(message.sender_id, {"text": word})


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(f"sqlite:///{tmp_path / 'store.sqlite'}")


async def lines(answering: Turns, agent: Parrot, message: Message) -> list[dict[str, Any]]:
    return [line async for line in answering.answer(agent, message)]


def run(coroutine: Coroutine) -> Any:
    return asyncio.run(coroutine)


def test_each_reply_is_a_line_with_an_id(store):
    told = run(lines(Turns(store), Parrot(), Message("web:a", "m1", "good morning")))
    assert [told[0], told[-1]] == [TYPING, END]
    assert [(line["id"], line["text"]) for line in told[1:-1]] == [("m1.1", "good"), ("m1.2", "morning")]


def test_a_message_sent_again_gets_the_same_replies_also_from_another_server(store):
    agent = Parrot()
    first = run(lines(Turns(store), agent, ONE))
    assert run(lines(Turns(store), agent, ONE)) == first
    assert agent.heard == ["hello"]


def test_a_message_sent_again_meanwhile_waits_for_the_answer(store):
    agent = Parrot()

    async def twice() -> list[list[dict[str, Any]]]:
        return await asyncio.gather(lines(Turns(store), agent, ONE), lines(Turns(store), agent, ONE))

    first, again = run(twice())
    assert first == again
    assert agent.heard == ["hello"]


def test_messages_of_one_conversation_are_answered_one_after_the_other(store):
    agent, answering = Parrot(), Turns(store)

    async def all_at_once() -> None:
        messages = [Message("web:a", f"m{number}", f"{number} and more words") for number in range(5)]
        await asyncio.gather(*(lines(answering, agent, message) for message in messages))

    run(all_at_once())
    assert agent.heard == [f"{number} and more words" for number in range(5)]


def test_a_turn_is_finished_where_nobody_listens_any_more(store):
    agent, answering = Parrot(), Turns(store)

    async def leave_and_come_back() -> list[dict[str, Any]]:
        listening = answering.answer(agent, ONE)
        assert await listening.__anext__() == TYPING
        await listening.aclose()
        return await lines(answering, agent, ONE)

    assert run(leave_and_come_back())[1]["text"] == "hello"
    assert agent.heard == ["hello"]


def test_what_a_server_took_and_never_answered_is_taken_over(store, monkeypatch):
    monkeypatch.setattr(turns, "LOST", 0)
    store.take(ONE.key)
    assert run(lines(Turns(store), Parrot(), ONE))[1]["text"] == "hello"


def test_what_another_server_still_answers_is_not_asked_again(store, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.3)
    store.take(ONE.key)
    agent = Parrot()
    assert [line["type"] for line in run(lines(Turns(store), agent, ONE))] == ["typing", "error", "end"]
    assert agent.heard == []


def test_where_nothing_is_replied_the_visitor_is_told(store):
    told = run(lines(Turns(store), Parrot(silent=True), ONE))
    assert told == [TYPING, {"type": "error", "error": turns.FAILED}, END]


def test_where_the_store_fails_the_stream_ends_all_the_same(tmp_path):
    broken = Store(f"sqlite:///{tmp_path / 'nowhere' / 'store.sqlite'}")
    told = run(lines(Turns(broken), Parrot(), ONE))
    assert told == [TYPING, {"type": "error", "error": turns.FAILED}, END]


def test_locks_of_conversations_do_not_pile_up(store):
    answering = Turns(store)
    for number in range(20):
        run(lines(answering, Parrot(), Message(f"web:{number}", "m1", "hello")))
    assert len(answering._locks) <= 1
