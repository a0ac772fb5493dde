"""Which fact a question asks for, and how its answer begins."""

from __future__ import annotations

import pytest

from knowledge.encoder import Encoder
from knowledge.matcher import Matcher
from knowledge.model import Begins

PLACE, LOADING = 0, 1
CONFIRMED = [
    ("is it loud in there", PLACE, Begins.yes),
    ("so it's a noisy place", PLACE, Begins.yes),
    ("is it nice and quiet", PLACE, Begins.no),
    ("a calm little room then", PLACE, Begins.no),
    ("how loud does it get", PLACE, Begins.open),
    ("do they load the metal", LOADING, Begins.yes),
    ("do i put the stock in myself", LOADING, Begins.yes),
    ("does somebody else load it", LOADING, Begins.no),
    ("do robots put the metal in", LOADING, Begins.no),
    ("who loads it", LOADING, Begins.open),
    ("who brings the stock in", LOADING, Begins.open),
]


@pytest.fixture(scope="module")
def matcher(encoder: Encoder) -> Matcher:
    """A matcher of two facts."""
    texts, facts, begins = map(list, zip(*CONFIRMED))
    return Matcher(2, texts, encoder.encode(texts), facts, begins)


@pytest.mark.parametrize(
    ("text", "fact", "begins"),
    [
        ("is it a quiet spot", PLACE, "no"),
        ("is the place noisy", PLACE, "yes"),
        ("would robots load it for me", LOADING, "no"),
        ("do i load the stock", LOADING, "yes"),
        ("who puts the metal in", LOADING, "open"),
    ],
)
def test_a_question_finds_its_fact_and_how_the_answer_begins(matcher, encoder, text, fact, begins):
    match = matcher.match(text, encoder.encode([text])[0])
    assert match.facts.argmax() == fact
    assert max(match.begins, key=match.begins.get) == begins


def test_likeness_is_between_nought_and_one(matcher, encoder):
    for text in ("", "is it loud in there", "zzz"):
        facts = matcher.match(text, encoder.encode([text])[0]).facts
        assert facts.min() >= 0
        assert facts.max() <= 1
