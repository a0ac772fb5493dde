"""Which answer a message gets: talk, an alarm, or the documents."""

from __future__ import annotations

import pytest

from actions.answer import Answer, Verdict
from actions.compose import compose
from actions.decide import decide
from actions.fit import Fit
from actions.thread import Thread
from tests.actions.conftest import JOB

ALARMS = ("distress", "emergency")


@pytest.fixture
def answer_to(knowledge, ask):
    """A function that decides on a message of a kind, with something said before or not."""

    def answer_to(text: str, intent: str, confidence: float = 0.9, thread: Thread | None = None) -> Answer | str:
        question = ask(text, intent, confidence)
        return decide(knowledge, JOB, {"entities": []}, question, thread or Thread(), Fit(), None)

    return answer_to


@pytest.mark.parametrize("alarm", ALARMS)
@pytest.mark.parametrize("text", ["i hurt my back lifting heavy parts", "nobody reads the blueprints any more"])
def test_no_fact_outweighs_an_alarm_however_unsure(answer_to, alarm, text):
    assert answer_to(text, alarm, 0.3) == f"utter_{alarm}"


def test_an_opinion_is_heard(answer_to):
    assert answer_to("cool, didn't know", "opinion") == "utter_opinion"


@pytest.fixture
def after_safety(knowledge, ask) -> Thread:
    """The thread once safety was told."""
    return Thread().after(compose(knowledge, JOB, ask("is it dangerous?", "ask_safety"), Thread()))


def test_what_is_hardly_talk_and_asks_something_is_a_question(answer_to, reads, after_safety):
    reads(yes="dangerous area")
    assert answer_to("is that so?", "how_are_you", 0.3, after_safety).verdict is Verdict.yes
    assert answer_to("and how are you?", "how_are_you", 0.9, after_safety) == "utter_how_are_you"


@pytest.mark.parametrize(
    ("text", "intent"), [("ok cool", "thanks"), ("see ya", "goodbye"), ("you suck", "insult"), ("hmm ok", "aside")]
)
def test_unsure_talk_that_asks_nothing_stays_talk(answer_to, reads, after_safety, text, intent):
    reads()
    assert answer_to(text, intent, 0.45, after_safety) == f"utter_{intent}"


def test_where_it_comes_from_is_said_only_to_those_who_surely_ask(answer_to):
    assert answer_to("says who?", "ask_source", 0.9) == "utter_source"
    assert answer_to("where do they lift heavy things", "ask_source", 0.3) != "utter_source"
