"""What yes or no would answer, what one of two, what one detail, and what a list."""

from __future__ import annotations

import pytest

from actions.question import Question
from actions.wanted import asks_detail, asks_time, asks_whether, chooses, compares, tells_time


def question(text: str, clause: str = "", does: str = "open") -> Question:
    """A question of some words, with the clause that reports it, and what it does."""
    return Question(text, "ask_one_skill", 0.9, clause=clause, does=does)


@pytest.mark.parametrize(
    "asked",
    [
        question("is it loud", "whether it is loud", "whether"),
        question("so no math, just buttons", "", "whether"),
        question("so i have to lift things", "whether you have to lift things", "whether"),
        question("hydraulics?", "anything about hydraulics"),
    ],
)
def test_yes_or_no_would_answer_it(asked):
    assert asks_whether(asked)


@pytest.mark.parametrize(
    "asked",
    [
        question("how loud is it", "how loud it is", "whether"),
        question("quality control = ?", "", "open"),
        question("is it loud or quiet", "", "choice"),
        question("it is loud there", "", "talk"),
        question("outlook?", "anything about outlook"),
        question("I worked in a bank, so I have no background", "whether you have no background", "whether"),
    ],
)
def test_yes_or_no_would_not_answer_it(asked):
    assert not asks_whether(asked)


def test_what_a_word_means_is_no_yes_or_no_question():
    meant = Question("quality control analysis =?", "ask_meaning", 0.98, clause="anything about it", does="whether")
    assert not asks_whether(meant)


def test_a_thing_that_is_only_named_may_be_asked_for_as_a_list():
    assert not asks_whether(question("skills?"), named=False)


def test_neither_yes_nor_no_chooses_between_two():
    assert chooses(question("is it loud or quiet", does="choice"))
    assert not chooses(question("is it loud or not", does="whether"))


@pytest.mark.parametrize(
    ("text", "is_compared"),
    [
        ("does that pay more", True),
        ("would it be a real pay cut", True),
        ("would she earn a lot more there", False),
        ("do they make more than $60,000", False),
        ("is it more than this job", True),
    ],
)
def test_more_than_what_was_talked_of_is_decided_by_no_fact_about_one(text, is_compared):
    assert compares(question(text)) is is_compared


@pytest.mark.parametrize("clause", ["how much math", "when they start", "which tools they use", "what time it ends"])
def test_one_detail_is_asked_for(clause):
    assert asks_detail(question("?", clause))


@pytest.mark.parametrize("clause", ["what the job is", "whether it is loud", "how to get in", "how you get in", ""])
def test_a_list_would_answer_it_or_yes_or_no(clause):
    assert not asks_detail(question("?", clause))


@pytest.mark.parametrize(
    ("text", "asked_for"),
    [("how long is it", True), ("how many more yrs till i can", True), ("how many tools", False), ("so long", False)],
)
def test_how_long_something_takes_is_asked(text, asked_for):
    assert asks_time(question(text)) is asked_for


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Most learn in a 4- or 5-year apprenticeship.", True),
        ("It takes several months.", True),
        ("It takes 2 full years.", True),
        ("It pays $40,000 a year.", False),
        ("Many work year round.", False),
    ],
)
def test_how_long_something_takes_is_told(text, told):
    assert tells_time(text) is told
