"""Starting and stopping: one command starts everything, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import training
from tests.advisor import Advisor, until

QUESTION = "what does a production technician do?"


def alive(process: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def servers(advisor: Advisor) -> dict[str, int]:
    """The process ids of the two servers, by name."""
    named = {}
    for process in advisor.children():
        command = Path(f"/proc/{process}/cmdline").read_text()
        named["actions" if "rasa_sdk" in command else "rasa"] = process
    return named


@pytest.fixture
def own(advisor: Advisor, tmp_path: Path) -> Iterator[Advisor]:
    """A second advisor, not started yet; the first one has trained the model."""
    second = Advisor(tmp_path)
    yield second
    if second.process and second.process.poll() is None:
        second.stop()


def test_it_says_where_to_chat(advisor):
    assert f"Ready. Chat with the advisor at {advisor.url}/" in advisor.output


def test_a_second_start_trains_nothing_and_ctrl_c_stops_every_process(own):
    own.start()
    started = own.children()
    assert "Model: up to date." in own.output
    assert len(started) == 2
    assert own.stop() == 0
    assert not any(alive(process) for process in started)


@pytest.mark.parametrize("name", ["actions", "rasa"])
def test_the_death_of_a_server_stops_the_other_with_a_clear_message(own, name):
    own.start()
    both = servers(own)
    os.kill(both[name], signal.SIGKILL)
    assert own.process.wait(timeout=30) == 1
    assert "so everything stops" in own.output
    assert not any(alive(process) for process in both.values())


def test_a_conversation_survives_a_restart(own):
    own.start()
    second = own.says("which skills does a production technician need?", "survivor").splitlines()[2]
    own.stop()
    own.start()
    assert second in own.says("tell me more about the second one", "survivor")
    own.stop()


def test_knowledge_and_conversations_can_lie_in_postgresql(own, postgres_database):
    own.environment = {"DATABASE_URL": postgres_database}
    own.start()
    second = own.says("which skills does a production technician need?", "elephant").splitlines()[2]
    own.stop()
    own.start()
    assert second in own.says("tell me more about the second one", "elephant")
    own.stop()


def test_without_the_action_server_the_person_is_told_and_the_next_message_is_answered(own):
    own.start()
    actions = servers(own)["actions"]
    os.kill(actions, signal.SIGSTOP)  # it hangs, as a server without memory does
    try:
        assert own.get("/health")[0] == 503
        assert "can't answer right now" in own.says(QUESTION, "unlucky")
    finally:
        os.kill(actions, signal.SIGCONT)
    until(lambda: own.get("/health")[0] == 200, 30)
    assert "sets-up, tests, and adjusts" in own.says(QUESTION, "unlucky")
    own.stop()


def test_a_port_in_use_gives_one_clear_sentence(own):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", own.port))
        taken.listen()
        assert own.spawn().wait(timeout=60) == 1
    assert own.output.count("\n") == 1
    assert f"Port {own.port} on 127.0.0.1 cannot be used" in own.output


@pytest.mark.parametrize("port", ["zero", "0", "70000", "-1"])
def test_a_port_that_is_none_gives_one_clear_sentence(own, port):
    own.environment = {"PORT": port}
    assert own.spawn().wait(timeout=60) == 1
    assert own.output == f"PORT is “{port}”; it has to be a number from 1 to 65535.\n"


def test_a_store_that_cannot_be_opened_stops_the_start_with_one_sentence(own, tmp_path):
    own.environment = {"DATABASE_URL": f"sqlite:///{tmp_path}/nowhere/store.sqlite"}
    assert own.spawn().wait(timeout=120) == 1
    assert own.output.count("\n") == 1
    assert "Traceback" not in own.output


def test_the_rest_channel_is_off_unless_it_is_switched_on(own):
    own.environment = {"ADVISOR_REST": ""}
    own.start()
    assert own.post("/webhooks/rest/webhook", {"sender": "a", "message": QUESTION})[0] == 404
    assert own.get("/")[0] == 200
    own.stop()


def test_the_model_is_stale_when_an_example_changes(advisor, monkeypatch, tmp_path):
    assert not training.stale()
    monkeypatch.setattr(training, "MADE_OF", (*training.MADE_OF, "README.md"))  # as if it were an example
    assert training.stale()
