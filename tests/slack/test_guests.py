"""People of other workspaces are answered only where the owner says so."""

from __future__ import annotations

import time

import pytest

from bot.channels.slack.used import is_foreign
from tests.slack.people import QUIET, Workspace
from tests.slack.stand_in import BOT

OURS = {"team_id": "T1", "authorizations": [{"team_id": "T1", "enterprise_id": "E1", "is_bot": True}]}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"event": {}}, False),
        ({"event": {"team": "T1", "user_team": "T1", "source_team": "T1", "user_profile": {"team": "T1"}}}, False),
        ({"event": {"user_team": "E1"}}, False),
        ({"event": {"team": "T2"}}, True),
        ({"event": {"user_team": "T2"}}, True),
        ({"event": {"source_team": "T2"}}, True),
        ({"event": {"user_profile": {"team": "T2"}}}, True),
        ({"event": {"team": "T1"}, "is_ext_shared_channel": True}, True),
        ({"event": {"team": "T1"}, "is_ext_shared_channel": False}, False),
    ],
)
def test_an_event_is_foreign_where_another_workspace_has_to_do_with_it(body, expected):
    assert is_foreign({**OURS, **body}) is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}}, False),
        ({"team": {"id": "T1"}, "user": {"id": "U1"}}, False),
        ({"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T2"}}, True),
        ({"team": None, "enterprise": {"id": "E1"}, "user": {"id": "U1", "team_id": "T2"}}, False),
    ],
)
def test_a_click_is_foreign_where_who_clicks_is_of_another_workspace(body, expected):
    assert is_foreign({"type": "block_actions", **body}) is expected


@pytest.fixture(params=["", "0", "1"])
def guests(request) -> str:
    """What the owner says in SLACK_GUESTS."""
    return request.param


def test_strangers_are_answered_where_the_owner_allows_it(slack, serve, guests):
    workspace = Workspace(slack, serve(app_token="", guests=guests).events_url)
    text = f"<@{BOT}> hello"
    workspace.say(text, user="U9", channel="C2", user_team="T2", team="T2")
    event = workspace.message(text, channel="C3")
    workspace.event({**event, "type": "app_mention"}, is_ext_shared_channel=True)
    workspace.say(text)
    [answer] = workspace.answers()
    workspace.click(answer, "Choice 1", user="U9", team="T2")
    if guests == "1":
        workspace.answers(2)
        workspace.answers(channel="C2")
        workspace.answers(channel="C3")
    else:
        time.sleep(QUIET)
        assert [len(slack.messages[channel]) for channel in ("C1", "C2", "C3")] == [1, 0, 0]
        assert "You chose" not in str(answer)


def test_the_owner_says_it_in_the_environment(slack, serve, monkeypatch):
    monkeypatch.setenv("SLACK_GUESTS", "1")
    workspace = Workspace(slack, serve(app_token="").events_url)
    workspace.mention("hello", user="U9", user_team="T2")
    assert workspace.answers()
