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
        ("Dental assistants and hygienists", "Dental assistant and hygienist"),
    ],
)
def test_a_title_is_turned_to_one_person(many, one):
    assert singular(many) == one


@pytest.mark.parametrize("one", ["Baker", "Nanny", "Coach", "Beekeeper"])
def test_plural_and_singular_are_each_other_s(one):
    assert singular(plural(one)) == one


def test_titles_are_the_same_whatever_their_number_and_case():
    assert same("SOLAR PANEL INSTALLERS", "Solar panel installer")


def test_people_leave_words_out_take_first_letters_and_write_compounds_apart():
    assert {"panel installer", "Solar installer", "SP installer"} <= set(derived("Solar panel installer"))
    assert set(derived("Beekeeper")) == {"bee keeper", "bee keeping"}
    assert "Bus driving" in derived("Bus driver")
    assert derived("Orchard worker") == []
    assert "PT assistant" in derived("Physical therapy assistant")


def test_a_title_with_and_holds_several():
    names = derived("Rail and tram signal operators")
    assert {"Rail signal operator", "tram signal operator"} <= set(names)
    assert members("Dental assistants and hygienists") == ["Dental assistant", "Dental hygienist"]
    assert members("Rail and tram operators") == []
