"""Who does what somebody describes."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.duties import Duties
from knowledge.encoder import Encoder, meaning

TOLD = [
    ("menders", "Keep kites in good order.", ["Mend the lines of kites.", "Sew torn sails.", "Order thread."]),
    ("painters", "Decorate kites.", ["Paint eyes and scales on kites.", "Mix colours."]),
    ("judges", "Decide who won.", []),
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="module")
def duties(encoder) -> Duties:
    overviews = meaning(encoder.encode([what for _, what, _ in TOLD]))
    return Duties(TOLD, overviews, meaning(encoder.encode([duty for _, _, some in TOLD for duty in some])))


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("the lady who sews the sail when it has a hole", "menders"),
        ("someone putting colours and faces on them", "painters"),
        ("the ones who say which team is the winner", "judges"),
    ],
)
def test_the_nearest_is_the_one_that_does_it(duties, encoder, text, slug):
    found = duties.nearest(text, encoder.encode([text])[0])
    assert found[0][0] == slug
    assert {each for each, _ in found} == {"menders", "painters", "judges"}
    assert [nearness for _, nearness in found] == sorted((nearness for _, nearness in found), reverse=True)


def test_what_was_not_read_ahead_is_found_by_its_words(encoder):
    duties = Duties(TOLD, np.zeros((3, 384), dtype=np.float32), np.zeros((5, 384), dtype=np.float32))
    assert duties.nearest("Sew torn sails", encoder.encode(["x"])[0])[0][0] == "menders"
    assert not duties.whole


def test_what_was_read_ahead_is_whole(duties):
    assert duties.whole


def test_where_there_is_nothing_nothing_is_near(encoder):
    one = Duties(
        [("x", "Count stars.", [])], np.zeros((1, 384), dtype=np.float32), np.zeros((0, 384), dtype=np.float32)
    )
    assert one.nearest("?!", encoder.encode(["?!"])[0]) == [("x", 0.0)]


def test_a_few_are_told_beside_many_by_the_rarity_of_the_words_of_all(duties, encoder):
    told = [("fliers", "Fly kites in the wind.", ["Hold the line of a kite."])]
    overviews = meaning(encoder.encode([told[0][1]]))
    few = Duties(told, overviews, meaning(encoder.encode(told[0][2])), beside=duties)
    text = "who flies kites when the wind blows"
    vectors = encoder.encode([text])[0]
    assert few.nearest(text, vectors)[0][1] > duties.nearest(text, vectors, few.terms)[0][1]
