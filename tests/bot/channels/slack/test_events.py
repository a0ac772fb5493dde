"""Which of Slack's events are turns, and in which conversations."""

from __future__ import annotations

import pytest

from bot.channels.slack.events import Turn, of_click, of_command, of_message

EVENT = {"type": "message", "user": "U1", "text": "hi", "ts": "5.1", "channel": "C1", "channel_type": "channel"}
BODY = {"team_id": "T1", "authorizations": [{"user_id": "U0", "is_bot": True}]}


def turn(**event: object) -> Turn | None:
    """The turn of an event."""
    return of_message({**BODY, "event": {**EVENT, **event}})


@pytest.mark.parametrize(
    ("event", "key", "thread", "called"),
    [
        ({"type": "app_mention"}, "slack:T1:C1:5.1:U1#5.1", "5.1", True),
        ({"text": "<@U0> hi"}, "slack:T1:C1:5.1:U1#5.1", "5.1", True),
        ({"type": "app_mention", "thread_ts": "4.0"}, "slack:T1:C1:4.0:U1#5.1", "4.0", True),
        ({"thread_ts": "4.0"}, "slack:T1:C1:4.0:U1#5.1", "4.0", False),
        ({"channel": "D1", "channel_type": "im"}, "slack:T1:D1:U1#5.1", None, True),
        ({"channel": "D1", "channel_type": "im", "thread_ts": "4.0"}, "slack:T1:D1:4.0:U1#5.1", "4.0", True),
        ({"channel": "G1", "channel_type": "mpim", "text": "<@U0> hi"}, "slack:T1:G1:5.1:U1#5.1", "5.1", True),
    ],
)
def test_a_conversation_is_one_persons_in_a_thread_or_a_direct_message(event, key, thread, called):
    found = turn(**event)
    assert (found.key, found.thread, found.called) == (key, thread, called)
    assert found.conversation == key.partition("#")[0] == f"{found.place}:U1"


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"text": "<@U9> hi"},
        {"channel": "D1", "user": None},
        {"channel": "D1", "subtype": "channel_join"},
        {"channel": "D1", "bot_id": "B1"},
        {"channel": "D1", "user": "U0"},
    ],
)
def test_talk_and_bots_are_no_turns(event):
    assert turn(**event) is None


def test_a_turn_survives_being_stored():
    assert Turn.of_json(turn(type="app_mention").as_json()) == turn(type="app_mention")


def test_a_slash_user_has_a_conversation_in_each_channel():
    body = {"team_id": "T1", "user_id": "U1", "channel_id": "C1", "trigger_id": "x.1", "response_url": "r"}
    assert of_command({**body, "text": " what &amp; why "}) == Turn(
        key="slack:T1:C1:U1#x.1",
        kind="command",
        user="U1",
        channel="C1",
        text="what & why",
        response_url="r",
        ephemeral=True,
    )


def test_an_app_of_a_whole_organisation_has_no_team():
    body = {"enterprise_id": "E1", "user_id": "U1", "channel_id": "C1", "trigger_id": "x", "response_url": "r"}
    assert of_command({**body, "team_id": None}).conversation == "slack:E1:C1:U1"


@pytest.mark.parametrize("block_id", ["", "choice-0", "choice-0#web:1#2", "theirs"])
def test_a_button_that_is_not_ours_is_no_turn(block_id):
    action = {"action_id": "choice-0", "block_id": block_id, "value": "/restart"}
    assert of_click({"actions": [action], "user": {"id": "U1"}, "channel": {"id": "C1"}}) is None
