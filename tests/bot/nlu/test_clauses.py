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
        ("I fix my own truck. What systems do they run on?", ["I fix my own truck. What systems do they run on?"]),
        ("and when it runs, could I leave it alone?", ["and when it runs, could I leave it alone?"]),
        ("if i'm slow, can i do it and what's the pay?", ["if i'm slow, can i do it", "what's the pay?"]),
        ("when it runs - could I leave it, and is it safe", ["when it runs - could I leave it", "is it safe"]),
        ("after 5 years what do they make, and is it hard", ["after 5 years what do they make", "is it hard"]),
        ("when r the shifts, and what does it pay", ["when r the shifts", "what does it pay"]),
        ("when is it loud, do they wear plugs", ["when is it loud", "do they wear plugs"]),
        ("which skills and tools", ["which skills and tools"]),
        ("1) pay? 2) hours? 3) union?", ["pay?", "hours?", "union?"]),
        ("thanks a lot! and the hours?", ["and the hours?"]),
        ("no degree and a DUI, can I get in?", ["no degree and a DUI, can I get in?"]),
        ("I can't lift. can't I skip that?", ["I can't lift. can't I skip that?"]),
        ("Is it for me? I love fixing cars.", ["Is it for me? I love fixing cars."]),
        (
            "Hello,\nI am writing to ask what education is needed.\nKind regards,\nPat Doe",
            ["I am writing to ask what education is needed."],
        ),
        (
            "3 things\n1. nights yes or no\n2. pay around here\n3) do they drug test",
            ["nights yes or no", "pay around here", "do they drug test"],
        ),
        ("- what it pays\n- the hours", ["what it pays", "the hours"]),
        ("1. what does it pay", ["what does it pay"]),
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
