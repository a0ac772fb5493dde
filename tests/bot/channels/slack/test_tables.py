"""Markdown's tables become Slack's, or lists."""

from __future__ import annotations

import pytest

from bot.channels.slack.blocks import answer_blocks, answer_text
from bot.channels.slack.tables import Table, parts, without_tables
from tests.slack.limits import complaint

TABLE = "| State | Mean | Open |\n|:--|--:|:-:|\n| **Ohio** | $50,000 | a \\| b |\n| Texas | |"


def test_a_table_is_found_between_its_lines():
    before, table, after = parts(f"Compared:\n\n{TABLE}\n\nThat is all.")
    assert (before, after) == ("Compared:\n", "\nThat is all.")
    assert table == Table(
        ["State", "Mean", "Open"],
        [["**Ohio**", "$50,000", "a | b"], ["Texas", "", ""]],
        ["left", "right", "center"],
    )


@pytest.mark.parametrize(
    "text", ["a | b", "| a | b |", "| a | b |\n|---|", "x\n|---|", "a | b\n---|---", "| a |\n| b |"]
)
def test_what_only_looks_like_a_table_is_text(text):
    assert without_tables(text) == text


def test_a_table_as_a_block_has_no_marks_and_no_empty_cell():
    block = next(part for part in parts(TABLE) if isinstance(part, Table)).as_block()
    assert [[cell["text"] for cell in row] for row in block["rows"]] == [
        ["State", "Mean", "Open"],
        ["Ohio", "$50,000", "a | b"],
        ["Texas", "–", "–"],
    ]
    assert [column["align"] for column in block["column_settings"]] == ["left", "right", "center"]


def test_a_table_as_a_list_names_the_columns():
    assert without_tables(TABLE) == "- **Ohio**: Mean: $50,000; Open: a | b\n- **Texas**: Mean: –; Open: –"


def test_of_two_tables_the_first_is_one_and_the_other_a_list():
    replies = [{"text": f"{TABLE}\n\n{TABLE}"}, {"text": TABLE}]
    blocks = answer_blocks(replies, "slack:T1:C1:U1#1")
    assert [block["type"] for block in blocks] == ["table", "section", "section"]
    assert complaint({"text": answer_text(replies), "blocks": blocks}) is None
    assert "table" not in [block["type"] for block in answer_blocks(replies, "slack:T1:C1:U1#1", simple=True)]


@pytest.mark.parametrize(
    "table",
    [
        "| a |\n|---|\n" + "| x |\n" * 100,
        "|" + " a |" * 21 + "\n|" + "---|" * 21 + "\n|" + " x |" * 21,
        "| a |\n|---|\n| " + "x" * 10_001 + " |",
    ],
)
def test_a_table_that_is_too_large_for_slack_is_a_list(table):
    assert {block["type"] for block in answer_blocks([{"text": table}], "slack:T1:C1:U1#1")} == {"section"}


@pytest.mark.parametrize("unit", ["|", "| - ", "|\n", "|---|\n", "\\|", "**|", "[|]("])
def test_no_text_takes_long(unit):
    assert "".join(without_tables(unit * 3000).split()) is not None
