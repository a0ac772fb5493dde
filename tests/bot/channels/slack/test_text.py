"""Slack's way of writing a message, and the words in it."""

from __future__ import annotations

import time
from itertools import product

import pytest

from bot.channels.conversation import LONGEST
from bot.channels.slack import text as slack_text
from bot.channels.slack.text import RAW, escaped, mentions, plain

MARKS = ("*", "a", " ", "_", "<", ":", "|", "\n", "~", ">", "@", "`", "&gt;")  # what the patterns look at


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("<@U0BOT> what does a welder do?", "what does a welder do?"),
        ("hey <@U0BOT>, and <@U2|ada> asks", "hey , and ada asks"),
        ("<!here> <!subteam^S1|@welders> in <#C1|general> <#C2|> <#C3>", "welders in #general"),
        ("see <https://x.y/a?b=1&amp;c=2|the page>", "see the page"),
        ("see <https://x.y/a?b=1&amp;c=2>", "see https://x.y/a?b=1&c=2"),
        ("write to <mailto:a@b.org|a@b.org>, <tel:+1|+1>", "write to a@b.org, +1"),
        ("R&amp;D &lt;b&gt; &amp;lt;", "R&D <b> &lt;"),
        ("nice :tada: job :+1::skin-tone-3:", "nice job 👍"),
        (":thumbsdown:", "👎"),
        ("at 10:30:45 or 1:2:3", "at 10:30:45 or 1:2:3"),
        ("*does* it _pay_ ~well~ *_really_*?", "does it pay well really?"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("*snake_case and 5 * 3*, _~*all*~_", "snake_case and 5 * 3, all"),
        ("* a list\n*not\nbold*", "* a list\n*not\nbold*"),
        ("run `make test` or ```\nx &lt; y\n```", "run make test or\nx < y"),
        ("&gt; quoted\nanswered", "quoted\nanswered"),
        ("a &gt; b", "a > b"),
        ("", ""),
    ],
)
def test_marks_are_taken_off(written, words):
    assert plain(written) == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [("hi <@U1>", True), ("<@U1|ada> hi", True), ("<@U11>", False), ("U1", False), ("<@U2>", False)],
)
def test_a_mention_is_seen(text, expected):
    assert mentions(text, "U1") is expected


def test_nobody_is_mentioned_where_we_do_not_know_who_we_are():
    assert not mentions("<@None>", None)


def test_what_is_escaped_is_read_back():
    assert plain(escaped("a < b & c > d")) == "a < b & c > d"


def test_a_message_with_marks_in_it_may_be_longer_than_its_words():
    written = "<https://example.org/a/long/address|word> " * (RAW // 45)
    assert LONGEST < len(written) < RAW
    assert plain(written) == " ".join(["word"] * (RAW // 45))


@pytest.mark.parametrize("unit", ["x", "<https://example.org|x>", "*a "])
def test_one_that_is_too_long_stays_too_long_whatever_its_marks_hide(unit):
    assert LONGEST < len(plain(unit * 39_000)) <= RAW


@pytest.mark.parametrize("length", [1, 2, 3])
def test_no_message_however_it_is_marked_takes_long(monkeypatch, length):
    """Where nothing is cut: what takes squared time takes seconds here."""
    monkeypatch.setattr(slack_text, "RAW", 10**9)
    for unit in map("".join, product(MARKS[: 14 - 2 * length], repeat=length)):
        text = unit * (24_000 // len(unit))
        assert any(_seconds(text) < 0.4 for _ in range(3)), unit


def test_what_took_sixteen_seconds_takes_none():
    assert _seconds("*a " * 13_000) < 0.01
    assert _seconds("*a " * (RAW // 3)) < 0.1


def _seconds(text: str) -> float:
    began = time.process_time()
    plain(text)
    return time.process_time() - began
