"""Which answer a message gets: talk, an alarm, or the documents."""

from __future__ import annotations

import pytest
import yaml

from actions.answer import Answer
from actions.compose import compose
from actions.decide import decide
from actions.evidence import WEIGHTS, weigh
from actions.fit import Fit
from actions.thread import Thread
from tests.actions.conftest import JOB, ROOT

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
def test_no_alarm_is_as_like_the_questions_of_a_fact_as_would_make_it_a_question(knowledge, ask, alarm):
    examples = yaml.safe_load((ROOT / "data" / "nlu" / f"{alarm}.yml").read_text(encoding="utf-8"))["nlu"][0]
    texts = [line.removeprefix("- ") for line in examples["examples"].splitlines()]
    occupation = knowledge.occupation(JOB)
    assert len(texts) > 60
    assert max(weigh(knowledge, occupation, ask(text, alarm)).surest for text in texts) < WEIGHTS.gap - 0.2


@pytest.mark.parametrize("alarm", ALARMS)
def test_only_an_unsure_alarm_that_is_much_like_the_questions_of_a_fact_is_a_question(answer_to, alarm):
    text = "so nobody reads the blueprints any more?"
    assert "blueprints" in first_fact(answer_to(text, alarm, 0.6))
    assert answer_to(text, alarm, 0.9) == f"utter_{alarm}"
    assert answer_to("there is nobody any more", alarm, 0.6) == f"utter_{alarm}"


def test_a_conclusion_is_answered_and_an_opinion_is_heard(answer_to):
    assert first_fact(answer_to("hm, so I'd have to lift heavy stuff", "opinion")) == "Heavy Lifting Ability"
    assert answer_to("cool, didn't know", "opinion") == "utter_opinion"


def test_what_is_hardly_talk_leans_on_what_was_said(knowledge, ask, answer_to):
    thread = Thread().after(compose(knowledge, JOB, ask("is it dangerous?", "ask_safety"), Thread()))
    assert isinstance(answer_to("and around there", "how_are_you", 0.3, thread), Answer)
    assert answer_to("and how are you", "how_are_you", 0.9, thread) == "utter_how_are_you"


def test_where_it_comes_from_is_said_only_to_those_who_surely_ask(answer_to):
    assert answer_to("says who?", "ask_source", 0.9) == "utter_source"
    assert answer_to("where do they lift heavy things", "ask_source", 0.3) != "utter_source"
