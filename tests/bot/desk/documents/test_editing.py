"""What a person changes of a draft: aspects, joins and splits that keep the document's words."""

from __future__ import annotations

import pytest

from bot.desk.documents.editing import BY_HAND, joined, split, told
from knowledge.model import Aspect, Refused
from knowledge.shelf.model import Item

LINES = ("Pay is good. Hours are long.", "Wear boots.")
ITEMS = [
    Item(1, "Pay is good.", Aspect.pay, 0.4),
    Item(1, "Hours are long.", Aspect.hours, 0.9),
    Item(2, "Wear boots.", Aspect.dress, 0.5),
]


def test_what_a_person_chose_is_sure():
    changed = told(ITEMS, {0: "benefits", 1: "hours"})
    assert (changed[0].aspect, changed[0].sure) == (Aspect.benefits, 1.0)
    assert changed[1:] == ITEMS[1:]


def test_what_is_left_out_says_by_whom_and_can_come_back():
    [left, *_] = told(ITEMS, {0: ""})
    assert (left.aspect, left.why) == (None, BY_HAND)
    [back, *_] = told([left], {0: "pay"})
    assert (back.aspect, back.why) == (Aspect.pay, None)


def test_what_is_confirmed_is_sure_and_nothing_else():
    assert [item.sure for item in told(ITEMS, {0: "pay"}, confirmed=True)] == [1.0, 0.9, 0.5]


def test_two_sentences_of_a_line_become_one():
    first, second = joined(ITEMS, 0, LINES)
    assert first.text == LINES[0]
    assert second is ITEMS[2]


@pytest.mark.parametrize("place", [1, 2, -1, 99])
def test_what_does_not_stand_side_by_side_is_not_joined(place):
    with pytest.raises(Refused):
        joined(ITEMS, place, LINES)


def test_one_sentence_becomes_two():
    whole = [Item(1, LINES[0], Aspect.pay)]
    parts = split(whole, 0, "Pay is good.\r\n\r\n Hours are long. ")
    assert [item.text for item in parts] == ["Pay is good.", "Hours are long."]


@pytest.mark.parametrize(
    "written", ["", LINES[0], "Pay is bad.\nHours are long.", "Pay is good.\nHours are long. More."]
)
def test_a_split_keeps_the_words(written):
    with pytest.raises(Refused):
        split([Item(1, LINES[0], Aspect.pay)], 0, written)


@pytest.mark.parametrize("chosen", [{99: "pay"}, {0: "nonsense"}, {0: "__class__"}])
def test_what_there_is_not_cannot_be_chosen(chosen):
    with pytest.raises(Refused):
        told(ITEMS, chosen)
