"""No server outlives its watcher, not even one that is stopped, or where the kernel does not help."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.advisor import until
from tests.bot.test_run import alive

BOUND = """
print(subprocess.Popen([sys.executable, "-m", "bot.orphans", str(os.getpid()), "sleeping", "a", "b"]).pid, flush=True)
"""
LOOKING = """
looks = '''
import os, sys, time
sys.platform = "elsewhere"
from bot.orphans import die_with
die_with(os.getppid())
print("bound", flush=True)
time.sleep(60)
'''
print(subprocess.Popen([sys.executable, "-c", looks]).pid, flush=True)
"""


@pytest.fixture
def sleeping(tmp_path: Path) -> dict[str, str]:
    """The environment of processes that find a module which says its arguments and sleeps."""
    (tmp_path / "sleeping.py").write_text(
        "import sys, time\nif __name__ == '__main__':\n    print(sys.argv[1:], flush=True)\n    time.sleep(60)\n"
    )
    return {**os.environ, "PYTHONPATH": f"{tmp_path}:{ROOT}"}


def watched(environment: dict[str, str], script: str) -> tuple[subprocess.Popen, int]:
    """A watcher, and the server that it started, once that has said that it is bound to it."""
    starts = "import os, subprocess, sys, time\n" + script + "\ntime.sleep(60)"
    watcher = subprocess.Popen(
        [sys.executable, "-c", starts], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    server = int(watcher.stdout.readline())
    assert watcher.stdout.readline()
    return watcher, server


@pytest.mark.parametrize("script", [BOUND, LOOKING])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_server_dies_with_its_watcher_however_that_ends(sleeping, script, number):
    watcher, server = watched(sleeping, script)
    watcher.send_signal(number)
    watcher.wait()
    until(lambda: not alive(server), 5)


def test_a_server_that_is_stopped_dies_too(sleeping):
    watcher, server = watched(sleeping, BOUND)
    os.kill(server, signal.SIGSTOP)
    watcher.kill()
    watcher.wait()
    until(lambda: not alive(server), 5)


def test_a_server_lives_while_its_watcher_does(sleeping):
    watcher, server = watched(sleeping, BOUND)
    time.sleep(2.5)
    assert alive(server)
    watcher.kill()
    watcher.wait()


def test_a_server_whose_watcher_is_gone_already_does_not_begin(sleeping):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    ended = subprocess.run(
        [sys.executable, "-m", "bot.orphans", str(gone.pid), "sleeping"], env=sleeping, capture_output=True, timeout=30
    )
    assert ended.returncode == -signal.SIGKILL
    assert ended.stdout == b""


def test_a_module_is_run_with_its_arguments(sleeping):
    command = [sys.executable, "-m", "bot.orphans", str(os.getpid()), "sleeping", "a", "--b"]
    with subprocess.Popen(command, env=sleeping, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "['a', '--b']\n"
        process.kill()
