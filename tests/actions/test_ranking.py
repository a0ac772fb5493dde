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
        Fact(Aspect.outlook, "-2.2% (from 9.0 to 8.8 thousand jobs)", label="Employment change"),
        Fact(Aspect.outlook, "45.6 thousand (45,600)", label="Openings a year, nationally"),
    ],
    "cook": [
        Fact(Aspect.pay, "$38,000 a year, $18.27 an hour", label="Median pay"),
        Fact(Aspect.outlook, "6% (Faster than average)", label="Job Outlook, 2024–34"),
        Fact(Aspect.outlook, "250.1 thousand (250,100)", label="Openings a year, nationally"),
    ],
}


class Knowledge:
    """Holds a welder and a cook."""

    def occupation(self, slug: str) -> Any:
        return Occupation(slug=slug, title=slug.title(), source=SOURCE, titles=[], facts=FACTS[slug])


def ranked(text: str, compared: str | None, *, of: tuple[str, ...] = ("welder", "cook"), where: str = "") -> list[str]:
    question = Question(text, "ask_comparison", 0.9, compared=compared, where=where)
    return [each.ranked for each in ranking(Knowledge(), [(slug, [question]) for slug in of])]


@pytest.mark.parametrize(
    ("text", "compared", "order"),
    [
        ("who makes more", "pay", "Welder $53,750, Cook $38,000"),
        ("which is growing", "outlook", "Cook 6%, Welder -2.2%"),
        ("which has more openings", "outlook", "Cook 250,100, Welder 45,600"),
    ],
)
def test_they_are_told_from_most_to_least(text, compared, order):
    assert ranked(text, compared) == [order]


def test_where_one_has_no_such_figure_or_all_have_the_same_nothing_is_ranked():
    assert ranked("who makes more in Ohio", "pay") == []
    assert ranked("who makes more", "pay", where="Ohio") == []
    assert ranked("who makes more", "pay", of=("cook", "cook")) == []


def test_one_alone_and_what_has_no_order_are_not_ranked():
    assert ranked("what does it pay", "pay", of=("cook",)) == []
    assert ranked("which needs more school", "education") == []
    assert ranked("what do they do", None) == []
