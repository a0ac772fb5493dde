"""A server that is stopped or killed in mid-answer: the visitor gets the answer all the same, once."""

from __future__ import annotations

import http.client
import json
import os
import signal
import time
from collections.abc import Iterator

import pytest

from tests.advisor import Advisor, until
from tests.attacks.bench import Servers

QUESTION = "what does a production technician do?"
OVERVIEW = "sets-up, tests, and adjusts"
PATIENCE = 90  # seconds until the answer, a restart included


@pytest.fixture(scope="module", params=["rasa", "actions"])
def server(request: pytest.FixtureRequest) -> str:
    """Which of its servers is stopped or killed."""
    return request.param


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, server: str) -> Iterator[Advisor]:
    """An advisor of these tests' own, since they kill its servers; one for each server."""
    running = Advisor(tmp_path_factory.mktemp("restarted")).start()
    yield running
    running.stop()


def is_ready(advisor: Advisor) -> bool:
    """Whether both servers run and it can answer."""
    try:
        return Servers.of(advisor) is not None and advisor.get("/ready")[0] == 200
    except OSError:
        return False


def say(advisor: Advisor, visitor: dict[str, str], message_id: str, after_typing=None) -> list[dict]:
    """The lines of an answer; `after_typing` is called as soon as the advisor has begun. Raises where it breaks off."""
    connection = http.client.HTTPConnection("127.0.0.1", advisor.port, timeout=60)
    try:
        body = json.dumps({"id": message_id, "text": QUESTION})
        connection.request("POST", "/web/message", body, {**visitor, "Content-Type": "application/json"})
        answer = connection.getresponse()
        lines = [json.loads(answer.readline())]
        if after_typing:
            after_typing()
        lines += [json.loads(line) for line in answer.read().splitlines()]
        if lines[-1]["type"] != "end":
            raise ConnectionError("cut off")
        return lines
    finally:
        connection.close()


def persist(advisor: Advisor, visitor: dict[str, str], message_id: str, after_typing) -> list[dict]:
    """As the widget does it: the same message, sent again until it is answered."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return say(advisor, visitor, message_id, after_typing)
        except (OSError, http.client.HTTPException, ValueError):
            assert time.monotonic() < end, "never answered"
            after_typing = None
            time.sleep(1)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_the_turn_is_finished_or_asked_again_after_the_restart(own, server, name):
    until(lambda: is_ready(own), PATIENCE)
    visitor = own.visitor()
    process = getattr(Servers.of(own), server)
    lines = persist(own, visitor, "m1", lambda: os.kill(process, getattr(signal, name)))
    replies = [line for line in lines if line["type"] == "reply"]
    assert [line["type"] for line in lines if line["type"] == "error"] == []
    assert OVERVIEW in replies[-1]["text"]
    until(lambda: is_ready(own), PATIENCE)
    said = own.history(visitor)
    assert [(entry["who"], entry["id"]) for entry in said] == [("person", "m1"), ("advisor", "m1.1")]
