"""What a page shows of a conversation that Rasa remembers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy import insert

from bot.channels.web.history import PAGE, entries, page
from bot.said import EVENTS, Said
from bot.store import Store

PAYLOAD = '/ask_skills{"occupation": "welder"}'
OFFER = {"buttons": [{"title": "Skills needed", "payload": PAYLOAD}]}


def asked(text: str, message_id: str) -> dict[str, Any]:
    return {"event": "user", "text": text, "metadata": {"message_id": message_id}}


def told(text: str, **shown: Any) -> dict[str, Any]:
    return {"event": "bot", "text": text, "data": shown}


def numbered(*events: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate(events, 1))


@pytest.fixture
def said(tmp_path) -> Said:
    """A database with Rasa's table in it, and nothing said."""
    SQLTrackerStore(dialect="sqlite", db=str(tmp_path / "said.sqlite"))
    return Said(Store(f"sqlite:///{tmp_path / 'said.sqlite'}"))


def keep(said: Said, *events: dict[str, Any], conversation: str = "web:a") -> None:
    rows = [
        {"sender_id": conversation, "type_name": event["event"], "timestamp": 1.0, "data": json.dumps(event)}
        for event in events
    ]
    with said._store.engine().begin() as connection:
        connection.execute(insert(EVENTS), rows)


def test_replies_carry_the_id_of_their_message_and_what_was_asked():
    shown = entries(
        numbered(
            asked("hello, and what is it?", "m1"),
            told("Hello!"),
            told("It is a job.", custom={"sources": [{"line": 1}]}),
        )
    )
    assert [(each.who, each.id, each.question) for each in shown] == [
        ("person", "m1", ""),
        ("advisor", "m1.1", "hello, and what is it?"),
        ("advisor", "m1.2", "hello, and what is it?"),
    ]
    assert shown[2].sources == [{"line": 1}]


def test_a_button_that_was_pressed_reads_as_its_title():
    events = [asked("what is it?", "m1"), told("It is a job.", **OFFER), asked(PAYLOAD, "m2"), told("Welding.")]
    shown = entries(numbered(*events))
    assert [each.text for each in shown] == ["what is it?", "It is a job.", "Skills needed", "Welding."]
    assert shown[3].question == "Skills needed"


def test_what_the_channel_itself_tells_the_bot_is_not_shown():
    assert [each.text for each in entries(numbered(asked("/signal_too_long", "m1"), told("That was long.")))] == [
        "That was long."
    ]


def test_a_message_that_was_sent_again_stands_there_once():
    shown = entries(numbered(asked("hello", "m1"), asked("hello", "m1"), told("Hello!")))
    assert [(each.id, each.text) for each in shown] == [("m1", "hello"), ("m1.1", "Hello!")]


@pytest.mark.parametrize("length", [PAGE - 2, PAGE - 1, PAGE, PAGE + 1])
def test_a_message_that_was_sent_again_stands_once_in_all_pages(said, length):
    keep(said, *[asked("x", f"x{number}") for number in range(PAGE)])
    keep(said, asked("is it open?", "m1"), asked("hello", "m2"), asked("is it open?", "m1"), told("No."))
    keep(said, *[asked("y", f"y{number}") for number in range(length)])
    shown, before = page(said, "web:a")
    while before is not None:
        earlier, before = page(said, "web:a", before=before)
        shown = earlier + shown
    assert [each.text for each in shown if each.id.startswith("m")] == ["hello", "is it open?", "No."]
    assert len(shown) == PAGE + 3 + length


def test_a_long_conversation_comes_in_pages_that_fit_together(said):
    for number in range(200):
        keep(said, asked(f"question {number}", f"m{number}"), told(f"answer {number}"))
    keep(said, asked("of another", "m1"), conversation="web:b")
    texts, before = [], None
    while True:
        shown, before = page(said, "web:a", before=before)
        assert shown[0].who == "person"
        assert len(shown) < 2 * PAGE
        texts = [each.text for each in shown] + texts
        if before is None:
            break
    assert texts == [text for number in range(200) for text in (f"question {number}", f"answer {number}")]


def test_a_button_offered_on_the_page_before_reads_as_its_title(said):
    keep(said, *[asked("x", f"x{number}") for number in range(30)], told("A job.", **OFFER), asked(PAYLOAD, "m1"))
    keep(said, *[told("answer") for _ in range(PAGE - 1)])
    shown, before = page(said, "web:a")
    assert before is not None
    assert shown[0].text == "Skills needed"


def test_a_conversation_without_a_word_has_one_empty_page(said):
    assert page(said, "web:a") == ([], None)
