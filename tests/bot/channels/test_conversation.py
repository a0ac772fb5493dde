"""What Rasa is given of what people send."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.advisor import Advisor
from bot.channels.conversation import EMPTY, THANKS, TOO_LONG, Replies, as_sent, clean, converse, readable
from bot.handoff.handoff import Handoff
from bot.handoff.left import Left, LeftQuestions
from bot.owner import OwnerSettings
from bot.said import Said
from bot.store import Store
from bot.tracker_store import WindowStore

OFFERED = '/ask_skills{"occupation": "production-technician"}'


@pytest.fixture
def advisor(tmp_path) -> Iterator[Advisor]:
    """An advisor that has offered one payload in the conversation `web:a`."""
    store = WindowStore(Domain.empty(), host=f"sqlite:///{tmp_path / 'trackers.sqlite'}")
    tracker = DialogueStateTracker("web:a", [])
    tracker.update(BotUttered("Hello!", {"buttons": [{"title": "Skills", "payload": OFFERED}]}))
    asyncio.run(store.save(tracker))
    advisor = Advisor(Agent(domain=Domain.empty(), tracker_store=store))
    yield advisor
    advisor.stop()


@pytest.mark.parametrize(
    ("conversation", "text", "given"),
    [
        ("web:a", OFFERED, OFFERED),
        ("web:b", OFFERED, OFFERED[1:]),
        ("web:a", '/ask_skills{"occupation": "another"}', 'ask_skills{"occupation": "another"}'),
        ("web:a", "/restart", "restart"),
        ("web:a", " \u200b/restart", "restart"),
        ("web:a", "///", EMPTY),
        ("web:a", "/ /", EMPTY),
        ("web:a", "hello / there", "hello / there"),
        ("web:a", "x" * 2001, TOO_LONG),
        ("web:a", "\ufdfa" * 200, TOO_LONG),  # which is written as eighteen letters each
        ("web:a", "👍🏽", THANKS),
        ("web:a", "🤔", EMPTY),
        ("web:a", None, EMPTY),
    ],
)
def test_a_payload_passes_only_where_it_was_offered(advisor, conversation, text, given):
    assert asyncio.run(as_sent(advisor, conversation, text)) == given


@pytest.mark.parametrize(
    ("sent", "cleaned"),
    [
        ("  what\tdoes\n\nit pay?  ", "what does\nit pay?"),
        ("𝗪𝗵𝗮𝘁 ｄｏｅｓ it pay？", "What does it pay?"),
        ("<p>Is the shop <b>loud</b>?</p>&nbsp;<br>", "Is the shop loud ?"),
        ('<A href="x">pay</a><br/>for <jobs>', "pay for <jobs>"),
        ("what\u200bdoes\u200bit pay", "what does it pay"),
        ("my ssn is 321-54-9876", "my ssn is •••"),
        ("cafe\u0301", "café"),
        ("a\u200bb\u202ec\x00d", "a bcd"),
        ("y\ud83dz", "yz"),
        ("z\u0337\u0321\u031b\u0332\u0330a", "z\u0337\u0321a"),
        ("नमस्ते दुनिया", "नमस्ते दुनिया"),
        ("مرحبا", "مرحبا"),
        (None, ""),
        (5, ""),
    ],
)
def test_a_message_is_cleaned_to_its_words(sent, cleaned):
    assert clean(sent) == cleaned


@pytest.mark.parametrize("text", ["a", "7", "你", "why?"])
def test_letters_and_digits_can_be_read(text):
    assert readable(text)


@pytest.mark.parametrize("text", ["", "...", "-- ,", "()", "???", "😂😂😂", "¯\\_(ツ)_/¯"])
def test_bare_punctuation_and_symbols_cannot(text):
    assert not readable(text)


class Leaving(Agent):
    """Leaves a question whatever it is told, and keeps what it was told."""

    async def handle_message(self, message: UserMessage) -> None:
        tracker = await self.tracker_store.get_or_create_tracker(message.sender_id)
        tracker.update(UserUttered(message.text))
        await self.tracker_store.save(tracker)
        left = {"kind": "leave", "question": "Is there a bus?", "reach": "ada@example.org"}
        told = {} if message.text.startswith("/") else {"custom": left}
        await message.output_channel.send_response(message.sender_id, {"text": f"So: {message.text}", **told})


class Meanwhile:
    """A receiver during whose work something else happens."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self.happens = happens

    async def send(self, to: str, left: Left, *, timeout: float) -> None:
        await asyncio.to_thread(self.happens)


@pytest.mark.parametrize("forgets", [True, False])
def test_a_conversation_that_is_forgotten_while_its_question_is_sent_stays_forgotten(tmp_path, forgets):
    url = f"sqlite:///{tmp_path / 'trackers.sqlite'}"
    settings, said = OwnerSettings(url, environ={}), Said(Store(url))
    settings.set("leads_webhook", "https://example.org/questions")
    receiver = Meanwhile(lambda: forgets and said.forget("web:a"))
    handoff = Handoff(settings, LeftQuestions(Store(url)), {"webhook": receiver})
    agent = Leaving(domain=Domain.empty(), tracker_store=WindowStore(Domain.empty(), host=url))
    advisor, output = Advisor(agent, handoff), Replies()
    try:
        told = {"conversation": "web:a", "visitor": "x", "channel": "web", "output": output}
        assert asyncio.run(converse(advisor, "leave it", **told))
    finally:
        advisor.stop()
    sent = [] if forgets else ["So: /signal_left_sent"]
    assert [reply["text"] for reply in output.messages] == ["So: leave it", *sent]
    assert said.conversations() == ([] if forgets else ["web:a"])
