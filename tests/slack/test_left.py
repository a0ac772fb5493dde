"""A question that is left for people stands in the owner's channel in Slack, once, as the plain words that it is."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.slack.left import SlackReceiver
from bot.handoff.handoff import Handoff
from bot.handoff.left import Left, LeftQuestions
from bot.handoff.webhook import NotSent
from bot.owner import OwnerSettings
from bot.store import Store
from tests.advisor import until
from tests.slack.people import Workspace, shown
from tests.slack.server import Parrot, Server
from tests.slack.stand_in import BOT_TOKEN, SlackStandIn

HOSTILE = "<!channel> see <https://evil.example|here> & *bold* :tada: @ada\nsecond line"
LEFT = Left("k1", "slack", "web:a", HOSTILE, "ada@example.org", 1.0)


class Leaving(Parrot):
    """Leaves a question where it is told “leave it”, as the form does at its end."""

    async def handle_message(self, message: UserMessage) -> None:
        if message.text != "leave it":
            return await super().handle_message(message)
        custom = {"kind": "leave", "question": HOSTILE, "reach": "ada@example.org"}
        reply = {"text": "I'm sending it.", "custom": custom}
        return await message.output_channel.send_response(message.sender_id, reply)


def send(slack: SlackStandIn, left: Left = LEFT, *, channel: str = "C9LEADS", timeout: float = 5) -> None:
    asyncio.run(SlackReceiver(BOT_TOKEN, slack.api_url).send(channel, left, timeout=timeout))


def test_every_word_is_plain_text(slack):
    send(slack)
    [message] = slack.messages["C9LEADS"]
    texts = [block["text"] for block in message["blocks"]]
    assert {text["type"] for text in texts} == {"plain_text"}
    assert [text["text"] for text in texts][1:] == [HOSTILE, "To be reached at: ada@example.org"]
    assert "<" not in message["text"]
    assert "&lt;!channel&gt;" in message["text"]


def test_one_whose_answer_was_lost_is_not_posted_again(slack):
    now = time.time()
    send(slack, replace(LEFT, left_at=now))
    send(slack, replace(LEFT, left_at=now, tries=1))
    assert len(slack.messages["C9LEADS"]) == 1
    send(slack, replace(LEFT, id="k2", left_at=now, tries=1))
    assert len(slack.messages["C9LEADS"]) == 2


@pytest.mark.parametrize("word", ["channel_not_found", "not_in_channel", "invalid_auth", "ratelimited"])
def test_what_slack_does_not_take_is_told_by_its_word(slack, word):
    slack.fail("chat.postMessage", word)
    with pytest.raises(NotSent, match="Slack says"):
        send(slack)
    assert not slack.messages["C9LEADS"]


def test_a_slack_that_cannot_be_reached_is_told(slack):
    slack.down()
    with pytest.raises(NotSent):
        send(slack, timeout=2)


def test_somebody_in_slack_leaves_a_question_and_is_told_how_it_went(slack, tmp_path):
    url = f"sqlite:///{tmp_path / 'advisor.sqlite'}"
    settings = OwnerSettings(url, environ={})
    settings.set("leads_slack_channel", "C9LEADS0")
    server = Server(slack, tmp_path / "advisor.sqlite", app_token="")
    agent = server.app.ctx.agent
    server.app.ctx.agent = Leaving(domain=agent.domain, tracker_store=agent.tracker_store)
    receiver = SlackReceiver(BOT_TOKEN, slack.api_url)
    server.app.ctx.handoff = Handoff(settings, LeftQuestions(Store(url)), {"slack": receiver})
    server.start()
    try:
        workspace = Workspace(slack, server.events_url)
        workspace.say("leave it", channel="D1")
        until(lambda: slack.messages["C9LEADS0"], 20)
        [answer] = workspace.answers(channel="D1")
        assert "I'm sending it." in shown(answer)
        assert "You said: /signal_left_sent" in shown(answer)
        assert "in Slack" in slack.messages["C9LEADS0"][0]["blocks"][0]["text"]["text"]
    finally:
        server.stop()
