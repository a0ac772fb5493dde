"""In threads it answers what is for it, and what people say to each other is looked at and not kept."""

from __future__ import annotations

import sqlite3
import time

import pytest

from tests.advisor import until
from tests.slack.people import QUIET, Workspace, shown
from tests.slack.server import Parrot


def quiet(workspace: Workspace, number: int = 1) -> bool:
    """Whether no more than so many answers are in the channel, after a while."""
    time.sleep(QUIET)
    return len(workspace.slack.messages["C1"]) == number


@pytest.mark.parametrize(
    "text",
    [
        "I like that",
        "ok",
        ":tada:",
        "",
        "lunch?",
        "<@U3> what skills does a welder need?",
        "<!here> what skills does a welder need?",
        "ada, what skills does a welder need?",
        "can you ask her, bob?",
        "/restart",
        "what did we pay?",
        "is there a slot on monday?",
        "what do you think?",
    ],
)
def test_talk_in_a_thread_is_left_alone(workspace, text):
    thread = workspace.mention("hello")
    workspace.answers()
    workspace.say(text, user="U2", thread=thread)
    assert quiet(workspace)


def test_a_picture_without_words_is_left_alone(workspace):
    thread = workspace.mention("hello")
    workspace.answers()
    workspace.say("", user="U2", thread=thread, subtype="file_share", files=[{"id": "F1"}])
    assert quiet(workspace)


def test_amid_peoples_talk_a_question_has_to_name_the_occupation(workspace):
    thread = workspace.mention("hello")
    workspace.answers()
    workspace.say("nice", user="U2", thread=thread)
    workspace.say("what skills are needed?", user="U3", thread=thread)
    assert quiet(workspace)
    workspace.say("what skills does a welder need?", user="U3", thread=thread)
    assert "a welder need?" in shown(workspace.answers(2)[1])


def test_called_by_its_name_it_answers(workspace):
    thread = workspace.mention("hello")
    workspace.answers()
    workspace.say("fine", user="U2", thread=thread)
    workspace.say("advisor, what is next?", user="U2", thread=thread)
    workspace.answers(2)


def test_a_reply_to_what_it_asked_needs_no_question_mark(workspace):
    thread = workspace.mention("ask back")
    workspace.answers()
    workspace.say("the second one", user="U2", thread=thread)
    assert quiet(workspace)
    workspace.mention("ask back", thread=thread)
    workspace.answers(2)
    workspace.say("the second one", thread=thread)
    assert "You said: the second one" in shown(workspace.answers(3)[2])
    workspace.say("the third one", thread=thread)
    assert quiet(workspace, 3)


def test_where_slack_does_not_tell_what_stands_before_people_are_supposed_to(workspace):
    thread = workspace.mention("hello")
    workspace.answers()
    workspace.slack.fail("conversations.replies", "missing_scope")
    workspace.say("and the pay?", thread=thread)
    assert quiet(workspace)


def test_what_people_say_to_each_other_is_not_kept(slack, serve, tmp_path):
    workspace = Workspace(slack, serve(app_token="").events_url)
    thread = workspace.mention("hello")
    workspace.answers()
    for words in ("our secret plan", "<@U3> a secret for you?", "is there a secret lunch?"):
        workspace.say(words, user="U2", thread=thread)
    assert quiet(workspace)
    with sqlite3.connect(tmp_path / "advisor.sqlite") as connection:
        kept = str([connection.execute(f"SELECT * FROM {name}").fetchall() for name in ("events", "channel_taken")])
    assert "secret" not in kept
    assert "hello" in kept


def test_statements_and_other_threads_are_not_even_understood(slack, serve):
    workspace = Workspace(slack, serve(app_token="").events_url)
    thread = workspace.mention("hello")
    workspace.answers()
    Parrot.looked_at.clear()
    workspace.say("I like that", user="U2", thread=thread)
    workspace.say("is this heard?", user="U2", thread=slack.ts())
    calls = len(slack.calls)
    assert quiet(workspace)
    assert Parrot.looked_at == []
    assert len(slack.calls) == calls


def test_where_the_owner_wants_it_only_mentions_are_answered(slack, serve, monkeypatch):
    monkeypatch.setenv("SLACK_MENTION_ONLY", "1")
    workspace = Workspace(slack, serve(app_token="").events_url)
    thread = workspace.mention("hello")
    workspace.answers()
    workspace.say("and what about safety?", thread=thread)
    assert quiet(workspace)
    workspace.mention("and what about safety?", thread=thread)
    workspace.answers(2)
    workspace.say("hello", channel="D1")
    workspace.answers(channel="D1")


def test_what_could_not_be_looked_at_in_time_slack_tells_again(slack, serve, monkeypatch):
    monkeypatch.setattr("bot.channels.slack.app.LISTENING", 0.0)
    server = serve(app_token="")
    workspace = Workspace(slack, server.events_url)
    thread = workspace.mention("hello")
    workspace.answers()
    with pytest.raises(AssertionError, match="500"):
        workspace.say("and what about safety?", thread=thread)
    monkeypatch.setattr("bot.channels.slack.app.LISTENING", 2.5)
    workspace.event(workspace.slack.said["C1"][-1], retry=1)
    until(lambda: len(slack.messages["C1"]) == 2, 20)
    assert "You said: and what about safety?" in shown(slack.messages["C1"][1])
