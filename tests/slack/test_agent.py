"""The advisor as one of Slack's agents, and where Slack has none."""

from __future__ import annotations

import logging
import time

import pytest

from tests.advisor import until
from tests.slack.people import QUIET, Workspace, shown


def stop(workspace: Workspace, thread: str, *, channel: str = "C1", retry: int = 0) -> None:
    """Press Slack's button that stops an agent."""
    event = {"type": "agent_session_stopped", "user": "U1", "channel": channel, "thread_ts": thread}
    workspace.event({**event, "event_ts": thread, "streaming_message_ts": []}, retry=retry)


def test_a_conversation_has_a_title_and_shows_when_it_is_worked_on(workspace):
    workspace.slack.has_agents = True
    thread = workspace.mention("what does a  welder do?")
    workspace.answers()
    workspace.say("and safety?", thread=thread)
    workspace.answers(2)
    session = workspace.slack.sessions[thread]
    until(lambda: session["states"] == ["processing", "active"] * 2, 20)
    assert session["title"] == "what does a welder do?"
    assert "assistant.threads.setStatus" not in workspace.slack.methods()


def test_without_agents_there_is_a_status_and_nothing_is_asked_twice(workspace):
    for number in range(3):
        workspace.mention("hello")
        workspace.answers(number + 1)
    assert workspace.slack.methods().count("agents.sessions.setStatus") == 1
    assert workspace.slack.methods().count("assistant.threads.setStatus") == 3


def test_what_an_earlier_assistant_is_asked_first_is_its_title(workspace):
    thread = workspace.slack.ts()
    workspace.say("what does a welder do?", channel="D1", thread=thread)
    workspace.say("and safety?", channel="D1", thread=thread)
    workspace.answers(2, channel="D1")
    [title] = [arguments for method, arguments in workspace.slack.calls if method == "assistant.threads.setTitle"]
    assert (title["title"], title["thread_ts"]) == ("what does a welder do?", thread)


def test_who_opens_the_conversation_is_offered_questions(workspace):
    workspace.slack.has_agents = True
    workspace.event({"type": "app_home_opened", "user": "U1", "tab": "messages", "channel": "D1"})
    until(lambda: "D1" in workspace.slack.prompts, 20)
    offered = workspace.slack.prompts["D1"]
    assert [prompt["message"] for prompt in offered["prompts"]][0] == "What does a production technician do?"
    assert len(offered["prompts"]) == 4
    assert offered["title"] == "You could ask"
    assert not workspace.slack.homes


def test_so_is_who_opens_an_earlier_assistant(workspace):
    opened = {"user_id": "U1", "channel_id": "D1", "thread_ts": "5.1", "context": {}}
    workspace.event({"type": "assistant_thread_started", "assistant_thread": opened})
    until(lambda: "D1" in workspace.slack.prompts, 20)
    assert workspace.slack.prompts["D1"]["thread_ts"] == "5.1"


def test_a_workspace_that_does_not_allow_it_goes_on_as_ever(workspace, caplog):
    workspace.slack.fail("assistant.threads.setSuggestedPrompts", "missing_scope")
    workspace.slack.fail("agents.sessions.setStatus", "feature_not_enabled")
    workspace.slack.fail("assistant.threads.setStatus", "not_allowed")
    workspace.event({"type": "app_home_opened", "user": "U1", "tab": "messages", "channel": "D1"})
    workspace.mention("hello")
    workspace.say("hello", channel="D1")
    workspace.answers()
    workspace.answers(channel="D1")
    assert "WARNING" not in caplog.text


@pytest.mark.parametrize(
    "refusal", ["unknown_method", "missing_scope", "not_allowed_token_type", "feature_not_enabled"]
)
def test_what_is_lacking_is_asked_for_once_and_said_once(slack, serve, caplog, refusal):
    caplog.set_level(logging.INFO, "bot")
    slack.has_agents = True
    slack.fail("agents.sessions.setStatus", refusal)
    workspace = Workspace(slack, serve(app_token="").events_url)
    for number in range(2):
        workspace.mention("hello")
        workspace.answers(number + 1)
    assert slack.methods().count("agents.sessions.setStatus") == 1
    assert slack.methods().count("assistant.threads.setStatus") == 2
    assert caplog.text.count(f"stop button of an agent's session ({refusal}); going on without.") == 1
    assert "WARNING" not in caplog.text


@pytest.mark.parametrize("refusal", ["not_in_channel", "access_denied", "invalid_arguments", "fatal_error", 503])
def test_what_is_refused_in_one_place_or_for_a_while_is_asked_for_again(slack, serve, caplog, refusal):
    caplog.set_level(logging.INFO, "bot")
    slack.has_agents = True
    slack.fail("agents.sessions.setStatus", refusal)
    workspace = Workspace(slack, serve(app_token="").events_url)
    first = workspace.mention("hello")
    workspace.answers()
    second = workspace.mention("hello")
    workspace.answers(2)
    assert (first in slack.sessions, second in slack.sessions) == (False, True)
    assert "going on without" not in caplog.text


def test_who_stops_it_gets_no_answer_and_is_told_once(workspace):
    workspace.slack.has_agents = True
    thread = workspace.mention("slow one")
    until(lambda: thread in workspace.slack.sessions, 20)
    workspace.mention("slow two", thread=thread)
    stop(workspace, thread)
    [told] = workspace.answers()
    stop(workspace, thread, retry=1)
    assert told["text"] == "All right, I stopped."
    assert told["thread_ts"] == thread
    time.sleep(2 + QUIET)
    assert len(workspace.slack.messages["C1"]) == 1
    assert workspace.slack.sessions[thread]["states"][-1] == "active"
    workspace.mention("and now?", thread=thread)
    assert "You said: and now?" in shown(workspace.answers(2)[1])


def test_other_threads_and_other_places_go_on(workspace):
    workspace.slack.has_agents = True
    stopped, other = workspace.mention("slow one"), workspace.mention("slow two")
    workspace.say("slow three", channel="D1")
    stop(workspace, stopped)
    workspace.answers(2)
    assert {answer["thread_ts"] for answer in workspace.slack.messages["C1"]} == {stopped, other}
    workspace.answers(channel="D1")


def test_a_stop_reaches_the_server_that_is_at_it(slack, serve):
    slack.has_agents = True
    one, other = (Workspace(slack, serve(app_token="").events_url) for _ in range(2))
    thread = one.mention("slow one")
    stop(other, thread)
    [told] = one.answers()
    time.sleep(1 + QUIET)
    assert told["text"] == "All right, I stopped."
    assert len(slack.messages["C1"]) == 1


def test_where_nothing_is_worked_on_nothing_is_said(workspace):
    workspace.slack.has_agents = True
    thread = workspace.mention("hello")
    workspace.answers()
    until(lambda: workspace.slack.sessions[thread]["states"][-1] == "active", 20)
    time.sleep(0.3)
    stop(workspace, thread)
    time.sleep(QUIET)
    assert len(workspace.slack.messages["C1"]) == 1
