"""One server as a process: started, asked whether it lives, and ended with all that it has started."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from bot.logfiles import LogFile
from bot.settings import ROOT
from bot.supervisor import SILENCE, Seen

ASK = 1.0  # seconds between two questions whether a server lives
ALONE = {"OPENBLAS_NUM_THREADS": "1"}  # NumPy's products are small here: a second thread would only spin for work


def spawn(command: list[str], environment: dict[str, str], log: LogFile) -> tuple[subprocess.Popen, threading.Thread]:
    """Run a module of Python in a session of its own; a thread writes what it says to the log, until its end.

    To be called by the main thread, whose end the system takes for ours (`bot.orphans`).
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.orphans", str(os.getpid()), *command],
        cwd=ROOT,
        env={**ALONE, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    writing = threading.Thread(target=log.drain, args=(process.stdout,), daemon=True)
    writing.start()
    return process, writing


def end(process: subprocess.Popen, writing: threading.Thread, patience: float = 0.0) -> None:
    """Kill a process that was spawned and all that it started, those that have not stopped after so many seconds."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=patience)
    signal_all(process, signal.SIGKILL)
    process.wait()
    writing.join(timeout=1)  # its last words


def signal_all(process: subprocess.Popen, number: signal.Signals) -> None:
    """Send a signal to a process that was spawned, and to all that it has started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):  # none of them is left
        os.killpg(process.pid, number)


def status(url: str, token: str = "") -> int | None:
    """The HTTP status that a server of this machine answers with; `None` where it does not answer."""
    headers = {"Host": "localhost", **({"Authorization": f"Bearer {token}"} if token else {})}
    directly = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with directly.open(urllib.request.Request(url, headers=headers), timeout=SILENCE) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except (OSError, http.client.HTTPException):
        return None


def computed(process: int) -> float:
    """Seconds of a processor that a process has used; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    """What to start, and what is running of it."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: LogFile
    url: str
    token: str = ""
    beside: bool = False  # the advisor goes on without it
    given_up: bool = False
    again_at: float | None = None  # while it is down: when to start it again
    _began: float = 0.0
    _running: tuple[subprocess.Popen, threading.Thread] | None = None
    _pulse: Pulse | None = None

    def start(self) -> None:
        """Start it, and begin to ask it."""
        self.again_at = None
        self._began = time.monotonic()
        self._running = spawn(self.command, self.environment, self.log)
        self._pulse = Pulse(self.url, self.token, self._running[0].pid)

    def seen(self) -> Seen:
        """How it is."""
        process, pulse = self._running[0], self._pulse
        return Seen(process.poll(), self._began, pulse.answered, computed(process.pid) - pulse.computed)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to it and to all that it has started."""
        if self._running:
            signal_all(self._running[0], number)

    def kill(self, patience: float = 0.0) -> None:
        """Kill it if it has not stopped after so many seconds."""
        if self._running:
            end(*self._running, patience)
            self._pulse.ended.set()


class Pulse:
    """Asks a server again and again; `answered` is when it last said that it is well, `None` until it is ready."""

    def __init__(self, url: str, token: str, process: int) -> None:
        self.answered: float | None = None
        self.computed = 0.0  # seconds of a processor that the server had used by then
        self.ended = threading.Event()
        self._url = url
        self._token = token
        self._process = process
        threading.Thread(target=self._ask, daemon=True).start()

    def _ask(self) -> None:
        while not self.ended.wait(ASK):
            path = "/ready" if self.answered is None else "/health"
            if status(f"{self._url}{path}", self._token) == 200:
                self.computed, self.answered = computed(self._process), time.monotonic()
