"""What somebody writes anew, forwards or shares."""

from __future__ import annotations

import time

import pytest

from tests.advisor import until
from tests.slack.people import QUIET, Workspace, labels, shown
from tests.slack.stand_in import BOT


def test_a_mention_that_is_added_later_is_answered_once(workspace):
    ts = workspace.say("what does a welder do?")
    workspace.edit(ts, f"<@{BOT}> what does a welder do?")
    [answer] = workspace.answers()
    assert answer["thread_ts"] == ts
    assert "You said: what does a welder do?" in shown(answer)
    time.sleep(QUIET)
    assert len(workspace.slack.messages["C1"]) == 1


def test_an_edited_question_in_a_direct_message_gets_its_answer_in_the_same_place(workspace):
    ts = workspace.say("what does a wleder do?", channel="D1")
    workspace.answers(channel="D1")
    workspace.edit(ts, "what does a welder do?", channel="D1")
    until(lambda: "You said: what does a welder do?" in shown(workspace.slack.messages["D1"][0]), 20)
    workspace.edit(ts, "what does a baker do?", channel="D1")
    until(lambda: "You said: what does a baker do?" in shown(workspace.slack.messages["D1"][0]), 20)
    [answer] = workspace.slack.messages["D1"]
    assert "Choice 1" in labels(answer)


def test_an_edited_follow_up_in_a_thread_gets_its_answer_in_the_same_place(workspace):
    thread = workspace.mention("hello")
    workspace.answers()
    ts = workspace.say("and safty?", thread=thread)
    workspace.answers(2)
    workspace.edit(ts, "and safety?")
    until(lambda: "You said: and safety?" in shown(workspace.slack.messages["C1"][1]), 20)


def test_where_the_answer_is_gone_a_new_one_is_given(workspace):
    ts = workspace.say("one", channel="D1")
    workspace.answers(channel="D1")
    workspace.slack.fail("chat.update", "message_not_found")
    workspace.edit(ts, "two", channel="D1")
    assert "You said: two" in shown(workspace.answers(2, channel="D1")[1])
    workspace.edit(ts, "three", channel="D1")
    until(lambda: any("You said: three" in shown(each) for each in workspace.slack.messages["D1"]), 20)
    assert len(workspace.slack.messages["D1"]) == 2


def test_the_answer_is_found_in_slack_where_nothing_is_kept_of_it(slack, serve, tmp_path):
    workspace = Workspace(slack, serve(app_token="").events_url)
    ts = workspace.say("one", channel="D1")
    [answer] = workspace.answers(channel="D1")
    with_store = serve(app_token="", database_url=f"sqlite:///{tmp_path / 'another.sqlite'}")
    Workspace(slack, with_store.events_url).edit(ts, "two", channel="D1")
    until(lambda: "You said: two" in shown(answer), 20)
    assert len(slack.messages["D1"]) == 1


def test_what_slack_changes_by_itself_is_no_edit(workspace):
    same = "what does a welder do?"
    ts = workspace.say(same, channel="D1")
    workspace.answers(channel="D1")
    workspace.edit(ts, same, channel="D1")
    event = {"type": "message", "subtype": "message_changed", "channel": "D1", "ts": workspace.slack.ts()}
    unfolded = {"type": "message", "user": "U1", "text": "other", "ts": ts, "attachments": [{"title": "A page"}]}
    workspace.event({**event, "message": unfolded, "previous_message": {"text": same}})
    time.sleep(QUIET)
    assert len(workspace.slack.messages["D1"]) == 1
    assert "chat.update" not in workspace.slack.methods()


def test_talk_that_is_edited_stays_talk(workspace):
    ts = workspace.say("lunch?")
    workspace.edit(ts, "lunch today?")
    thread = workspace.mention("hello", channel="C2")
    workspace.answers(channel="C2")
    remark = workspace.say("nice", user="U2", channel="C2", thread=thread)
    workspace.edit(remark, "very nice", channel="C2")
    time.sleep(QUIET)
    assert not workspace.slack.messages["C1"]
    assert len(workspace.slack.messages["C2"]) == 1


def test_a_stranger_does_not_get_in_by_an_edit(slack, serve):
    workspace = Workspace(slack, serve(app_token="").events_url)
    ts = workspace.say("hello", user="U9", user_team="T2")
    workspace.edit(ts, f"<@{BOT}> hello")
    time.sleep(QUIET)
    assert not slack.messages["C1"]


RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "what does a "},
                {"type": "link", "url": "https://example.org", "text": "welder"},
                {"type": "text", "text": " earn?"},
            ],
        }
    ],
}


@pytest.mark.parametrize(
    ("text", "attachment", "said"),
    [
        ("", {"is_share": True, "text": "what does a <https://x.y|welder> earn?"}, "what does a welder earn?"),
        ("", {"is_share": True, "is_msg_unfurl": True, "message_blocks": [{"message": {"blocks": [RICH]}}]}, "earn?"),
        ("from Bob:", {"is_msg_unfurl": True, "text": "what does it pay?"}, "from Bob:\nwhat does it pay?"),
        ("", {"is_share": True, "fallback": "what is it?"}, "what is it?"),
        ("is it safe?", {"title": "A page", "text": "its preview"}, "You said: is it safe?"),
    ],
)
def test_what_is_forwarded_is_read(workspace, text, attachment, said):
    workspace.say(text, channel="D1", attachments=[attachment])
    told = shown(workspace.answers(channel="D1")[0])
    assert said in told
    assert "preview" not in told


def test_what_is_forwarded_into_a_thread_is_for_people_unless_the_advisor_is_mentioned(workspace):
    thread = workspace.mention("hello")
    workspace.answers()
    shared = {"is_share": True, "text": "what does a welder earn?"}
    workspace.say("", user="U2", thread=thread, attachments=[shared])
    time.sleep(QUIET)
    assert len(workspace.slack.messages["C1"]) == 1
    workspace.mention("please", user="U2", thread=thread, attachments=[shared])
    assert "please\nwhat does a welder earn?" in shown(workspace.answers(2)[1])
