"""Follow-ups lean on what was last said."""

from __future__ import annotations

import pytest

from actions.compose import compose
from actions.follow_up import follow_up, positions
from actions.thread import Thread
from tests.actions.conftest import JOB


@pytest.fixture
def after_skills(knowledge, ask) -> Thread:
    """The thread once the skills were told."""
    answer = compose(knowledge, JOB, ask("skills please", "ask_skills"), Thread())
    return Thread().after(answer.kind, answer.facts)


@pytest.mark.parametrize(
    ("text", "count", "picked"),
    [
        ("tell me more about the second one", 12, [1]),
        ("and the last one?", 12, [11]),
        ("number 3 pls", 12, [2]),
        ("the first two", 12, [0, 1]),
        ("the last 2", 5, [3, 4]),
        ("second to last", 5, [3]),
        ("1st", 4, [0]),
        ("the 9th", 4, [8]),
        ("hm", 4, []),
    ],
)
def test_items_are_picked_by_position(text, count, picked):
    assert positions(text, count) == picked


def test_an_item_is_the_one_of_the_list_that_was_shown(knowledge, ask, after_skills):
    answer = follow_up(knowledge, JOB, ask("the second one", "follow_item"), after_skills)
    assert answer.facts == [after_skills.listed[1]]


def test_the_next_item_still_counts_on_the_same_list(knowledge, ask, after_skills):
    second = follow_up(knowledge, JOB, ask("the second one", "follow_item"), after_skills)
    thread = after_skills.after(second.kind, second.facts, listed=second.lists)
    assert follow_up(knowledge, JOB, ask("and the last", "follow_item"), thread).facts == [after_skills.listed[-1]]


def test_an_item_beyond_the_list_is_said_to_be_none(knowledge, ask, after_skills):
    answer = follow_up(knowledge, JOB, ask("the 9th", "follow_item"), Thread("skills", [1, 2], [1], [1, 2], ["skills"]))
    assert (answer.response, answer.count) == ("utter_no_item", 2)


def test_what_else_tells_only_what_is_new_until_nothing_is_left(knowledge, ask, after_skills):
    thread, seen = after_skills, set(after_skills.told)
    for _ in range(40):
        answer = follow_up(knowledge, JOB, ask("what else", "follow_more"), thread)
        if answer.response == "utter_no_more":
            break
        assert not seen & set(answer.facts)
        seen |= set(answer.facts)
        thread = thread.after(answer.kind, answer.facts)
    assert answer.response == "utter_no_more"
    assert len(seen) == len(knowledge.occupation(JOB).facts)


def test_why_is_answered_with_what_was_said_and_that_no_reason_is_given(knowledge, ask, after_skills):
    assert follow_up(knowledge, JOB, ask("why?", "follow_why"), after_skills).response == "utter_why"


@pytest.mark.parametrize(
    "intent", ["follow_more", "follow_item", "follow_detail", "follow_why", "follow_back", "repeat"]
)
def test_before_anything_was_said_a_follow_up_says_so(knowledge, ask, intent):
    assert follow_up(knowledge, JOB, ask("and?", intent), Thread()).response == "utter_nothing_yet"


def test_back_returns_to_what_was_told_before(knowledge, ask, after_skills):
    thread = after_skills.after("safety", [12])
    assert (
        follow_up(knowledge, JOB, ask("back to what we had before", "follow_back"), thread).response == "utter_skills"
    )


def test_a_thread_survives_its_slot(after_skills):
    assert Thread.of(after_skills.slot()) == after_skills
