"""What yes or no would answer, what one of two, what one detail, and what a list."""

from __future__ import annotations

import pytest

from actions.question import Question
from actions.wanted import asks_detail, asks_whether, chooses


def question(text: str, clause: str = "") -> Question:
    """A question of some words, with the clause that reports it."""
    return Question(text, "ask_one_skill", 0.9, clause=clause)


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("is it loud", "whether it is loud"),
        ("so it's loud then", "whether it is loud"),
        ("can it be loud in there for a beginner", ""),
        ("any math", "anything about math"),
        ("so no math, just buttons", ""),
        ("they use robots, don't they?", ""),
        ("lifting. yes or no", ""),
        ("hydraulics?", "anything about hydraulics"),
    ],
)
def test_yes_or_no_would_answer_it(text, clause):
    assert asks_whether(question(text, clause))


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("how loud is it", "how loud it is"),
        ("what does it pay", ""),
        ("could I have the duties as a list", "whether you could have the duties as a list"),
        ("can you list the skills?", ""),
        ("Skills. Go.", "anything about skills"),
        ("in which place does she work", "in which place she works"),
    ],
)
def test_yes_or_no_would_not_answer_it(text, clause):
    assert not asks_whether(question(text, clause))


def test_a_thing_that_is_only_named_may_be_asked_for_as_a_list():
    assert not asks_whether(question("skills?"), named=False)


@pytest.mark.parametrize("text", ["is it loud or quiet", "should he train first or just apply?", "day shift or nights"])
def test_neither_yes_nor_no_chooses_between_two(text):
    assert chooses(question(text))


@pytest.mark.parametrize("text", ["is it loud or not", "is it loud or what?", "is it loud", "loud or no"])
def test_what_only_sounds_like_a_choice_is_none(text):
    assert not chooses(question(text))


@pytest.mark.parametrize("clause", ["how much math", "when they start", "which tools they use", "what time it ends"])
def test_one_detail_is_asked_for(clause):
    assert asks_detail(question("?", clause))


@pytest.mark.parametrize("clause", ["what the job is", "whether it is loud", "how to get in", "how you get in", ""])
def test_a_list_would_answer_it_or_yes_or_no(clause):
    assert not asks_detail(question("?", clause))
