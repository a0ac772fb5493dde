"""Which facts share the words of a text, also misspelt ones."""

from __future__ import annotations

import pytest

from knowledge.words import Words

FACTS = ["They are paid by salary and commissions.", "Most work full time in offices.", "Some are paid by salary."]


def shares(text: str) -> list[int]:
    """The facts that share words of a text, the most first."""
    shared = Words(FACTS).shared(text)
    return [place for place in (-shared).argsort(kind="stable").tolist() if shared[place] > 0]


def test_what_fewer_facts_say_tells_more():
    assert shares("salary or commission") == [0, 2]


@pytest.mark.parametrize("text", ["is it all comission?", "do they get comissions", "commision only"])
def test_a_word_that_is_a_letter_away_is_taken_for_it(text):
    assert shares(text) == [0]


@pytest.mark.parametrize("text", ["missions", "a commotion", "comision", "xyzxyzxyz " * 50])
def test_other_words_and_those_further_away_are_not(text):
    assert shares(text) == []
