"""Retries, restarts, replicas, rate limits, broken connections and refused tokens."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from sqlalchemy import create_engine, text

from bot.channels.slack.turns import LEASE
from tests.advisor import until
from tests.slack.people import QUIET, Workspace, post, shown
from tests.slack.stand_in import APP_TOKEN, BOT, BOT_TOKEN, SlackStandIn

SECRETS = (BOT_TOKEN, APP_TOKEN, "8f742231b10e8888abcd99yyyzzz85a5", "ticket-")


@pytest.fixture
def age(tmp_path):
    """Lets time pass for what the servers have taken and not answered."""

    def pass_lease() -> None:
        with create_engine(f"sqlite:///{tmp_path / 'advisor.sqlite'}", future=True).begin() as connection:
            statement = "UPDATE channel_taken SET taken_at = taken_at - :lease WHERE result IS NULL"
            connection.execute(text(statement), {"lease": LEASE + 1})

    return pass_lease


class Starting(BaseHTTPRequestHandler):
    """An action server that is there, and not ready before it is."""

    status = 503

    def do_GET(self) -> None:  # noqa: N802
        self.send_response(Starting.status)
        self.end_headers()

    def log_message(self, *said: object) -> None:
        pass


@pytest.fixture
def actions(monkeypatch) -> Iterator[type[Starting]]:
    """An action server of the environment; its `status` is 503 until a test says otherwise."""
    monkeypatch.setattr(Starting, "status", 503)
    server = HTTPServer(("127.0.0.1", 0), Starting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("ADVISOR_ACTIONS_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("ADVISOR_ACTIONS_TOKEN", "a token")
    yield Starting
    server.shutdown()
    server.server_close()


def test_what_is_asked_while_the_advisor_starts_waits_for_it(slack, serve, actions):
    workspace = Workspace(slack, serve(app_token="").events_url)
    workspace.mention("hello")
    assert workspace.seconds[0] < 3
    time.sleep(2 * QUIET)
    assert not slack.messages["C1"]
    actions.status = 200
    assert "You said: hello" in shown(workspace.answers()[0])


def test_a_retried_event_is_answered_once(workspace):
    event = workspace.message("hello", channel="D1")
    workspace.event(event)
    workspace.event(event, retry=1)
    workspace.answers(channel="D1")
    workspace.event(event, retry=2)
    time.sleep(QUIET)
    assert len(workspace.slack.messages["D1"]) == 1


def test_a_retry_whose_original_was_lost_is_answered(workspace):
    workspace.event(workspace.message("hello", channel="D1"), retry=1)
    assert workspace.answers(channel="D1")


def test_a_rate_limit_is_waited_for_and_then_the_answer_comes(workspace):
    workspace.slack.fail("chat.postMessage", (429, 1), (429, 2))
    began = time.monotonic()
    workspace.mention("hello")
    workspace.answers()
    assert time.monotonic() - began >= 3
    time.sleep(QUIET)
    assert len(workspace.slack.messages["C1"]) == 1


def test_a_rate_limit_in_one_conversation_does_not_stop_another(workspace):
    workspace.slack.fail("chat.postMessage", *[(429, 3)] * 10)
    for number in range(10):
        workspace.mention(f"{number}")
    until(lambda: not workspace.slack._failures["chat.postMessage"], 20)
    began = time.monotonic()
    workspace.mention("now", channel="C2")
    workspace.answers(channel="C2")
    assert time.monotonic() - began < 2
    assert len(workspace.answers(10)) == 10


def test_a_rate_limit_on_a_response_url_is_waited_for(workspace):
    workspace.slack.fail("response_url", (429, 1), 500)
    workspace.command("hello")
    assert "You said: hello" in shown(workspace.private()[0])


@pytest.mark.parametrize("failure", [500, 503, "drop", "drop after", "internal_error"])
def test_a_failure_of_slacks_is_outlasted_without_doubling(workspace, failure):
    workspace.slack.fail("chat.postMessage", failure)
    workspace.mention("hello")
    workspace.answers()
    time.sleep(1.5)
    assert len(workspace.slack.messages["C1"]) == 1


def test_what_slack_never_takes_is_given_up_with_one_line(workspace, caplog):
    workspace.mention("hello", channel="CGONE")
    until(lambda: "channel_not_found" in caplog.text, 20)
    workspace.mention("hello")
    workspace.answers()
    assert caplog.text.count("channel_not_found") == 1


def test_fifty_events_at_once_are_all_thanked_for_in_time_and_answered(workspace):
    with ThreadPoolExecutor(50) as pool:
        list(pool.map(lambda n: workspace.say(f"<@{BOT}> number {n}", channel=f"C{n % 5}"), range(50)))
    assert max(workspace.seconds) < 3
    for channel in range(5):
        assert len(workspace.answers(10, channel=f"C{channel}")) == 10
    time.sleep(QUIET)
    assert sum(map(len, workspace.slack.messages.values())) == 50


def test_our_own_messages_do_not_make_us_talk(workspace):
    workspace.mention("hello")
    [answer] = workspace.answers()
    workspace.event({**answer, "channel_type": "channel"})
    time.sleep(QUIET)
    assert len(workspace.slack.messages["C1"]) == 1


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", None])
def test_a_broken_connection_in_mid_conversation_is_made_anew(slack, serve, reason):
    serve(signing_secret="")
    slack.wait_connected()
    workspace = Workspace(slack)
    thread = workspace.mention("slow")
    before = slack.connections[0]
    slack.drop_connections(reason)
    until(lambda: slack.connections and slack.connections[-1] is not before, 30)
    workspace.say("and second?", thread=thread)
    first, second = workspace.answers(2)
    assert "*1.*" in shown(first)
    assert "*2.*" in shown(second)


def test_slack_unreachable_at_the_start_leaves_the_rest_working(serve, caplog):
    caplog.set_level(logging.INFO, "bot")
    slack = SlackStandIn()
    try:
        server = serve(signing_secret="", api_url=slack.api_url)
        assert post(server.url + "/health", b"", {})[0] == 405  # it is there; it takes only GET
        time.sleep(4)
        slack.up()
        slack.wait_connected()
        workspace = Workspace(slack)
        workspace.mention("hello")
        assert workspace.answers()
        assert caplog.text.count("not to be reached") == 1
        assert caplog.text.count("connected over Socket Mode") == 1
        slack.down()
        until(lambda: "no connection" in caplog.text, 30)
        time.sleep(4)
        slack.up()
        slack.wait_connected()
        until(lambda: caplog.text.count("connected over Socket Mode") == 2, 10)
        assert caplog.text.count("no connection") == 1
        server.stop()
    finally:
        slack.close()


@pytest.mark.parametrize(
    ("revoked", "variable"), [(BOT_TOKEN, "SLACK_BOT_TOKEN"), (APP_TOKEN, "SLACK_APP_TOKEN")], ids=["bot", "app"]
)
def test_a_token_refused_at_the_start_is_one_line_and_no_loop(slack, serve, caplog, revoked, variable):
    slack.tokens.discard(revoked)
    serve()
    until(lambda: variable in caplog.text, 20)
    calls = len(slack.calls)
    time.sleep(3)
    assert len(slack.calls) == calls
    lines = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(lines) == 1
    assert f"Slack refuses the token in {variable} (invalid_auth)" in caplog.text


def test_a_refused_app_token_leaves_http_working(slack, serve, caplog):
    slack.tokens.discard(APP_TOKEN)
    workspace = Workspace(slack, serve().events_url)
    until(lambda: "Socket Mode is off" in caplog.text, 20)
    workspace.mention("hello")
    assert workspace.answers()


def test_a_token_revoked_later_is_one_line_and_the_question_waits_for_a_good_one(slack, serve, caplog):
    server = serve()
    slack.wait_connected()
    slack.tokens.clear()
    workspace = Workspace(slack)
    workspace.event(workspace.message("hello", channel="D1"))
    until(lambda: "refuses the token" in caplog.text, 20)
    slack.drop_connections()
    time.sleep(2)
    assert len([record for record in caplog.records if record.levelno >= logging.WARNING]) == 1
    server.stop()
    slack.tokens |= {BOT_TOKEN, APP_TOKEN}
    serve()
    assert workspace.answers(channel="D1")


def test_a_server_that_stops_leaves_its_questions_to_the_next(slack, serve):
    first = serve()
    slack.wait_connected()
    workspace = Workspace(slack)
    slack.fail("chat.postMessage", *[503] * 50)
    workspace.mention("hello")
    until(lambda: any(method == "chat.postMessage" for method, _ in slack.calls), 20)
    first.stop()
    slack._failures.clear()
    serve()
    assert "You said: hello" in shown(workspace.answers()[0])


def test_a_server_that_dies_leaves_its_questions_to_the_next(slack, serve, age):
    first = serve()
    slack.wait_connected()
    workspace = Workspace(slack)
    workspace.mention("slow one")
    first.kill()
    slack.drop_connections()
    age()
    serve()
    workspace.answers()
    time.sleep(QUIET)
    assert len(slack.messages["C1"]) == 1


def test_an_answer_that_a_server_gave_before_it_died_is_not_given_again(slack, serve, age, tmp_path):
    first = serve()
    slack.wait_connected()
    workspace = Workspace(slack)
    workspace.mention("hello")
    workspace.answers()
    workspace.say("direct", channel="D1")
    workspace.answers(channel="D1")
    first.kill()
    slack.drop_connections()
    with create_engine(f"sqlite:///{tmp_path / 'advisor.sqlite'}", future=True).begin() as connection:
        connection.execute(text("UPDATE channel_taken SET result = NULL"))
    age()
    serve()
    until(lambda: {"conversations.replies", "conversations.history"} <= {method for method, _ in slack.calls}, 20)
    time.sleep(QUIET)
    assert (len(slack.messages["C1"]), len(slack.messages["D1"])) == (1, 1)


@pytest.fixture
def forget_results(tmp_path):
    """Takes from the servers' database that turns whose key holds a word were done."""

    def forget(word: str) -> None:
        with create_engine(f"sqlite:///{tmp_path / 'advisor.sqlite'}", future=True).begin() as connection:
            undone = text("UPDATE channel_taken SET result = NULL WHERE key LIKE :word AND key NOT LIKE '%~sending'")
            connection.execute(undone, {"word": f"%{word}%"})

    return forget


