"""The order of occupations that are compared, by the figures that their sources give."""

from __future__ import annotations

from typing import Any

import pytest

from actions.question import Question
from actions.ranking import ranking
from knowledge.model import Aspect, Fact, Occupation, Source

SOURCE = Source("oews", "Wages", edition="May 2025")
FACTS = {
    "welder": [
        Fact(Aspect.pay, "$53,750 a year, $25.84 an hour", label="Median pay"),
        Fact(Aspect.pay, "median $60,000 a year, $28.85 an hour", area="Ohio"),
        Fact(Aspect.outlook, "2% (Slower than average)", label="Job Outlook, 2024–34"),
        Fact(Aspect.outlook, "2.2% (from 8.8 to 9.0 thousand jobs)", label="Employment change"),
        Fact(Aspect.outlook, "45.6 thousand (45,600)", label="Openings a year, nationally"),
    ],
    "cook": [
        Fact(Aspect.pay, "$38,000 a year, $18.27 an hour", label="Median pay"),
        Fact(Aspect.pay, "median $61,000 a year, $29.33 an hour", area="Ohio"),
        Fact(Aspect.pay, "median $37,000 a year, $17.79 an hour", area="Texas"),
        Fact(Aspect.outlook, "6% (Faster than average)", label="Job Outlook, 2024–34"),
        Fact(Aspect.outlook, "250.1 thousand (250,100)", label="Openings a year, nationally"),
    ],
    "baker": [
        Fact(Aspect.pay, "$38,000 a year, $18.27 an hour", label="Median pay"),
        Fact(Aspect.outlook, "4.9% (from 1.0 to 1.1 thousand jobs)", label="Employment change"),
    ],
    "dentists": [
        Fact(Aspect.pay, "$224,990 a year, $108.17 an hour", label="Median pay", group="Dentists, All Other"),
        Fact(Aspect.pay, "$170,950 a year, $82.19 an hour", label="Median pay", group="Dentists, General"),
    ],
}


class Knowledge:
    """Holds four occupations, the last of which has the figures of two groups."""

    def occupation(self, slug: str) -> Any:
        return Occupation(slug=slug, title=slug.title(), source=SOURCE, titles=[], facts=FACTS[slug])


def ranked(text: str, compared: str | None, *, of: tuple[str, ...] = ("welder", "cook"), where: str = "") -> list[str]:
    question = Question(text, "ask_comparison", 0.9, compared=compared, where=where)
    return [each.ranked for each in ranking(Knowledge(), [(slug, [question]) for slug in of])]


@pytest.mark.parametrize(
    ("text", "compared", "order"),
    [
        ("who makes more", "pay", "Welder $53,750, Cook $38,000"),
        ("who makes more in Ohio", "pay", "Cook $61,000, Welder $60,000"),
        ("which is growing", "outlook", "Cook 6%, Welder 2%"),
        ("which has more openings", "outlook", "Cook 250,100, Welder 45,600"),
    ],
)
def test_they_are_told_from_most_to_least(text, compared, order):
    assert ranked(text, compared) == [order]


@pytest.mark.parametrize(
    ("text", "compared", "of"),
    [
        ("who makes more in Texas", "pay", ("welder", "cook")),  # one has no such figure
        ("who makes more", "pay", ("cook", "baker")),  # they have the same
        ("who makes more in Ohio or Texas", "pay", ("welder", "cook")),  # of which one is asked?
        ("who makes more in Ohio and nationwide", "pay", ("welder", "cook")),
        ("who makes more", "pay", ("dentists", "cook")),  # figures of two groups
        ("which is growing", "outlook", ("cook", "baker")),  # of two publications, one rounded
    ],
)
def test_where_no_order_is_plain_none_is_told(text, compared, of):
    assert ranked(text, compared, of=of) == []


def test_the_state_is_named():
    question = Question("who makes more", "ask_comparison", 0.9, compared="pay", where="Ohio")
    [found] = ranking(Knowledge(), [(slug, [question]) for slug in ("welder", "cook")])
    assert (found.response, found.where) == ("utter_ranked_pay", " in Ohio")


def test_one_alone_and_what_has_no_order_are_not_ranked():
    assert ranked("what does it pay", "pay", of=("cook",)) == []
    assert ranked("which needs more school", "education") == []
    assert ranked("what do they do", None) == []
