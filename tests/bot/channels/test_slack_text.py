"""Slack's way of writing a message, and the words in it."""

from __future__ import annotations

import pytest

from bot.channels.slack_text import escaped, mentions, plain


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
