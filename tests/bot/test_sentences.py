"""What is said without a model is said in the domain's words."""

from __future__ import annotations

import pytest

from bot.channels.slack.left import message
from bot.channels.web import plain
from bot.channels.web.plain import Shown
from bot.handoff.left import Left
from bot.sentences import sentence


@pytest.mark.parametrize(
    ("channel", "told"),
    [("web", "on the website"), ("slack", "in Slack"), ("rest", "in a program"), ("other", "advisor")],
)
def test_a_sentence_is_the_channels_own_or_that_of_all(channel, told):
    assert sentence("utter_left_told", channel).endswith(told)
    assert told in message(Left("k", "slack", f"{channel}:a", "Is there a bus?", "x", 1.0))["text"]


def test_what_people_wrote_fills_a_sentence_and_is_none():
    assert sentence("utter_left_reach", reach="{reach} {0}") == "To be reached at: {reach} {0}"


def test_the_plain_page_begins_with_the_domains_greeting():
    assert sentence("utter_plain_greeting") in plain.page(Shown())
