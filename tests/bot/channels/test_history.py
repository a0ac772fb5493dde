"""What a page shows of a conversation that Rasa remembers."""

from __future__ import annotations

from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered

from bot.channels import history
from bot.channels.history import entries

PAYLOAD = '/ask_skills{"occupation": "welder"}'


def asked(text: str, message_id: str) -> UserUttered:
    return UserUttered(text, metadata={"message_id": message_id})


def test_replies_carry_the_id_of_their_message_and_what_was_asked():
    said = entries(
        [
            ActionExecuted("action_session_start"),
            asked("hello, and what is it?", "m1"),
            SlotSet("occupation", "welder"),
            BotUttered("Hello!"),
            BotUttered("It is a job.", {"custom": {"sources": [{"line": 1}]}}),
        ]
    )
    assert [(each.who, each.id, each.question) for each in said] == [
        ("person", "m1", ""),
        ("advisor", "m1.1", "hello, and what is it?"),
        ("advisor", "m1.2", "hello, and what is it?"),
    ]
    assert said[2].sources == [{"line": 1}]


def test_a_button_that_was_pressed_reads_as_its_title():
    offer = BotUttered("It is a job.", {"buttons": [{"title": "Skills needed", "payload": PAYLOAD}]})
    said = entries([asked("what is it?", "m1"), offer, asked(PAYLOAD, "m2"), BotUttered("Welding.")])
    assert [each.text for each in said] == ["what is it?", "It is a job.", "Skills needed", "Welding."]
    assert said[3].question == "Skills needed"


def test_what_the_channel_itself_tells_the_bot_is_not_shown():
    said = entries([asked("/signal_too_long", "m1"), BotUttered("That was long.")])
    assert [each.text for each in said] == ["That was long."]


def test_of_a_long_conversation_the_end_is_shown():
    said = entries([asked(str(number), f"m{number}") for number in range(500)])
    assert len(said) == history.LONGEST
    assert said[-1].text == "499"