def test_what_was_shared_before_a_server_died_is_not_shared_again(slack, serve, age, forget_results):
    first = serve(app_token="")
    workspace = Workspace(slack, first.events_url)
    workspace.command("hello")
    workspace.click(workspace.private()[0], "Share")
    workspace.private(3)
    first.kill()
    forget_results("#share-")
    age()
    serve(app_token="")
    until(lambda: "conversations.history" in slack.methods(), 20)
    time.sleep(QUIET)
    assert len([message for message in slack.private if message.get("response_type") == "in_channel"]) == 1


@pytest.mark.parametrize("refused", ["no block", "context"])
def test_what_is_shared_over_a_connection_that_breaks_is_shared_once(workspace, refused):
    workspace.command("hello")
    [answer] = workspace.private()
    workspace.slack.refuse_kinds(refused)
    workspace.slack.fail("response_url", "drop after")
    workspace.click(answer, "Share")
    until(lambda: "conversations.history" in workspace.slack.methods(), 20)
    time.sleep(QUIET)
    assert len([message for message in workspace.slack.private if message.get("response_type") == "in_channel"]) == 1


@pytest.mark.parametrize("sending", [True, False])
def test_a_private_answer_that_may_have_come_already_says_so(slack, serve, age, forget_results, tmp_path, sending):
    first = serve(app_token="")
    workspace = Workspace(slack, first.events_url)
    workspace.command("hello")
    workspace.private()
    first.kill()
    forget_results("#trigger")
    if not sending:  # it died before
        with create_engine(f"sqlite:///{tmp_path / 'advisor.sqlite'}", future=True).begin() as connection:
            connection.execute(text("DELETE FROM channel_taken WHERE key LIKE '%~sending'"))
    age()
    serve(app_token="")
    again = workspace.private(2)[1]
    assert ("You may have seen this answer already" in shown(again)) is sending
    assert "You said: hello" in shown(again)


