"""The manifest asks for what the code uses, and for nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.events import FORGET
from bot.channels.slack.sessions import PROMPTS
from bot.channels.slack.used import COMMAND, EVENTS

SLACK = Path(__file__).resolve().parents[2] / "bot" / "channels" / "slack"
SCOPES = {  # as Slack's documentation of each event and method gives them; an empty set needs none
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "message.mpim": {"mpim:history"},
    "apps_connections_open": set(),  # the app token's connections:write
    "agent_session_stopped": set(),
    "agents_sessions_setStatus": {"chat:write"},
    "assistant_threads_setStatus": {"chat:write"},
    "assistant_threads_setSuggestedPrompts": {"assistant:write"},
    "assistant_threads_setTitle": {"assistant:write"},
    "api_call": set(),  # of conversations.replies, which stands below too
    "auth_test": set(),
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "conversations_replies": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "views_publish": set(),
}


@pytest.fixture(scope="module")
def manifest() -> dict:
    """The manifest as Slack reads it."""
    return yaml.safe_load((SLACK / "manifest.yml").read_text(encoding="utf-8"))


def test_the_events_are_those_that_the_code_answers(manifest):
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert {event.partition(".")[0] for event in events} == set(EVENTS)


def test_the_scopes_are_those_of_the_events_and_methods_used(manifest):
    code = "".join(path.read_text(encoding="utf-8") for path in SLACK.glob("*.py"))
    methods = {name for name in re.findall(r"client\.([a-z]+_\w+)", code) if hasattr(AsyncWebClient, name)}
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    needed = {"commands"}.union(*(SCOPES[use] for use in methods | set(events)))
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == needed


def test_the_command_is_the_one_that_the_code_answers(manifest):
    [command] = manifest["features"]["slash_commands"]
    assert command["command"] == COMMAND
    assert command["usage_hint"].endswith(FORGET)


def test_it_is_an_agent_with_the_prompts_that_the_code_offers(manifest):
    agent = manifest["features"]["agent_view"]
    domain = yaml.safe_load((SLACK.parents[2] / "domain.yml").read_text(encoding="utf-8"))
    prompts = domain["responses"]["utter_prompts"][0]["text"].splitlines()
    assert agent["suggested_prompts"] == [{"title": prompt, "message": prompt} for prompt in prompts]
    assert 0 < len(prompts) <= PROMPTS
    assert len(agent["agent_description"]) <= 300
    assert "assistant_view" not in manifest["features"]  # Slack takes it of no new app


def test_socket_mode_buttons_and_the_home_tab_are_on(manifest):
    assert manifest["settings"]["socket_mode_enabled"]
    assert manifest["settings"]["interactivity"]["is_enabled"]
    assert manifest["features"]["app_home"]["home_tab_enabled"]
    assert not manifest["features"]["app_home"]["messages_tab_read_only_enabled"]
