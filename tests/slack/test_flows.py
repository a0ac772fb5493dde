"""What people do in Slack and what they see then, over Socket Mode and over HTTP."""

from __future__ import annotations

import time

import pytest

from tests.slack.people import QUIET, labels, shown
from tests.slack.stand_in import BOT


def test_a_mention_is_answered_once_in_a_thread(workspace):
    ts = workspace.mention("what does a welder do?")
    [answer] = workspace.answers()
    assert answer["thread_ts"] == ts
    assert "*1.* You said: what does a welder do?" in shown(answer)
    assert "“Skills”, line 3: “Welders &lt;weld&gt; &amp; cut.”" in shown(answer)
    time.sleep(QUIET)
    assert len(workspace.slack.messages["C1"]) == 1


def test_others_join_in_the_thread_without_a_mention_and_each_has_a_conversation(workspace):
    ts = workspace.mention("hello")
    workspace.answers()
    workspace.say("and safety?", user="U2", thread=ts)
    _, answer = workspace.answers(2)
    assert answer["thread_ts"] == ts
    assert "*1.* You said: and safety?" in shown(answer)
    workspace.say("and the skills?", thread=ts)
    assert "*2.* You said: and the skills?" in shown(workspace.answers(3)[2])


def test_a_message_right_after_the_mention_is_answered_after_it(workspace):
    ts = workspace.mention("slow")
    workspace.say("and second?", thread=ts)
    first, second = workspace.answers(2)
    assert "*1.*" in shown(first)
    assert "*2.* You said: and second?" in shown(second)


def test_people_elsewhere_have_conversations_of_their_own(workspace):
    workspace.mention("one")
    workspace.mention("two")
    workspace.mention("three", channel="C2")
    answers = [*workspace.answers(2), *workspace.answers(channel="C2")]
    assert all("*1.*" in shown(answer) for answer in answers)


def test_talk_among_people_is_none_of_our_business(workspace):
    workspace.say("lunch?")
    workspace.say("yes", thread=workspace.slack.ts())
    workspace.say(f"<@{BOT}X> you too?", thread=workspace.slack.ts())
    workspace.mention("hello", channel="C2")
    workspace.answers(channel="C2")
    assert not workspace.slack.messages["C1"]


def test_a_direct_message_is_answered_where_it_stands(workspace):
    workspace.say("hello", channel="D1")
    [answer] = workspace.answers(channel="D1")
    assert "thread_ts" not in answer
    thread = workspace.say("in a thread", channel="D1", thread=workspace.slack.ts())
    workspace.say("again", channel="D1")
    answers = workspace.answers(3, channel="D1")
    assert thread
    assert sorted("thread_ts" in answer for answer in answers) == [False, False, True]
    assert any("*2.* You said: again" in shown(answer) for answer in answers)


@pytest.mark.parametrize(
    "more",
    [
        {"subtype": "message_changed", "message": {"text": "x"}},
        {"subtype": "channel_join"},
        {"subtype": "message_deleted", "hidden": True},
        {"subtype": "bot_message", "bot_id": "B2"},
        {"bot_id": "B2"},
        {"user": BOT},
        {"user": "USLACKBOT"},
        {"edited": {"user": "U1", "ts": "1"}},
    ],
)
def test_edits_joins_bots_and_itself_are_ignored(workspace, more):
    workspace.say(f"<@{BOT}> ignore me", **more)
    workspace.say("ignore me", channel="D1", **more)
    workspace.say("answer me", channel="D2")
    workspace.answers(channel="D2")
    assert not workspace.slack.messages["C1"]
    assert not workspace.slack.messages["D1"]


def test_a_file_with_words_is_a_question(workspace):
    workspace.say("what is this job?", channel="D1", subtype="file_share", files=[{"id": "F1"}])
    assert "what is this job?" in shown(workspace.answers(channel="D1")[0])


def test_a_command_is_answered_to_the_asker_and_shared_on_a_click(workspace):
    workspace.command("what does a welder do")
    [answer] = workspace.private()
    assert answer["response_type"] == "ephemeral"
    assert "You said: what does a welder do" in shown(answer)
    assert labels(answer)[-1] == "Share with the channel"
    workspace.click(answer, "Share")
    _, public, private = workspace.private(3)
    assert public["response_type"] == "in_channel"
    assert "<@U1> asked: *what does a welder do*" in shown(public)
    assert "You said: what does a welder do" in shown(public)
    assert not labels(public)
    assert private["replace_original"]
    assert "Share with the channel" not in labels(private)
    assert "Choice 1" in labels(private)
    assert not workspace.slack.messages["C1"]


def test_a_command_without_words_gets_help(workspace):
    workspace.command("  ")
    assert "You said: help" in shown(workspace.private()[0])


def test_each_user_of_the_command_has_a_conversation(workspace):
    workspace.command("one", user="U1")
    workspace.command("two", user="U2")
    workspace.private(2)
    workspace.command("three", user="U1")
    assert "*2.* You said: three" in shown(workspace.private(3)[2])


def test_a_button_gives_way_to_the_choice_and_is_answered_in_the_thread(workspace):
    ts = workspace.mention("hello")
    [first] = workspace.answers()
    workspace.click(first, "Choice 1")
    first, second = workspace.answers(2)
    assert second["thread_ts"] == ts
    assert '*2.* You said: /choose{"n": 1}' in shown(second)
    assert "You chose: Choice 1" in shown(first)
    assert labels(first) == ["Helpful", "Not helpful"]


def test_what_was_offered_to_one_can_be_chosen_by_another_in_a_conversation_of_their_own(workspace):
    ts = workspace.mention("hello")
    workspace.click(workspace.answers()[0], "Choice 1", user="U2")
    assert '*1.* You said: /choose{"n": 1}' in shown(workspace.answers(2)[1])
    workspace.say("and me?", thread=ts)
    assert "*2.* You said: and me?" in shown(workspace.answers(3)[2])


