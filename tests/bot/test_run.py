"""Starting and stopping: one command starts everything, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

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
        named["actions" if "bot.action_server" in command else "rasa"] = process
    return named


def ready(advisor: Advisor) -> bool:
    """Whether it answers, and says that it can."""
    try:
        return advisor.get("/ready")[0] == 200
    except OSError:
        return False


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
def test_a_server_that_dies_is_started_again_and_the_conversation_goes_on(own, name):
    own.start()
    second = own.says("which skills does a production technician need?", "survivor").splitlines()[2]
    before = servers(own)
    os.kill(before[name], signal.SIGKILL)
    until(lambda: servers(own).get(name) not in (None, before[name]) and ready(own), 120)
    assert second in own.says("tell me more about the second one", "survivor")
    assert "was killed by SIGKILL; it is started again in 1 s." in own.output
    assert own.stop() == 0


def test_the_death_of_the_watcher_leaves_no_server_behind(own):
    own.start()
    both = own.children()
    own.process.kill()
    own.process.wait()
    until(lambda: not any(alive(server) for server in both), 5)


def test_ctrl_c_twice_stops_every_process_at_once(own):
    own.start()
    both = own.children()
    for server in both:
        os.kill(server, signal.SIGSTOP)  # so that they do not stop when they are asked to
    own.process.send_signal(signal.SIGINT)
    until(lambda: "Stopping" in own.output, 5)
    own.process.send_signal(signal.SIGINT)
    assert own.process.wait(timeout=3) == 130
    until(lambda: not any(alive(server) for server in both), 5)


def test_a_second_advisor_in_one_folder_is_told_so_and_stops(advisor, tmp_path):
    second = Advisor(tmp_path, environment={"ADVISOR_VAR": str(advisor.var)})
    assert second.spawn().wait(timeout=60) == 1
    assert second.output == (
        f"Another advisor keeps its things in {advisor.var} (process {advisor.process.pid}); stop it first, "
        "or name a folder for this one in ADVISOR_VAR.\n"
    )


def test_files_are_for_their_owner_alone_and_the_action_server_gets_no_secret(own):
    own.environment = {"SLACK_SIGNING_SECRET": "", "AWS_SECRET_ACCESS_KEY": "somebody's"}
    own.var.mkdir(mode=0o755)
    (own.var / "rasa.log").touch(mode=0o644)
    before = os.umask(0)
    try:
        own.start()
    finally:
        os.umask(before)
    made = [own.var, *own.var.iterdir(), *own.folder.glob("advisor.sqlite*")]
    assert {path.name: path.stat().st_mode & 0o077 for path in made if path.stat().st_mode & 0o077} == {}
    assert {"rasa.log", "lock"} <= {path.name for path in own.var.iterdir()}
    given = Path(f"/proc/{servers(own)['actions']}/environ").read_text()
    assert "ADVISOR_ACTIONS_TOKEN=" in given
    assert not [name for name in ("ADVISOR_SECRET", "SLACK_", "AWS_") if name in given]
    own.stop()


def test_it_listens_at_both_families_of_addresses(own):
    own.environment = {"HOST": "::"}
    own.start()
    assert f"Ready. Chat with the advisor at http://[::1]:{own.port}/" in own.output
    assert own.get("/health")[0] == 200  # by IPv4
    own.stop()


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


def test_while_the_action_server_hangs_the_person_is_told_and_then_answered(own):
    own.start()
    actions = servers(own)["actions"]
    os.kill(actions, signal.SIGSTOP)  # it hangs, as a server without memory does
    assert "can't answer right now" in own.says(QUESTION, "unlucky")
    until(lambda: not alive(actions), 30)
    until(lambda: ready(own), 120)
    assert "sets-up, tests, and adjusts" in own.says(QUESTION, "unlucky")
    assert "The action server gave no answer for 10 s; it is started again in 1 s." in own.output
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
