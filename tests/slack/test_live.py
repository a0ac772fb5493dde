"""The whole advisor, started as a person starts it, in a Slack over Socket Mode and HTTP at once."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.advisor import ROOT, Advisor, until
from tests.slack.people import SECRET, Workspace, labels, shown
from tests.slack.stand_in import APP_TOKEN, BOT, BOT_TOKEN, SlackStandIn

QUESTION = "what does a production technician do?"
OVERVIEW = "sets-up, tests, and adjusts"
TOKENS = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_SIGNING_SECRET": SECRET}
CHANNELS = (f"C{number}" for number in itertools.count(100))


@pytest.fixture(scope="module")
def stand_in() -> Iterator[SlackStandIn]:
    """A Slack that can be reached."""
    slack = SlackStandIn().up()
    yield slack
    slack.close()


@pytest.fixture(scope="module")
def live(stand_in: SlackStandIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Advisor]:
    """An advisor that is in Slack."""
    environment = {**TOKENS, "SLACK_API_URL": stand_in.api_url}
    running = Advisor(tmp_path_factory.mktemp("slack"), environment=environment).start()
    stand_in.wait_connected()
    yield running
    running.stop()


@pytest.fixture(params=["socket", "http"])
def people(request: pytest.FixtureRequest, live: Advisor, stand_in: SlackStandIn) -> Workspace:
    """People who reach the advisor over each of the two ways."""
    stand_in.private.clear()
    return Workspace(stand_in, f"{live.url}/webhooks/slack/events" if request.param == "http" else "")


@pytest.fixture
def channel() -> str:
    """A channel where nothing was said yet."""
    return next(CHANNELS)


def test_a_mention_a_follow_up_and_a_button(people, channel):
    thread = people.mention(QUESTION, channel=channel)
    [first] = people.answers(channel=channel)
    assert OVERVIEW in shown(first)
    assert "Source: Production Technician" in shown(first)
    assert ", line 1:" in shown(first)
    people.say("and what about safety?", user="U2", channel=channel, thread=thread)
    assert "safety" in shown(people.answers(2, channel=channel)[1])
    label = next(label for label in labels(first) if "skill" in label.lower())
    people.click(first, label, channel=channel)
    assert "Mathematics" in shown(people.answers(3, channel=channel)[2])
    assert f"You chose: {label}" in shown(first)


def test_a_command_is_answered_and_shared(people, channel):
    people.command("what does a production technician do", channel=channel)
    [answer] = people.private()
    assert OVERVIEW in shown(answer)
    people.click(answer, "Share", channel=channel)
    _, public, private = people.private(3)  # all of them: what comes later would be the next test's
    assert public["response_type"] == "in_channel"
    assert OVERVIEW in shown(public)
    assert "Shared with the channel." in shown(private)


def test_a_direct_message_with_rasas_intents_is_text(people, channel):
    direct = channel.replace("C", "D")
    people.say("which skills does it need?", channel=direct)
    people.say("/session_start", channel=direct)
    people.say("what else?", channel=direct)
    assert "not talked about anything yet" not in shown(people.answers(3, channel=direct)[2])


def test_the_home_is_in_the_domains_words(people):
    people.slack.homes.clear()
    people.event({"type": "app_home_opened", "user": "U1", "tab": "home", "channel": "D1"})
    until(lambda: people.slack.homes, 20)
    assert "what a typical day is like" in shown(people.slack.homes["U1"])


def test_what_one_has_said_of_themselves_is_not_told_of_another(people, channel):
    thread = people.mention("I am good with my hands. would it suit me?", channel=channel)
    [mine] = people.answers(channel=channel)
    assert "(you: “" in shown(mine)
    people.say("would it suit me?", user="U2", channel=channel, thread=thread)
    theirs = people.answers(2, channel=channel)[1]
    assert "hands" not in shown(theirs).replace("hands-on", "")


def test_what_was_said_is_forgotten_at_a_word(people, channel):
    direct, user = channel.replace("C", "D"), channel.replace("C", "U")
    people.say(QUESTION, user=user, channel=direct)
    people.answers(channel=direct)
    people.command("forget", user=user, channel=channel)
    people.click(people.private()[0], "Forget", user=user, channel=channel)
    assert "Conversations: 1. Messages of yours, with my answers: 1." in people.private(2)[1]["text"]
    people.say("what else?", user=user, channel=direct)
    assert "not talked about anything yet" in shown(people.answers(2, channel=direct)[1])


def test_fifty_questions_at_once(people, channel):
    with ThreadPoolExecutor(50) as pool:
        list(pool.map(lambda n: people.say(f"<@{BOT}> {QUESTION} {n}", channel=f"{channel}{n % 5}"), range(50)))
    print(f"\nslowest of {len(people.seconds)} thanks: {max(people.seconds):.2f} s")
    assert max(people.seconds) < 3
    for number in range(5):
        assert len(people.answers(10, channel=f"{channel}{number}", seconds=120)) == 10


def test_the_web_channel_works_beside_it(live):
    token = live.post("/web/session", {})[1]["token"]
    asked = {"id": "1", "text": QUESTION}
    status, lines = live.post("/web/message", asked, {"Authorization": f"Bearer {token}"})
    assert status == 200
    assert OVERVIEW in str(lines)


def test_the_page_on_privacy_tells_how_to_be_forgotten_here(live):
    status, page = live.get("/privacy")
    assert status == 200
    assert "<code>/career forget</code>" in page


def test_no_token_is_in_the_logs(live):
    written = (live.var / "rasa.log").read_text(encoding="utf-8", errors="replace") + live.output
    assert not [token for token in TOKENS.values() if token in written]


def test_a_question_is_answered_after_a_restart(tmp_path: Path):
    slack = SlackStandIn().up()
    try:
        environment = {**TOKENS, "SLACK_API_URL": slack.api_url}
        advisor = Advisor(tmp_path, environment=environment).start()
        slack.wait_connected()
        slack.fail("chat.postMessage", *[503] * 100)
        people = Workspace(slack)
        thread = people.mention(QUESTION)
        until(lambda: any(method == "chat.postMessage" for method, _ in slack.calls), 20)
        advisor.stop()
        slack._failures.clear()
        advisor.start()
        assert OVERVIEW in shown(people.answers()[0])
        slack.wait_connected()
        people.say("and what about safety?", thread=thread)
        assert "safety" in shown(people.answers(2)[1])
        slack.down()
        status, _ = advisor.get("/health")
        assert status == 200
        assert OVERVIEW in advisor.says(QUESTION)
        advisor.stop()
    finally:
        slack.close()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"SLACK_BOT_TOKEN": BOT_TOKEN}, "SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)"),
        ({"SLACK_APP_TOKEN": APP_TOKEN}, "needs SLACK_BOT_TOKEN"),
        ({"SLACK_SIGNING_SECRET": SECRET}, "needs SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": APP_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}, "SLACK_BOT_TOKEN is no bot token"),
        ({"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": BOT_TOKEN}, "SLACK_APP_TOKEN is no app-level token"),
    ],
)
def test_tokens_that_do_not_go_together_are_one_sentence(tmp_path, given, said):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SLACK_")}
    environment["ADVISOR_VAR"] = str(tmp_path)
    ended = subprocess.run(
        [sys.executable, "-m", "bot.run"], cwd=ROOT, env={**environment, **given}, capture_output=True, text=True
    )
    assert ended.returncode == 1
    assert said in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
    assert not [token for token in given.values() if token in ended.stderr]
