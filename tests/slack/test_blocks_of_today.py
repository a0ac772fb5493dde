"""Slack's own thumbs, tables and links, and what is shown where a workspace does not take them."""

from __future__ import annotations

import asyncio

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.blocks import answer_blocks, forget_blocks, home
from tests.advisor import until
from tests.slack.people import labels, shown
from tests.slack.stand_in import BOT_TOKEN

KEY = "slack:T1:C1:1700000000.000100:U1#1700000000.000200"
TABLE = "| a | b |\n|---|---|\n| 1 | 2 |"
ROWS = "Job | Pay\nWelder | $48,000\nBaker | –"


def kinds(message: dict) -> list[str]:
    """The kinds of the blocks of a message."""
    return [block["type"] for block in message["blocks"]]


def test_the_thumbs_are_slacks_own(workspace, feedback):
    workspace.mention("hello")
    [answer] = workspace.answers()
    assert kinds(answer)[-1] == "context_actions"
    workspace.click(answer, "Helpful")
    assert feedback(1)[0].helpful
    until(lambda: "Thanks for telling." in shown(answer), 20)
    assert "context_actions" not in kinds(answer)


def test_a_comparison_stands_in_a_table_and_in_words_for_those_who_do_not_see_it(workspace):
    workspace.mention("table")
    [answer] = workspace.answers()
    assert kinds(answer)[:4] == ["section", "table", "section", "context"]
    assert ROWS in shown(answer)
    assert "*Welder*: Pay: *$48,000*" in answer["text"]
    assert "|" not in answer["text"]


@pytest.mark.parametrize("refusal", ["invalid_blocks", "feature_not_enabled", "invalid_attachments"])
def test_a_workspace_that_does_not_take_them_gets_plain_blocks(workspace, refusal, caplog):
    workspace.slack.fail("chat.postMessage", refusal)
    workspace.mention("table")
    [answer] = workspace.answers()
    assert kinds(answer) == ["section", "context", "actions", "actions"]
    assert "*Welder*: Pay: *$48,000*" in shown(answer)
    assert labels(answer)[-2:] == ["👍 Helpful", "👎 Not helpful"]
    assert "WARNING" not in caplog.text


def test_where_no_blocks_are_taken_the_words_are(workspace):
    workspace.slack.fail("chat.postMessage", "msg_blocks_too_long", "msg_blocks_too_long")
    workspace.mention("hello")
    [answer] = workspace.answers()
    assert "blocks" not in answer
    assert "You said: hello" in answer["text"]


def test_a_private_answer_is_plainer_too_where_it_has_to_be(workspace):
    workspace.slack.refuse_kinds("context_actions", "table")
    workspace.command("table")
    [answer] = workspace.private()
    assert kinds(answer) == ["section", "context", "actions", "actions", "actions"]
    workspace.click(answer, "Share")
    _, public, private = workspace.private(3)
    assert "*Welder*" in shown(public)
    assert "Share with the channel" not in labels(private)


def test_a_table_is_shared_as_one(workspace):
    workspace.command("table")
    workspace.click(workspace.private()[0], "Share")
    public = workspace.private(3)[1]
    assert kinds(public) == ["section", "section", "table", "section", "context"]


@pytest.mark.parametrize("refused", [["context"], ["context", "section"]])
def test_what_is_shared_as_text_has_its_question(workspace, refused):
    workspace.command("hello")
    [answer] = workspace.private()
    workspace.slack.refuse_kinds(*refused)
    workspace.click(answer, "Share")
    public = workspace.private(2)[1]
    assert public["text"].startswith("<@U1> asked: *hello*\n\n*1.* You said: hello")
    assert [block["text"]["text"] for block in public.get("blocks", [])] == (
        ["<@U1> asked: *hello*", "*1.* You said: hello"] if refused == ["context"] else []
    )


def test_all_that_we_send_passes_slacks_own_check(slack):
    async def validated(**payload: object) -> None:
        await AsyncWebClient(BOT_TOKEN, base_url=slack.api_url).blocks_validate(**payload)

    source = {"title": "page", "heading": "Pay", "line": 3, "quote": "q", "url": "https://example.org/page"}
    reply = {"text": f"So:\n\n{TABLE}", "buttons": [{"title": "x", "payload": "/x"}], "custom": {"sources": [source]}}
    for simple in (False, True):
        asyncio.run(validated(blocks=answer_blocks([reply] * 2, KEY, share=True, simple=simple)))
    asyncio.run(validated(message={"blocks": forget_blocks("Sure?", KEY)}))
    asyncio.run(validated(view=home("Help", "Sure?")))
    with pytest.raises(SlackApiError, match="invalid_blocks") as refused:
        asyncio.run(validated(blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": ""}}]))
    assert refused.value.response["errors"][0]["pointer"] == "/0/text/text"
