"""Which answer a message gets: talk, an alarm, or the documents."""

from __future__ import annotations

import pytest

from actions.answer import Answer
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


def first_fact(answer: Answer | str) -> str:
    """The words of the fact that an answer tells first; what it says where it tells none."""
    return answer if isinstance(answer, str) else answer.occupation.facts[answer.facts[0]].text


@pytest.mark.parametrize("alarm", ALARMS)
@pytest.mark.parametrize("text", ["i hurt my back lifting heavy parts", "nobody reads the blueprints any more"])
def test_no_fact_outweighs_an_alarm_however_unsure(answer_to, alarm, text):
    assert answer_to(text, alarm, 0.3) == f"utter_{alarm}"


def test_a_conclusion_is_answered_and_an_opinion_is_heard(answer_to):
    assert first_fact(answer_to("hm, so I'd have to lift heavy stuff", "opinion")) == "Heavy Lifting Ability"
    assert answer_to("cool, didn't know", "opinion") == "utter_opinion"


@pytest.fixture
def after_safety(knowledge, ask) -> Thread:
    """The thread once safety was told."""
    return Thread().after(compose(knowledge, JOB, ask("is it dangerous?", "ask_safety"), Thread()))


def test_a_question_that_is_hardly_talk_leans_on_what_was_said(answer_to, after_safety):
    assert answer_to("is that so?", "how_are_you", 0.3, after_safety).facts[0] in after_safety.focus
    assert answer_to("and how are you?", "how_are_you", 0.9, after_safety) == "utter_how_are_you"


@pytest.mark.parametrize(
    ("text", "intent"), [("ok cool", "thanks"), ("see ya", "goodbye"), ("you suck", "insult"), ("hmm ok", "aside")]
)
def test_unsure_talk_that_asks_nothing_stays_talk(answer_to, after_safety, text, intent):
    assert answer_to(text, intent, 0.45, after_safety) == f"utter_{intent}"


@pytest.mark.parametrize("text", ["pottery?", "french?", "and do they need pottery?"])
def test_what_was_said_before_makes_no_answer_of_a_gap(knowledge, ask, answer_to, text):
    thread = Thread().after(compose(knowledge, JOB, ask("any special requirements?", "ask_requirements"), Thread()))
    assert answer_to(text, "ask_one_skill", 0.9, thread).response == "utter_gap_one_skill"


def test_where_it_comes_from_is_said_only_to_those_who_surely_ask(answer_to):
    assert answer_to("says who?", "ask_source", 0.9) == "utter_source"
    assert answer_to("where do they lift heavy things", "ask_source", 0.3) != "utter_source"
