"""The action server: the Rasa server's alone, and silent about what it was asked."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.advisor import ROOT, free_port, until

TOKEN = "a token of the tests, which is long"
MARKER = "something that a visitor wrote"
ACTIONS = """
from rasa_sdk import Action

class Greet(Action):
    def name(self):
        return "action_greet"
    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="Hello!")
        return []

class Fail(Action):
    def name(self):
        return "action_fail"
    def run(self, dispatcher, tracker, domain):
        raise ValueError(tracker.latest_message["text"])
"""
PROGRAM = """
import sys
from bot import logs
from bot.action_server import create_app
from bot.edge.protocol import StrictProtocol
logs.configure()
app = create_app("some_actions", token=sys.argv[2])
app.run("127.0.0.1", int(sys.argv[1]), protocol=StrictProtocol, access_log=False, motd=False)
"""


class Server:
    """The server, with actions of its own."""

    def __init__(self, folder: Path) -> None:
        (folder / "some_actions.py").write_text(ACTIONS)
        self.port, self.log = free_port(), folder / "log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM, str(self.port), TOKEN],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": f"{ROOT}:{folder}"},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        until(lambda: self.ask("/health")[0] == 200, 60)

    def ask(self, path: str, call: object = None, token: str | None = TOKEN) -> tuple[int, str]:
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
        body = None if call is None else json.dumps(call).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("actions"))
    yield running
    running.process.kill()
    running.process.wait()


def call(action: str) -> dict:
    tracker = {"sender_id": "web:a", "slots": {}, "latest_message": {"text": MARKER}, "events": [], "paused": False}
    return {"next_action": action, "sender_id": "web:a", "tracker": tracker, "domain": {}}


def test_an_action_is_run(server):
    status, answer = server.ask("/webhook", call("action_greet"))
    assert status == 200
    assert json.loads(answer)["responses"][0]["text"] == "Hello!"


@pytest.mark.parametrize("token", [None, "", "guessed", TOKEN[:-1], TOKEN + "x"])
@pytest.mark.parametrize("path", ["/health", "/webhook", "/actions"])
def test_nobody_else_gets_an_answer(server, path, token):
    assert server.ask(path, call("action_greet") if path == "/webhook" else None, token)[0] == 401


def test_a_failure_says_nothing_of_what_was_asked_neither_in_the_answer_nor_in_the_log(server):
    status, answer = server.ask("/webhook", call("action_fail"))
    assert status == 500
    assert MARKER not in answer
    until(lambda: "ValueError" in server.log.read_text(), 5)
    assert MARKER not in server.log.read_text()


def test_a_malformed_request_is_refused_as_such(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(b"POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\nhi")
        assert connection.recv(100).startswith(b"HTTP/1.1 400 ")
    assert "uncaught" not in server.log.read_text()


@pytest.mark.parametrize(("body", "status"), [(call("action_unknown"), 404), ([], 400), ({}, 200), ("text", 400)])
def test_a_call_that_is_none_is_refused(server, body, status):
    assert server.ask("/webhook", body)[0] == status
