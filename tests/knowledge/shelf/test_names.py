"""How occupations are called: in the singular and plural, shortened, and together."""

from __future__ import annotations

import pytest

from knowledge.shelf.names import derived, members, plural, same, singular


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("Bakers", "Baker"),
        ("Nannies", "Nanny"),
        ("Coaches", "Coach"),
        ("Firemen", "Fireman"),
        ("Boss", "Boss"),
        ("Therapy assistants and aides", "Therapy assistant and aide"),
    ],
)
def test_a_title_is_turned_to_one_person(many, one):
    assert singular(many) == one


@pytest.mark.parametrize("one", ["Baker", "Nanny", "Coach", "Zookeeper"])
def test_plural_and_singular_are_each_other_s(one):
    assert singular(plural(one)) == one


def test_titles_are_the_same_whatever_their_number_and_case():
    assert same("WIND TURBINE TECHNICIANS", "Wind turbine technician")


def test_people_leave_words_out_take_first_letters_and_write_compounds_apart():
    assert {"turbine technician", "Wind technician", "WT technician"} <= set(derived("Wind turbine technician"))
    assert set(derived("Zookeeper")) == {"zoo keeper", "zoo keeping"}
    assert "Train driving" in derived("Train driver")
    assert derived("Orchard worker") == []
    assert "OT assistant" in derived("Occupational therapy assistant")


def test_a_title_with_and_holds_several():
    names = derived("Water and wastewater treatment plant operators")
    assert {"Water treatment plant operator", "wastewater treatment plant operator"} <= set(names)
    assert members("Occupational therapy assistants and aides") == [
        "Occupational therapy assistant",
        "Occupational therapy aide",
    ]
    assert members("Water and wastewater operators") == []
