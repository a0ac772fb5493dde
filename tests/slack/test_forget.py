"""Somebody in Slack has forgotten what they said, and nothing of what others did."""

from __future__ import annotations

import sqlite3
import time

import pytest

from bot.handoff.left import LeftQuestions
from bot.said import Said
from bot.scopes import slack_conversations
from bot.store import Feedback, Store
from tests.advisor import until
from tests.slack.people import Workspace, labels, shown

SURE = "I would delete what I keep"


@pytest.fixture
def store(tmp_path) -> Store:
    """The servers' database."""
    return Store(f"sqlite:///{tmp_path / 'advisor.sqlite'}")


def confirmed(workspace: Workspace, answer: str = "Forget what I said", *, user: str = "U1") -> str:
    """What is said to somebody who asks by the command to forget, and answers so."""
    before = len(workspace.slack.private)
    workspace.command("forget", user=user)
    asked = workspace.private(before + 1)[-1]
    workspace.click(asked, answer, user=user)
    return workspace.private(before + 2)[-1]["text"]


def test_it_is_asked_first_and_only_the_asker_sees_it(workspace, store):
    workspace.say("hello", channel="D1")
    workspace.answers(channel="D1")
    workspace.command("  Forget ")
    [asked] = workspace.private()
    assert asked["response_type"] == "ephemeral"
    assert SURE in shown(asked)
    assert labels(asked) == ["Forget what I said", "Keep it"]
    assert slack_conversations(store, "U1") == ["slack:T1:C1:U1", "slack:T1:D1:U1"]
    workspace.click(asked, "Keep it")
    kept = workspace.private(2)[1]
    assert kept["replace_original"]
    assert kept["text"] == "All right, I keep it."
    workspace.say("again", channel="D1")
    assert "*2.*" in shown(workspace.answers(2, channel="D1")[1])


def test_direct_messages_commands_and_ones_own_part_of_threads_are_forgotten(workspace, store, tmp_path):
    thread = workspace.mention("my thread")
    workspace.say("and their part?", user="U2", thread=thread)
    workspace.say("my direct message", channel="D1")
    workspace.say("another direct message", channel="D2", user="U2")
    workspace.command("my command")
    workspace.private()
    mine, theirs = sorted(workspace.answers(2), key=lambda answer: "their part" in shown(answer))
    workspace.answers(channel="D1")
    workspace.answers(channel="D2")
    workspace.click(mine, "Not helpful", user="U2")
    workspace.click(theirs, "Helpful", user="U1")
    until(lambda: len(store.feedback()) == 2, 20)
    said = confirmed(workspace)
    assert "Conversations: 3. Messages of yours, with my answers: 3. Feedback: 1." in said
    until(lambda: slack_conversations(store, "U1") == [], 20)
    assert Said(store).conversations() == [f"slack:T1:C1:{thread}:U2", "slack:T1:D2:U2"]
    assert {(each.conversation, each.helpful, bool(each.answer)) for each in store.feedback()} == {
        (f"slack:T1:C1:{thread}:U2", True, True),
        ("", False, False),
    }
    with sqlite3.connect(tmp_path / "advisor.sqlite") as connection:
        words = str([connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("events", "channel_taken")])
    assert not [word for word in ("my thread", "my direct message", "my command", "U1") if word in words]
    assert "their part" in words


def test_a_conversation_begins_anew_and_the_thread_goes_on(workspace, store):
    thread = workspace.mention("hello")
    workspace.say("and safety?", user="U2", thread=thread)
    workspace.answers(2)
    confirmed(workspace)
    workspace.mention("again", thread=thread)
    workspace.mention("again", user="U2", thread=thread)
    mine, theirs = sorted(shown(answer) for answer in workspace.answers(4)[2:])
    assert "*1.*" in mine
    assert "*2.*" in theirs


def test_where_nothing_is_kept_it_says_so(workspace):
    assert confirmed(workspace, user="U7") == "There was nothing to delete: I keep nothing that you said."


