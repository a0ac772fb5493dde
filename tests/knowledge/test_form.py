"""What in a question turns a yes into a no, whatever it is about."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.form import SIGNS, asks_whether, denies, form, forms, plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("do they check it", "do they check nothing"),
        ("do they check it", "don't they check it"),
        ("they check nothing", "they check it, do they"),
        ("they check it, do they", "they check it, don't they"),
        ("can I do it", "can't I do it without that"),
        ("do I lift", "can I avoid lifting"),
        ("do I load it", "does somebody else load it"),
        ("is it hands-on", "is it only hands-on"),
    ],
)
def test_questions_that_are_answered_otherwise_differ_in_form(one, other):
    assert (form(one) != form(other)).any()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("do they weld", "do they paint"),
        ("don’t they check the gauges?", "don't they read the prints?"),
        ("Is it noisy, or not", "is it heavy, or not"),
    ],
)
def test_what_a_question_is_about_is_no_part_of_its_form(one, other):
    assert (form(one) == form(other)).all()


def test_a_denial_at_the_beginning_asks_for_assent_and_is_not_counted_as_one():
    asked, denied = form("don't they check it"), form("they don't check it")
    assert (asked != denied).sum() >= 2


@pytest.mark.parametrize("text", ["", "?", "!!!", "   ", "is it", "n't", "é" * 2000])
def test_any_text_has_a_form(text):
    assert form(text).shape == (SIGNS,)


def test_of_no_texts_there_are_no_forms():
    assert forms([]).shape == (0, SIGNS)
    assert forms(["a", "b"]).dtype == np.float32


@pytest.mark.parametrize("text", ["is it loud", "so can I weld there", "they lift, don't they?", "it's loud, right?"])
def test_what_is_answered_by_yes_or_no_is_told_by_its_form(text):
    assert asks_whether(text)


@pytest.mark.parametrize("text", ["how loud is it", "what does it pay", "tell me more", "they lift all day"])
def test_what_is_not_answered_by_yes_or_no_is_told_too(text):
    assert not asks_whether(text)


@pytest.mark.parametrize("text", ["nobody reads them, do they?", "it doesn't matter how old I am, does it"])
def test_to_a_denial_with_a_tag_no_may_mean_both(text):
    assert denies(text)


@pytest.mark.parametrize("text", ["they read them, don't they?", "so no math, right?", "do they read them"])
def test_what_is_no_denial_with_a_tag_has_one_answer(text):
    assert not denies(text)


@pytest.mark.parametrize(
    ("text", "asked", "turned"),
    [
        ("Isn't it loud?", "is it loud?", False),
        ("dangerous aint it", "dangerous?", False),
        ("that's a lot of math, right?", "that's a lot of math?", False),
        ("can't the work be done at home", "can the work be done at home", False),
        ("so it's not safe?", "so it's not dangerous?", True),
        ("is it safe from robots", "is it safe from robots", False),
        ("is it loud", "is it loud", False),
    ],
)
def test_a_question_is_made_plain(text, asked, turned):
    assert plain(text) == (asked, turned)
