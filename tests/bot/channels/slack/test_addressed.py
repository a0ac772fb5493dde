"""Whom a message in a thread is for, told by its form."""

from __future__ import annotations

import time

import pytest

from bot.channels.slack.addressed import LONGEST, Scene, asks, is_for_advisor, is_for_others
from bot.channels.slack.names import calls_advisor, calls_person


def understood(intent: str = "ask_pay", confidence: float = 1.0, **entity: object) -> dict:
    """A parse of Rasa's."""
    entities = [{"entity": "occupation", **entity}] if entity else []
    return {"intent": {"name": intent, "confidence": confidence}, "entities": entities}


@pytest.mark.parametrize(
    "words",
    [
        "ada, can you check?",
        "Ada: can you check?",
        "hey bob what do you think?",
        "thanks ada, is it safe?",
        "Cyd can you take this?",
        "what do you think, bob?",
        "folks, what does it pay?",
        "Bob - is it safe?",
    ],
)
def test_a_person_is_called_by_name(words):
    assert calls_person(words)
    assert is_for_others(words, words, "U0")


@pytest.mark.parametrize(
    "words",
    [
        "ok, what does it pay?",
        "So, is it dangerous?",
        "what about pay, hours and safety?",
        "hey what does it pay?",
        "does it pay well, actually?",
        "how do you become one?",
        "thanks, and the skills?",
    ],
)
def test_nobody_is_called(words):
    assert not calls_person(words)
    assert not is_for_others(words, words, "U0")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("advisor, what does it pay?", True),
        ("hey advisor: and safety", True),
        ("and safety, career advisor?", True),
        ("hey advisor whats a logistician", True),
        ("advisor can u compare the two", True),
        ("advisor can't come today", False),
        ("hey advisor was wrong lol", False),
        ("career advisor how-to is in the wiki", False),
        ("the advisor said so", False),
        ("my advisor told me", False),
    ],
)
def test_the_advisor_is_called_by_its_name(words, expected):
    assert calls_advisor(words) is expected


@pytest.mark.parametrize(
    ("raw", "words", "expected"),
    [
        ("<@U2> what does it pay?", "what does it pay?", True),
        ("<!channel> what does it pay?", "what does it pay?", True),
        ("<@U0> what does it pay?", "what does it pay?", False),
        ("<@U0> and <@U2|bob>?", "and bob?", True),
        (":tada:", "", True),
        ("…", "…", True),
        ("/restart", "/restart", True),
        ("why? " * LONGEST, "why? " * LONGEST, True),
    ],
)
def test_what_mentions_somebody_else_or_has_no_words_is_for_others(raw, words, expected):
    assert is_for_others(raw, words, "U0") is expected


@pytest.mark.parametrize(
    ("words", "parse", "scenes"),
    [
        ("what does it pay?", understood(), {Scene.answered, Scene.overheard, Scene.resumed}),
        ("what do welders earn?", understood(start=8), set(Scene)),
        ("what does the welder want?", understood(start=14), {Scene.answered}),
        ("what should I wear?", understood("ask_dress"), {Scene.answered, Scene.resumed}),
        ("would it suit me?", understood("ask_fit"), {Scene.answered, Scene.overheard, Scene.resumed}),
        ("is it growing", understood("ask_outlook"), {Scene.answered, Scene.overheard, Scene.resumed}),
        ("and the pay", understood(), {Scene.answered, Scene.resumed}),
        ("what about welders", understood("other_career", start=11), set(Scene)),
        ("what about it", understood("other_career"), set()),
        ("which jobs are there without college", understood("ask_suggestions"), set(Scene)),
        ("what did you earn?", understood(), set()),
        ("what do we pay?", understood(), set()),
        ("does it pay on monday?", understood(), set()),
        ("and why?", understood("follow_why"), {Scene.answered}),
        ("how are you?", understood("how_are_you"), set()),
        ("what does it pay?", understood(confidence=0.7), {Scene.answered}),
        ("it pays well", understood(), set()),
    ],
)
def test_what_stands_before_a_question_decides_how_plain_it_has_to_be(words, parse, scenes):
    assert {scene for scene in Scene if is_for_advisor(words, parse, scene, asked_back=False)} == scenes


@pytest.mark.parametrize(
    ("words", "intent", "expected"),
    [("the second one", "follow_item", True), ("yes", "affirm", True), ("thanks!", "thanks", False)],
)
def test_what_it_asked_is_answered_without_a_question(words, intent, expected):
    assert is_for_advisor(words, understood(intent), Scene.answered, asked_back=True) is expected
    assert not is_for_advisor(words, understood(intent), Scene.amid, asked_back=True)


@pytest.mark.parametrize("unit", ["you, ", "hey ", "a-", "ok, ", "what ", "- ", "you need "])
def test_no_message_takes_long(unit):
    words = (unit * LONGEST)[:LONGEST]
    began = time.process_time()
    calls_person(words), calls_advisor(words), asks(words)
    is_for_advisor(words, understood(), Scene.amid, asked_back=False)
    assert time.process_time() - began < 0.05


def test_one_long_word_takes_no_time():
    words = f"and https://jobs.example/{'a' * 120}/b is the page I was on about folks so have a look"
    began = time.process_time()
    asks(words)
    assert time.process_time() - began < 0.05
