"""What the form makes of a message at its end, where it is asked whether to send what was left."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.leave_form import QUESTION, REACH, REQUESTED, STOP, SURE, ActionAskSure, ValidateLeaveForm
from actions.render import phrase


def tracker(text: str = "", intent: str = "affirm") -> Tracker:
    """A conversation in which all was filled in, and it was asked whether to send it."""
    slots = {REQUESTED: SURE, QUESTION: "Is there a bus?", REACH: "ada@example.org", SURE: None}
    message = {"text": text, "intent": {"name": intent, "confidence": 0.95}}
    return Tracker("web:a", slots, message, [], False, None, {}, "action_listen")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("yes, but to bob@example.org please", "affirm"),
        ("no, it's 555 010 0199", "deny"),
        ("ok? bob@example.org?", "affirm"),
    ],
)
def test_an_address_put_right_is_shown_before_it_is_sent_and_ends_nothing(domain, text, intent):
    assert ValidateLeaveForm().extract_left_sure(CollectingDispatcher(), tracker(text, intent), domain) == {}


def test_who_is_in_need_is_heard_whatever_address_they_name(domain):
    said = tracker("call me at 555 010 0199, I want to die", "distress")
    assert ValidateLeaveForm().extract_left_sure(CollectingDispatcher(), said, domain) == STOP


@pytest.mark.parametrize(("days", "told"), [("1", "and one day more."), ("30", "and 30 days more.")])
def test_how_long_it_is_kept_is_said_in_words_that_fit(domain, monkeypatch, days, told):
    monkeypatch.setenv("ADVISOR_RETENTION", days)
    dispatcher = CollectingDispatcher()
    ActionAskSure().run(dispatcher, tracker(), domain)
    [asked] = dispatcher.messages
    values = {name: asked[name] for name in ("receiver", "question", "reach", "days")}
    assert told in phrase(domain, asked["response"], **values)
