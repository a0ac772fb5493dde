"""Only what Slack has signed, just now and for the first time, is taken over HTTP."""

from __future__ import annotations

import asyncio
import json
import time

import pytest

from bot.channels.slack.signature import is_slacks
from bot.store import Store
from tests.slack.people import SECRET, Workspace, post, sign
from tests.slack.stand_in import BOT_TOKEN

# Slack's own example, from its documentation on verifying requests
BODY = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
    b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
    b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)
TIMESTAMP = "1531420618"
SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
EVENT = json.dumps({"type": "event_callback", "team_id": "T1", "event": {"type": "reaction_added"}}).encode()


@pytest.fixture
def store(tmp_path) -> Store:
    """A database that has seen nothing."""
    return Store(f"sqlite:///{tmp_path / 'store.sqlite'}")


@pytest.fixture
def url(serve) -> str:
    """Where a server takes events."""
    return serve(app_token="").events_url


def checked(store: Store, headers: dict[str, str], body: bytes = BODY, secret: str = SECRET) -> bool:
    """What is said of a request."""

    async def is_first(signature: str) -> bool:
        return store.take(signature)

    return asyncio.run(is_slacks(body, headers, secret=secret, is_first=is_first))


def signed(body: bytes = EVENT, timestamp: int | str | None = None, **headers: str) -> dict[str, str]:
    """The headers of a request signed now, or at another time."""
    at = str(int(time.time()) if timestamp is None else timestamp)
    return {"x-slack-request-timestamp": at, "x-slack-signature": sign(body, at), **headers}


@pytest.mark.parametrize(
    ("seconds", "accepted"), [(0, True), (299, True), (301, False), (-299, True), (-301, False), (10**8, False)]
)
def test_slacks_published_example_is_accepted_for_five_minutes(store, monkeypatch, seconds, accepted):
    monkeypatch.setattr("slack_sdk.signature.time", lambda: int(TIMESTAMP) + seconds)
    headers = {"x-slack-request-timestamp": TIMESTAMP, "x-slack-signature": SIGNATURE}
    assert checked(store, headers) is accepted


def test_the_published_example_is_what_our_tests_sign_with():
    assert sign(BODY, TIMESTAMP) == SIGNATURE


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-slack-request-timestamp": str(int(time.time()))},
        {"x-slack-signature": SIGNATURE},
        {"x-slack-request-timestamp": "now", "x-slack-signature": SIGNATURE},
        {"x-slack-request-timestamp": "١٢٣", "x-slack-signature": SIGNATURE},
        {"x-slack-request-timestamp": "1e9", "x-slack-signature": SIGNATURE},
        {"x-slack-request-timestamp": "9" * 5000, "x-slack-signature": SIGNATURE},
        {"x-slack-request-timestamp": str(int(time.time())), "x-slack-signature": SIGNATURE},
        {"x-slack-request-timestamp": str(int(time.time())), "x-slack-signature": "v0=é"},
        {"x-slack-request-timestamp": str(int(time.time())), "x-slack-signature": ""},
    ],
)
def test_what_is_not_signed_is_refused(store, headers):
    assert not checked(store, headers)


def test_a_body_that_is_no_text_is_refused(store):
    assert not checked(store, signed(b"\xff"), b"\xff")


def test_a_signature_of_another_secret_or_body_is_refused(store):
    assert not checked(store, signed(BODY), secret="another")
    assert not checked(store, signed(BODY), BODY + b"&text=x")


def test_a_request_sent_again_is_refused_by_every_server(store, tmp_path):
    headers = signed(BODY)
    assert checked(store, headers)
    assert not checked(Store(f"sqlite:///{tmp_path / 'store.sqlite'}"), headers)


def test_a_retry_in_the_same_second_is_no_replay_but_a_command_is(store):
    event, command = signed(EVENT), signed(BODY)
    assert checked(store, event, EVENT)
    assert checked(store, {**event, "x-slack-retry-num": "1"}, EVENT)
    assert not checked(store, event, EVENT)
    assert checked(store, command)
    assert not checked(store, {**command, "x-slack-retry-num": "1"})


@pytest.mark.parametrize(
    "headers", [{}, signed(EVENT, int(time.time()) - 301), {**signed(EVENT), "x-slack-signature": SIGNATURE}]
)
def test_the_server_answers_401_and_does_nothing(slack, url, headers):
    status, text = post(url, EVENT, headers)
    assert status == 401
    assert "signature" in text


def test_the_server_answers_a_replay_with_401(url):
    headers = {**signed(), "Content-Type": "application/json"}
    assert post(url, EVENT, headers)[0] == 200
    assert post(url, EVENT, headers)[0] == 401


def test_slacks_question_whether_this_is_our_address_is_answered(url):
    body = json.dumps({"type": "url_verification", "challenge": "say this"}).encode()
    status, text = post(url, body, {**signed(body), "Content-Type": "application/json"})
    assert (status, json.loads(text)) == (200, {"challenge": "say this"})


def test_a_broken_body_with_a_good_signature_breaks_nothing(slack, url):
    for body in (b"", b"{", b"[]", b"payload=%7B", b'{"type": "event_callback"}'):
        status, text = post(url, body, {**signed(body), "Content-Type": "application/json"})
        assert "Traceback" not in text
        assert status in (200, 400, 404, 500)
    workspace = Workspace(slack, url)
    workspace.mention("hello")
    assert workspace.answers()


def test_without_a_signing_secret_there_is_no_address(serve):
    server = serve(signing_secret="")
    assert post(server.events_url, EVENT, signed())[0] == 404


def test_without_a_token_there_is_nothing_at_all(serve, slack):
    server = serve(bot_token="", app_token="", signing_secret="")
    assert post(server.events_url, EVENT, signed())[0] == 404
    assert BOT_TOKEN
    assert not slack.calls