def test_two_servers_that_share_a_database_answer_once(slack, serve):
    urls = [serve(app_token="").events_url for _ in range(2)]
    both = [Workspace(slack, url) for url in urls]
    event = both[0].message(f"<@{BOT}> hello")
    kinds = ("message", "app_mention")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda n: both[n].event({**event, "type": kinds[n]}), range(2)))
        list(pool.map(lambda n: both[n].event({**event, "type": kinds[1 - n]}, retry=1), range(2)))
    both[0].answers()
    both[1].say("and then?", thread=event["ts"])
    assert len(both[0].answers(2)) == 2
    time.sleep(QUIET)
    assert len(slack.messages["C1"]) == 2


def test_a_thread_is_remembered_through_a_restart(slack, serve, tmp_path):
    first = serve()
    slack.wait_connected()
    workspace = Workspace(slack)
    thread = workspace.mention("hello")
    workspace.answers()
    first.stop()
    with create_engine(f"sqlite:///{tmp_path / 'advisor.sqlite'}", future=True).begin() as connection:
        connection.execute(text("DELETE FROM channel_taken"))  # as after some days
    serve()
    slack.wait_connected()
    workspace.say("and safety?", thread=thread)
    assert "*2.*" in shown(workspace.answers(2)[1])
    workspace.say("and the skills?", user="U2", thread=thread)
    assert "*1.*" in shown(workspace.answers(3)[2])
    workspace.say("lunch?", user="U2", thread=thread[:-1])
    time.sleep(QUIET)
    assert len(slack.messages["C1"]) == 3


def test_no_secret_is_logged_at_any_level(slack, serve, caplog):
    caplog.set_level(logging.DEBUG)
    slack.fail("chat.postMessage", 500, (429, 1))
    server = serve()
    slack.wait_connected()
    for workspace in (Workspace(slack), Workspace(slack, server.events_url)):
        workspace.mention("hello")
        workspace.command("hello")
    post(server.events_url, b"{}", {})
    Workspace(slack).answers(2)
    slack.tokens.clear()
    workspace.event(workspace.message("hello", channel="D1"))
    until(lambda: "refuses the token" in caplog.text, 20)
    assert not [secret for secret in SECRETS if secret in caplog.text]
