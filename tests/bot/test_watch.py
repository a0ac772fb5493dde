"""Servers that die or hang are started again, and it is told; real processes that are quick to start."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.advisor import free_port, until
from tests.bot.test_run import alive


@dataclass
class Watched:
    """A watcher with its two servers."""

    folder: Path
    ports: list[int]
    process: subprocess.Popen

    @property
    def output(self) -> str:
        return (self.folder / "output").read_text()

    def servers(self) -> dict[int, int]:
        """The process ids of the servers, by port."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return {int(Path(f"/proc/{each}/cmdline").read_text().split("\0")[-2]): int(each) for each in children}

    def answers(self, port: int) -> bool:
        """Whether a server is there."""
        request = urllib.request.Request(f"http://127.0.0.1:{port}/health", headers={"Authorization": "Bearer token"})
        try:
            return urllib.request.urlopen(request, timeout=1).status == 200
        except OSError:
            return False


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Callable[..., Watched]]:
    """Starts a watcher."""
    started: list[subprocess.Popen] = []

    def begin(**environment: str) -> Watched:
        ports = [free_port(), free_port()]
        with (tmp_path / "output").open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.bot.watched", tmp_path, *map(str, ports)],
                cwd=ROOT,
                env={**os.environ, **environment},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        started.append(process)
        return Watched(tmp_path, ports, process)

    yield begin
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def running(watch: Callable[..., Watched]) -> Watched:
    """A watcher whose servers are ready."""
    watcher = watch()
    until(lambda: "Ready." in watcher.output, 30)
    return watcher


def test_a_server_that_is_killed_is_started_again_at_its_port(running):
    first, second = running.ports
    before = running.servers()
    os.kill(before[first], signal.SIGKILL)
    until(lambda: running.answers(first) and running.servers()[first] != before[first], 15)
    assert running.servers()[second] == before[second]
    assert " The server 1 was killed by SIGKILL; it is started again in 1 s.\n" in running.output
    assert running.output.count("\n") == 2


def test_a_server_that_hangs_is_killed_and_started_again(running):
    _, second = running.ports
    before = running.servers()
    os.kill(before[second], signal.SIGSTOP)
    until(lambda: not alive(before[second]), 10)
    until(lambda: running.answers(second), 15)
    assert " The server 2 gave no answer for 2 s; it is started again in 1 s.\n" in running.output


def test_a_server_that_dies_again_and_again_stops_everything_with_one_sentence(running):
    before = running.servers()
    (running.folder / "broken").touch()
    os.kill(before[running.ports[0]], signal.SIGTERM)
    assert running.process.wait(timeout=30) == 1
    *told, last = running.output.splitlines()
    assert [line.partition(" The ")[2] for line in told[1:]] == [
        "server 1 was killed by SIGTERM; it is started again in 1 s.",
        "server 1 ended with exit code 3; it is started again in 2 s.",
        "server 1 ended with exit code 3; it is started again in 4 s.",
    ]
    assert last == (
        "The server 1 ended with exit code 3, after 3 restarts in 10 minutes: everything stops; "
        f"see {running.folder / '1.log'}."
    )
    assert not any(alive(server) for server in before.values())
    assert (running.folder / "1.log").read_text() == "starting\n" * 4


def test_one_that_is_not_needed_stops_nothing(watch, tmp_path):
    watcher = watch(BESIDE="1")
    until(lambda: "Ready." in watcher.output, 30)
    (tmp_path / "broken").touch()
    os.kill(watcher.servers()[watcher.ports[0]], signal.SIGTERM)
    told = f"after 3 restarts in 10 minutes: the advisor goes on without it; see {tmp_path / '1.log'}."
    until(lambda: told in watcher.output, 30)
    assert list(watcher.servers()) == watcher.ports[1:]
    assert watcher.answers(watcher.ports[1])


def test_servers_that_do_not_get_ready_stop_everything(watch, tmp_path):
    (tmp_path / "unready").touch()
    watcher = watch()
    assert watcher.process.wait(timeout=30) == 1
    assert watcher.output == f"The server 1 was not ready after 5 s: everything stops; see {tmp_path / '1.log'}.\n"


def test_a_server_that_lives_is_left_alone_when_it_is_not_ready_for_a_while(running):
    (running.folder / "unready").touch()
    before = running.servers()
    time.sleep(4)
    assert running.servers() == before
    assert running.output == "Ready.\n"


def test_a_server_that_is_starved_has_more_time_to_answer(running):
    (running.folder / "starved").touch()
    before = running.servers()
    time.sleep(8)
    (running.folder / "starved").unlink()
    assert running.servers() == before
    assert running.output == "Ready.\n"


def test_a_server_in_a_loop_is_started_again(running):
    before = running.servers()
    (running.folder / "endless").touch()
    until(lambda: "gave no answer for 2 s" in running.output, 30)
    (running.folder / "endless").unlink()  # the other one may answer again before it is missed
    until(lambda: any(number not in before.values() for number in running.servers().values()), 30)


def test_the_death_of_the_watcher_takes_the_servers_with_it(running):
    servers = running.servers()
    os.kill(servers[running.ports[0]], signal.SIGSTOP)
    running.process.kill()
    running.process.wait()
    until(lambda: not any(alive(server) for server in servers.values()), 5)


def test_a_watcher_that_was_stopped_itself_blames_nobody(running):
    before = running.servers()
    running.process.send_signal(signal.SIGSTOP)
    time.sleep(6)
    running.process.send_signal(signal.SIGCONT)
    time.sleep(3)
    assert running.servers() == before
    assert running.output == "Ready.\n"


def heard(systemd: socket.socket, seconds: float) -> set[bytes]:
    """What is said to systemd until nothing more is for some seconds."""
    systemd.settimeout(seconds)
    said = set()
    try:
        while True:
            said.add(systemd.recv(100))
    except TimeoutError:
        return said


def test_systemd_hears_when_all_is_ready_while_all_is_well_and_when_it_ends(watch, tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        (tmp_path / "unready").touch()
        watcher = watch(NOTIFY_SOCKET=str(tmp_path / "notify"))
        until(lambda: (tmp_path / "2.log").exists(), 30)
        assert heard(systemd, 1) == set()
        (tmp_path / "unready").unlink()
        systemd.settimeout(30)
        assert [systemd.recv(100) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]
        (tmp_path / "broken").touch()
        os.kill(watcher.servers()[watcher.ports[0]], signal.SIGKILL)
        assert heard(systemd, 0.8) <= {b"WATCHDOG=1"}  # and then no more, since not all is well
        watcher.process.wait(timeout=30)
        assert heard(systemd, 0.1) == {b"STOPPING=1"}
