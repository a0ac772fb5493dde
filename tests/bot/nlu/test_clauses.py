"""One message can ask several things."""

from __future__ import annotations

import pytest

from bot.nlu.clauses import asks, clauses


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "What is it in a sentence, and does a cert matter for getting in?",
            ["What is it in a sentence", "does a cert matter for getting in?"],
        ),
        ("what does it pay? is it safe?", ["what does it pay?", "is it safe?"]),
        ("I fix my own truck. What systems do they run on?", ["I fix my own truck.", "What systems do they run on?"]),
        ("which skills and tools", ["which skills and tools"]),
        ("", [""]),
    ],
)
def test_a_message_is_split_where_another_question_begins(text, parts):
    assert clauses(text) == parts


@pytest.mark.parametrize("text", ["is it safe", "and what about pay", "ok so do they lift", "pay?"])
def test_a_question_is_told(text):
    assert asks(text)


@pytest.mark.parametrize("text", ["I fix my own truck.", "thanks", "my daughter likes math"])
def test_a_statement_is_told(text):
    assert not asks(text)
