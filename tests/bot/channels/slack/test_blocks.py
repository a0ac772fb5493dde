"""Replies in Block Kit: within Slack's limits whatever they hold, and nothing in them can call anybody."""

from __future__ import annotations

import pytest

from bot.channels.slack.blocks import (
    answer_blocks,
    answer_text,
    chosen,
    clicked,
    forget_blocks,
    home,
    mrkdwn,
    pieces,
    question_block,
    shared,
)
from tests.slack.limits import complaint
from tests.slack.people import labels, shown

KEY = "slack:T1:C1:1700000000.000100#1700000000.000200"
SOURCE = {"document": "welder", "title": "welder page", "heading": "Skills", "line": 3, "quote": "Welders weld."}


def message(*replies: dict, **options: bool) -> dict:
    """The message of some replies."""
    return {"text": answer_text(list(replies)), "blocks": answer_blocks(list(replies), KEY, **options)}


@pytest.mark.parametrize(
    ("markdown", "slack"),
    [
        ("**bold** and *it*", "*bold* and _it_"),
        ("[page](https://x.y/?a=1&b=2)", "<https://x.y/?a=1&b=2|page>"),
        ("In short:\n- “one”\n- “two”", "In short:\n\n•   “one”\n•   “two”"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("# Head", "*Head*"),
        ("call <!channel>, <@U1>, <#C1>", "call &lt;!channel>, &lt;@U1>, &lt;#C1>"),
        ("`<!here>`", "`&lt;!here>`"),
        ("&lt;!here&gt;", "&lt;!here>"),
    ],
)
def test_markdown_becomes_mrkdwn_that_calls_nobody(markdown, slack):
    assert mrkdwn(markdown) == slack


@pytest.mark.parametrize("size", [0, 1, 2999, 3000, 3001, 12_000, 39_000, 60_000])
@pytest.mark.parametrize("unit", ["x", "word ", "a line of words\n", "&", "< & > ", "🙏", "- “fact”\n"])
def test_a_text_of_any_length_is_within_the_limits(size, unit):
    said = message({"text": (unit * (size // len(unit) + 1))[:size] or "-", "custom": {"sources": [SOURCE] * 90}})
    assert complaint(said) is None


def test_a_long_text_is_cut_at_line_ends_and_nothing_is_lost():
    lines = [f"line {number} with & in it" for number in range(600)]
    parts = list(pieces("\n".join(lines)))
    assert [line for part in parts for line in part.splitlines()] == lines


def test_a_text_without_spaces_is_not_cut_inside_an_escape():
    assert all(part.endswith(";") for part in pieces("&amp;" * 2000, 3001))


def test_the_sources_stand_under_the_answer_with_heading_line_and_quote():
    said = message({"text": "It welds.", "custom": {"kind": "overview", "sources": [SOURCE]}})
    assert "Source: welder page, “Skills”, line 3: “Welders weld.”" in shown(said)


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://example.org/welder?a=1", "Source: <https://example.org/welder?a=1|welder page>, “Skills”"),
        (None, "Source: welder page, “Skills”"),
        ("javascript:alert(1)", "Source: welder page, “Skills”"),
        ("https://example.org/|<!here>", "Source: welder page, “Skills”"),
    ],
)
def test_a_source_with_an_address_is_a_link_to_it(url, source):
    said = message({"text": "It welds.", "custom": {"kind": "overview", "sources": [{**SOURCE, "url": url}]}})
    assert source in shown(said)


def test_of_many_sources_three_are_quoted_and_the_others_counted():
    sources = [{**SOURCE, "line": line, "heading": ""} for line in (9, 2, 3, 7, 5)]
    text = shown(message({"text": "It welds.", "custom": {"kind": "overview", "sources": sources}}))
    assert text.count("Source: welder page, line") == 3
    assert "… and 2 more, lines 5 to 7" in text


def test_talk_has_no_thumbs():
    assert labels(message({"text": "Hello!"})) == []


def test_several_replies_are_one_message():
    said = message({"text": "First."}, {"text": "Second.", "buttons": [{"title": "Next", "payload": "/next"}]})
    assert said["text"] == "First.\n\nSecond."
    assert labels(said) == ["Next"]


@pytest.mark.parametrize(("count", "rows"), [(1, [1]), (5, [5]), (6, [5, 1]), (25, [5] * 5), (40, [5] * 5)])
def test_buttons_stand_in_rows_of_five(count, rows):
    said = message(
        {"text": "?", "buttons": [{"title": "x" * 100, "payload": f"/{n}" + "y" * 2000} for n in range(count)]}
    )
    assert [len(block["elements"]) for block in said["blocks"] if block["type"] == "actions"] == rows
    assert complaint(said) is None


def test_used_buttons_give_way_to_the_choice_where_they_stood():
    offered = [{"title": str(number), "payload": f"/{number}"} for number in range(7)]
    blocks = message({"text": "?", "buttons": offered, "custom": {"kind": "x", "sources": []}}, share=True)["blocks"]
    after = clicked(blocks, "choice", chosen("<3>"))
    assert [block["type"] for block in after] == ["section", "context", "context_actions", "actions"]
    assert after[1]["elements"][0]["text"] == "You chose: &lt;3&gt;"
    assert clicked(after, "choice", "again") == after


def test_a_shared_question_cannot_call_anybody():
    assert question_block("U1", "<!channel> *why*?", KEY)["text"]["text"] == "<@U1> asked: *&lt;!channel&gt; *why*?*"


def test_a_shared_answer_stands_under_its_question_and_has_no_buttons():
    said = message({"text": "It *pays*.", "buttons": [{"title": "x", "payload": "/x"}], "custom": {"sources": []}})
    seen = shared(said, question_block("U1", "why?", KEY))
    assert [block["type"] for block in seen["blocks"]] == ["section", "section"]
    assert seen["blocks"][0]["block_id"] == f"shared#{KEY}"
    assert shown(seen) == seen["text"].replace("\n\n", "\n") == "<@U1> asked: *why?*\nIt _pays_."


def test_a_shared_answer_of_text_alone_has_its_question_and_blocks_of_its_text():
    said = message({"text": "one & two\n" * 2000})["text"]
    seen = shared({"text": said}, question_block("U1", "why?", KEY))
    assert complaint(seen) is None
    assert seen["blocks"][0] == question_block("U1", "why?", KEY)
    assert shown(seen) == f"<@U1> asked: *why?*\n{said}"


def test_the_home_is_a_view_of_slacks_in_which_forgetting_is_confirmed():
    view = home("I can tell *much*.", "Sure? " * 90, "Done.")
    assert view["type"] == "home"
    assert complaint(view) is None
    assert labels(view) == ["Forget what I said"]
    assert "Done." in shown(view)
    assert view["blocks"][-1]["elements"][0]["confirm"]["text"]["text"].startswith("Sure?")


def test_forgetting_is_asked_with_two_answers():
    blocks = forget_blocks("Sure?", KEY)
    assert complaint({"text": "Sure?", "blocks": blocks}) is None
    assert labels({"blocks": blocks}) == ["Forget what I said", "Keep it"]
