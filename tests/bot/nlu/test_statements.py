"""What a person says of themselves is found, with what does not hold."""

from __future__ import annotations

import pytest

from bot.nlu.statements import MOST, Statements


@pytest.fixture(scope="module")
def statements() -> Statements:
    """The finder of statements."""
    return Statements()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "im good with my hands and i like fixing cars but i cant lift much. would this job fit me?",
            [("im good with my hands", True), ("i like fixing cars", True), ("i cant lift much", False)],
        ),
        (
            "i love computers and drawing but i suck at algebra",
            [("i love computers", True), ("drawing", True), ("i suck at algebra", False)],
        ),
        (
            "My son hates sitting still, and is patient",
            [("My son hates sitting still", False), ("is patient", True)],
        ),
        ("I love hands-on work", [("I love hands-on work", True)]),
        ("I weld - and hate paper", [("I weld", True), ("hate paper", False)]),
        ("I don't mind heavy lifting", [("I don't mind heavy lifting", True)]),
        ("I'm not afraid of machines", [("I'm not afraid of machines", True)]),
        ("I have no problem with math", [("I have no problem with math", True)]),
        ("I can't get enough of machines", [("I can't get enough of machines", True)]),
        ("I like math... hate reading", [("I like math", True), ("hate reading", False)]),
        ("my dad is a doctor", [("my dad is a doctor", True)]),
        ("what does this job pay", []),
        ("", []),
    ],
)
def test_each_statement_is_found_with_whether_it_holds(statements, text, found):
    assert [(each.text, each.holds) for each in statements.of(text)] == found


def test_a_long_story_has_no_more_than_a_few_statements(statements):
    assert len(statements.of("i like " + ", cats".join(map(str, range(500))))) == MOST
