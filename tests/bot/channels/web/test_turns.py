"""A website's messages: each answered once and in order, to the end, whoever fails or leaves meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Iterator
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered

from bot.channels import conversation
from bot.channels.advisor import Advisor
from bot.channels.web import turns
from bot.channels.web.history import MESSAGE_ID
from bot.channels.web.turns import Message, Turns
from bot.said import Said
from bot.store import Store
from bot.tracker_store import WindowStore

ONE = Message("web:a", "m1", "hello")
TYPING, END = {"type": "typing"}, {"type": "end"}
SORRY = {"type": "error", "error": "Not now."}
DOMAIN = {
    "responses": {
        "utter_unavailable": [{"text": "Not now."}],
        "utter_forgotten": [{"text": "{conversations}, {messages}, {opinions}"}],
    }
}


class Parrot:
    """In the place of Rasa's agent: says what it hears, word by word, and remembers in which order.

    It is silent as many times as it is told to, as where the action server is away, and keeps what was said.
    """

    processor = None

    def __init__(self, url: str, *, silent: int = 0, hanging: int = 0) -> None:
        self.domain = Domain.from_dict(DOMAIN)
        self.tracker_store = WindowStore(self.domain, host=url)
        self.heard: list[str] = []
        self._silent, self._hanging = silent, hanging

    async def handle_message(self, message: UserMessage) -> None:
        self.heard.append(message.text)
        if len(self.heard) <= self._hanging:
            await asyncio.sleep(60)
        tracker = await self.tracker_store.get_or_create_tracker(message.sender_id)
        tracker.update(UserUttered(message.text, metadata=message.metadata))
        await self.tracker_store.save(tracker)
        for word in message.text.split() if len(self.heard) > self._silent else []:
            await asyncio.sleep(0.01)
            said = {"custom": {"kind": "forget"}} if word == "forget" else {"text": word}
            await message.output_channel.send_response(message.sender_id, said)


@pytest.fixture
def url(tmp_path) -> str:
    return f"sqlite:///{tmp_path / 'store.sqlite'}"


@pytest.fixture
def parrot(url) -> Iterator[Any]:
    """Makes advisors of parrots, and stops them."""
    made: list[Advisor] = []

    def make(**options: int) -> tuple[Parrot, Advisor]:
        agent = Parrot(url, **options)
        made.append(Advisor(agent))
        return agent, made[-1]

    yield make
    for advisor in made:
        advisor.stop()


@pytest.fixture
def store(url) -> Store:
    return Store(url)


async def lines(answering: Turns, advisor: Advisor, message: Message) -> list[dict[str, Any]]:
    return [line async for line in answering.answer(advisor, message)]


async def ready() -> bool:
    return True


def run(coroutine: Coroutine) -> Any:
    return asyncio.run(coroutine)


def test_each_reply_is_a_line_with_an_id(store, parrot):
    told = run(lines(Turns(store, ready), parrot()[1], Message("web:a", "m1", "good morning")))
    assert [told[0], told[-1]] == [TYPING, END]
    assert [(line["id"], line["text"]) for line in told[1:-1]] == [("m1.1", "good"), ("m1.2", "morning")]


def test_a_message_sent_again_gets_the_same_replies_also_from_another_server(store, parrot):
    agent, advisor = parrot()
    first = run(lines(Turns(store, ready), advisor, ONE))
    assert run(lines(Turns(store, ready), advisor, ONE)) == first
    assert agent.heard == ["hello"]


def test_a_message_sent_again_meanwhile_waits_for_the_answer(store, parrot):
    agent, advisor = parrot()

    async def twice() -> list[list[dict[str, Any]]]:
        return await asyncio.gather(lines(Turns(store, ready), advisor, ONE), lines(Turns(store, ready), advisor, ONE))

    first, again = run(twice())
    assert first == again
    assert agent.heard == ["hello"]


def test_messages_of_one_conversation_are_answered_one_after_the_other(store, parrot):
    (agent, advisor), answering = parrot(), Turns(store, ready)

    async def all_at_once() -> None:
        messages = [Message("web:a", f"m{number}", f"{number} and more words") for number in range(5)]
        await asyncio.gather(*(lines(answering, advisor, message) for message in messages))

    run(all_at_once())
    assert agent.heard == [f"{number} and more words" for number in range(5)]


def test_a_turn_is_finished_where_nobody_listens_any_more(store, parrot):
    (agent, advisor), answering = parrot(), Turns(store, ready)

    async def leave_and_come_back() -> list[dict[str, Any]]:
        listening = answering.answer(advisor, ONE)
        assert await listening.__anext__() == TYPING
        await listening.aclose()
        return await lines(answering, advisor, ONE)

    assert run(leave_and_come_back())[1]["text"] == "hello"
    assert agent.heard == ["hello"]


def test_what_a_server_took_and_never_answered_is_taken_over(store, parrot, monkeypatch):
    monkeypatch.setattr(turns, "LOST", 0)
    store.take(ONE.key)
    assert run(lines(Turns(store, ready), parrot()[1], ONE))[1]["text"] == "hello"


def test_what_a_server_answered_and_died_before_saying_so_is_not_asked_again(store, parrot, monkeypatch):
    monkeypatch.setattr(turns, "LOST", 0)
    agent, advisor = parrot()
    before = Message("web:a", "m0", "earlier")
    run(lines(Turns(store, ready), advisor, before))

    async def answer_and_die() -> None:
        tracker = await agent.tracker_store.get_or_create_tracker("web:a")
        tracker.update(UserUttered(ONE.text, metadata={MESSAGE_ID: ONE.id}))
        tracker.update(BotUttered("hi", {"custom": {"sources": [{"line": 5}]}}))
        tracker.update(BotUttered("there", {"buttons": [{"title": "Pay", "payload": "/ask_pay"}]}))
        await agent.tracker_store.save(tracker)

    run(answer_and_die())
    store.take(ONE.key)
    replies = run(lines(Turns(store, ready), advisor, ONE))[1:-1]
    assert [(line["id"], line["text"]) for line in replies] == [("m1.1", "hi"), ("m1.2", "there")]
    assert (replies[0]["sources"], replies[1]["buttons"][0]["title"]) == ([{"line": 5}], "Pay")
    assert run(lines(Turns(store, ready), advisor, ONE))[1:-1] == replies
    assert agent.heard == ["earlier"]


def test_what_another_server_still_answers_is_not_asked_again(store, parrot, monkeypatch):
    monkeypatch.setattr(turns, "RESTART", 0.3 - turns.LOST)
    monkeypatch.setattr(turns, "PATIENCE", 0)
    store.take(ONE.key)
    agent, advisor = parrot()
    assert run(lines(Turns(store, ready), advisor, ONE)) == [TYPING, SORRY, END]
    assert agent.heard == []


@pytest.mark.parametrize("failing", [{"silent": 1}, {"hanging": 1}])
def test_a_message_that_could_not_be_answered_is_answered_when_it_is_sent_again(store, parrot, monkeypatch, failing):
    monkeypatch.setattr(conversation, "PATIENCE", 1)
    agent, advisor = parrot(**failing)
    assert run(lines(Turns(store, ready), advisor, ONE)) == [TYPING, SORRY, END]
    assert [event["text"] for _, event in Said(store).page("web:a", most=9)] == ["hello"]
    assert run(lines(Turns(store, ready), advisor, ONE))[1]["text"] == "hello"
    assert agent.heard == ["hello", "hello"]


def test_a_message_of_a_session_that_ended_while_it_waited_is_not_asked(store, parrot):
    agent, advisor = parrot()
    store.end_session("a", until=time.time() + 60)
    assert run(lines(Turns(store, ready), advisor, ONE)) == [TYPING, SORRY, END]
    assert agent.heard == []


def test_where_the_store_fails_the_stream_ends_all_the_same(tmp_path, parrot):
    broken = Store(f"sqlite:///{tmp_path / 'nowhere' / 'store.sqlite'}")
    assert run(lines(Turns(broken, ready), parrot()[1], ONE)) == [TYPING, SORRY, END]


def test_locks_of_conversations_do_not_pile_up(store, parrot):
    answering, (_, advisor) = Turns(store, ready), parrot()
    for number in range(20):
        run(lines(answering, advisor, Message(f"web:{number}", "m1", "hello")))
    assert len(answering._locks) <= 1


def test_who_wants_to_be_forgotten_is_told_what_was_deleted(store, parrot):
    _, advisor = parrot()
    run(lines(Turns(store, ready), advisor, Message("web:a", "m1", "good morning")))
    run(lines(Turns(store, ready), advisor, Message("web:b", "m1", "good morning")))
    assert run(lines(Turns(store, ready), advisor, Message("web:a", "m2", "forget")))[1]["text"] == "1, 2, 0"
    assert Said(store).forget("web:a").messages == 0
    assert Said(store).forget("web:b").messages == 1