def test_a_question_left_for_people_is_forgotten_too_where_nothing_else_is_kept(workspace, store):
    left = LeftQuestions(store)
    left.add("slack:T1:C1:9.1:U7", "Is there a bus?", "ada@example.org", receivers=["slack"], due_at=time.time() + 600)
    assert confirmed(workspace, user="U7").startswith("Done. I have deleted")
    assert left.waiting() == []


def test_the_home_has_a_button_for_it_that_asks_too(workspace, store):
    workspace.say("hello", channel="D1")
    workspace.answers(channel="D1")
    workspace.event({"type": "app_home_opened", "user": "U1", "tab": "home", "channel": "D1"})
    until(lambda: "U1" in workspace.slack.homes, 20)
    home = workspace.slack.homes["U1"]
    button = home["blocks"][-1]["elements"][0]
    assert SURE in button["confirm"]["text"]["text"]
    workspace.click_at_home("Forget what I said")
    until(lambda: "Done. I have deleted" in shown(workspace.slack.homes["U1"]), 20)
    assert "Messages of yours, with my answers: 1." in shown(workspace.slack.homes["U1"])
    assert labels(workspace.slack.homes["U1"]) == ["Forget what I said"]
    assert slack_conversations(store, "U1") == []


def test_what_is_just_being_answered_is_forgotten_too(workspace, store):
    workspace.say("slow", channel="D1")
    until(lambda: "slack:T1:D1:U1" in slack_conversations(store, "U1"), 20)
    time.sleep(0.3)  # it is asked by now, and takes a second
    assert "Messages of yours, with my answers: 1." in confirmed(workspace)
    workspace.answers(channel="D1")
    assert slack_conversations(store, "U1") == []


def test_a_button_of_an_answer_that_is_forgotten_asks_in_words(workspace):
    workspace.mention("hello")
    [answer] = workspace.answers()
    confirmed(workspace)
    workspace.click(answer, "Choice 1")
    assert "*1.* You said: Choice 1" in shown(workspace.answers(2)[1])


def test_feedback_on_an_answer_that_is_forgotten_brings_no_words_back(workspace, store):
    workspace.mention("hello")
    [answer] = workspace.answers()
    confirmed(workspace)
    workspace.click(answer, "Not helpful", user="U2")
    until(lambda: len(store.feedback()) == 1, 20)
    [kept] = store.feedback()
    assert kept == Feedback("", "", False, given_at=kept.given_at)


def test_a_private_answer_that_is_forgotten_cannot_be_shared_and_says_so(workspace):
    workspace.command("hello")
    [answer] = workspace.private()
    confirmed(workspace)
    workspace.click(answer, "Share")
    said = workspace.private(4)[3]
    assert said["text"].startswith("I have forgotten that answer.")
    workspace.click(answer, "Choice 0")
    assert "You said: Choice 0" in shown(workspace.private(5)[4])


def test_another_workspace_of_the_same_database_is_left_alone(workspace, store):
    workspace.say("hello", channel="D1")
    workspace.answers(channel="D1")
    with store.engine().begin() as connection:
        connection.exec_driver_sql("UPDATE events SET sender_id = 'slack:T2:D1:U1' WHERE sender_id = 'slack:T1:D1:U1'")
    confirmed(workspace)
    assert slack_conversations(store, "U1") == ["slack:T2:D1:U1"]


def test_direct_messages_of_earlier_versions_are_found_by_their_channel(workspace, store):
    workspace.say("hello", channel="D1")
    workspace.answers(channel="D1")
    with store.engine().begin() as connection:
        for earlier in ("slack:T1:D1", "slack:T1:D1:4.0", "slack:T1:D11"):
            connection.exec_driver_sql(
                "INSERT INTO events (sender_id, type_name, timestamp, data) "
                "SELECT ?, type_name, timestamp, data FROM events WHERE sender_id = 'slack:T1:D1:U1'",
                (earlier,),
            )
    assert "Conversations: 3." in confirmed(workspace)
    assert Said(store).conversations() == ["slack:T1:D11"]
