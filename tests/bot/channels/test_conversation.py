"""What Rasa is given of what people send."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from rasa.core.agent import Agent
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.advisor import Advisor
from bot.channels.conversation import EMPTY, THANKS, TOO_LONG, as_sent, clean, readable
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
        ("<p>What does it <b>pay</b>?</p>&nbsp;<br>", "What does it pay ?"),
        ('<A href="x">pay</a><br/>for <jobs>', "pay for <jobs>"),
        ("what\u200bdoes\u200bit pay", "what does it pay"),
        ("my ssn is 123-45-6789", "my ssn is •••"),
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