def test_two_clicks_are_one_choice(workspace):
    workspace.say("hello", channel="D1")
    before = dict(workspace.answers(channel="D1")[0])
    workspace.click(before, "Choice 1", channel="D1")
    workspace.click(before, "Choice 0", channel="D1")
    workspace.say("end", channel="D1")
    assert "*3.* You said: end" in shown(workspace.answers(3, channel="D1")[2])


def test_a_choice_in_a_private_answer_is_answered_privately(workspace):
    workspace.command("hello")
    workspace.click(workspace.private()[0], "Choice 0")
    _, changed, answer = workspace.private(3)
    assert changed["replace_original"]
    assert "You chose: Choice 0" in shown(changed)
    assert "You said: hello" in shown(changed)
    assert answer["response_type"] == "ephemeral"
    workspace.click(answer, "Share")
    assert "<@U1> asked: *Choice 0*" in shown(workspace.private(4)[3])


def test_a_payload_that_was_not_offered_is_text(workspace):
    workspace.say("/choose{}", channel="D1")
    assert "You said: choose{}" in shown(workspace.answers(channel="D1")[0])


def test_a_thumb_is_kept_and_thanked_for(workspace, feedback):
    workspace.mention("hello")
    [answer] = workspace.answers()
    workspace.click(dict(answer), "Not helpful")
    [kept] = feedback(1)
    assert not kept.helpful
    assert kept.conversation.endswith(f":{answer['thread_ts']}:U1")
    assert "You said: hello" in kept.answer
    workspace.click({**answer}, "Choice 0")
    answer = workspace.answers(2)[0]
    assert "Thanks" in shown(answer)
    assert "You chose: Choice 0" in shown(answer)


@pytest.mark.parametrize(
    "body",
    [
        {
            "type": "block_actions",
            "user": {"id": "U1"},
            "team": {"id": "T1"},
            "channel": {"id": "C1"},
            "container": {"type": "message", "message_ts": "1.0", "channel_id": "C1"},
            "actions": [{"type": "checkboxes", "action_id": "ours", "block_id": "b", "selected_options": []}],
        },
        {"type": "view_submission", "user": {"id": "U1"}, "team": {"id": "T1"}, "view": {"callback_id": "x"}},
        {"type": "view_closed", "user": {"id": "U1"}, "team": {"id": "T1"}, "view": {"callback_id": "x"}},
        {"type": "shortcut", "user": {"id": "U1"}, "team": {"id": "T1"}, "callback_id": "x"},
        {
            "type": "block_actions",
            "user": {"id": "U1"},
            "team": {"id": "T1"},
            "channel": {"id": "C1"},
            "actions": [{"type": "button", "action_id": "choice-1", "block_id": "theirs", "value": "/restart"}],
        },
    ],
)
def test_interactive_payloads_that_we_do_not_use_are_thanked_for(workspace, body):
    assert workspace.interact(body) < 3
    workspace.say("still there?", channel="D1")
    workspace.answers(channel="D1")
    assert not workspace.slack.messages["C1"]


def test_events_that_we_do_not_use_are_thanked_for(workspace):
    assert workspace.event({"type": "reaction_added", "user": "U1", "item": {}}) < 3


def test_the_app_home_says_what_it_can_do(workspace):
    workspace.event({"type": "app_home_opened", "user": "U7", "tab": "messages", "channel": "D7"})
    workspace.event({"type": "app_home_opened", "user": "U1", "tab": "home", "channel": "D1"})
    workspace._waited(lambda: list(workspace.slack.homes), 1, 20)
    assert list(workspace.slack.homes) == ["U1"]
    home = workspace.slack.homes["U1"]
    assert home["type"] == "home"
    assert "I tell what a job is like." in shown(home)
    assert "/career" in shown(home)


def test_a_status_shows_in_a_thread_while_it_works(workspace):
    workspace.mention("hello")
    workspace.answers()
    methods = workspace.slack.methods()
    assert methods.index("assistant.threads.setStatus") < methods.index("chat.postMessage")


def test_without_a_status_nothing_is_lost(workspace):
    workspace.slack.fail("assistant.threads.setStatus", "missing_scope")
    workspace.mention("hello")
    assert workspace.answers()


def test_a_long_answer_is_one_message_within_the_limits(workspace):
    workspace.mention("long")
    [answer] = workspace.answers()
    assert len(answer["text"]) > 12_000
    assert all(f"Line {number:03d}" in shown(answer) for number in range(200))
    workspace.click(answer, "Choice 0")
    answer = workspace.answers(2)[0]
    assert "You chose: Choice 0" in shown(answer)


def test_25_buttons_stand_in_rows_of_five(workspace):
    workspace.mention("many")
    rows = [block for block in workspace.answers()[0]["blocks"] if block["type"] == "actions"]
    assert [len(row["elements"]) for row in rows] == [5, 5, 5, 5, 5]


def test_slacks_marks_reach_the_advisor_as_words(workspace):
    workspace.say("is <https://x.y/a?b=1&amp;c=2|this page> :tada: for `R&amp;D` &lt;jobs&gt;, <@U2>?", channel="D1")
    assert "You said: is this page for R&amp;D &lt;jobs&gt;, ?" in shown(workspace.answers(channel="D1")[0])


def test_a_message_that_is_too_long_is_said_to_be_whatever_stands_in_it(workspace):
    workspace.say("*a " * 13_000, channel="D1")
    assert "You said: /signal_too_long" in shown(workspace.answers(channel="D1")[0])
