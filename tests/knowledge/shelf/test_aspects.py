"""What sentences of a career page are learned to tell."""

from __future__ import annotations

import pytest

from knowledge.encoder import Encoder
from knowledge.model import Aspect
from knowledge.shelf.aspects import Aspects, Placed


@pytest.fixture(scope="module")
def aspects() -> Aspects:
    return Aspects(Encoder())


def told(aspects: Aspects, *places: Placed) -> list[Aspect | None]:
    return [found[0][0] for found in aspects.of(list(places))]


def test_a_plain_sentence_is_told_without_a_heading(aspects):
    assert told(
        aspects,
        Placed("The median wage of lock keepers was $41,300 last year."),
        Placed("You must be at least 18 to work on the water."),
        Placed("Uniform and life jacket are supplied; bring your own boots."),
    ) == [Aspect.pay, Aspect.age, Aspect.dress]


def test_the_heading_tells_what_a_bare_word_is(aspects):
    assert told(
        aspects,
        Placed("Mathematics", heading="Critical Skills"),
        Placed("Working with your hands", heading="Interests"),
        Placed("Torque wrench", heading="Tools you will use"),
    ) == [Aspect.skills, Aspect.interests, Aspect.tools]


def test_the_sentence_itself_goes_before_a_heading_that_misleads(aspects):
    assert told(aspects, Placed("Trainees earn $19 an hour from the first day.", heading="Training")) == [Aspect.pay]


def test_what_is_no_fact_of_the_occupation_tells_nothing(aspects):
    assert (
        told(
            aspects,
            Placed("Home > Careers > Lock keeper"),
            Placed("Share this page"),
            Placed("We use cookies to improve our website."),
            Placed("© 2025 Riverside College. All rights reserved."),
        )
        == [None] * 4
    )


def test_probabilities_sum_to_one_and_fall(aspects):
    (found,) = aspects.of([Placed("Lock keepers work outdoors in all weather.")])
    chances = [chance for _, chance in found]
    assert sum(chances) == pytest.approx(1, abs=1e-4)
    assert chances == sorted(chances, reverse=True)
    assert {aspect for aspect, _ in found} == {*Aspect, None}


def test_a_page_without_a_place_has_nothing_to_tell(aspects):
    assert aspects.of([]) == []
