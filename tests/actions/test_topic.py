"""A gap is named in the person's own words."""

from __future__ import annotations

import pytest

from actions.compose import compose
from actions.render import phrase, values
from actions.thread import Thread
from actions.topic import QUOTED, plain, quoted, topic
from tests.actions.conftest import JOB

HOURS = ["shifts", "night shifts", "weekends", "hours"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("do they work night shifts", "“night shifts”"),
        ("Weekends? and what hours", "“weekends” or “hours”"),
        ("when do i start", "hours or shifts"),
        ("shiftsy", "hours or shifts"),
    ],
)
def test_the_words_of_the_vocabulary_that_were_said_name_it(text, said):
    assert topic(text, HOURS, "hours or shifts") == said


def test_a_short_question_names_itself_and_a_long_one_does_not():
    assert quoted("ok so, where do they park?") == "“where do they park”"
    assert quoted("x" * (QUOTED + 1)) is None


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{facts}", "[a](javascript:b)", "*bold*"])
def test_markup_is_not_said_back(text):
    assert not set("<>{}[]*") & set(plain(text))


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("how much overtime pay tho", "pay", "does not mention “overtime pay”."),
        ("do i need a visa or a green card", "work_authorization", "does not mention “visa” or “green card”."),
        ("where do they park", "other_detail", "does not mention “where do they park”."),
    ],
)
def test_the_sentence_holds_them(knowledge, domain, ask, text, kind, said):
    answer = compose(knowledge, JOB, ask(text, f"ask_{kind}"), Thread())
    assert said in phrase(domain, answer.response, **values(domain, answer))
