"""A bot as Rasa itself runs one: `rasa run` with the REST channel and an action server; for bots to compare with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.settings import ROOT
from tests.advisor import free_port
from tests.evaluation.live import NotStarted

PYTHON = ROOT / ".venv-peers" / "bin" / "python"  # which has TensorFlow; `make peers` sets it up
PATIENCE = 180  # seconds until both servers have to answer
GRACE = 20  # seconds to stop in


@contextmanager
def rasa_bot(
    model: Path, actions: str, folder: Path, environment: dict[str, str], started: list[subprocess.Popen] | None = None
) -> Iterator[str]:
    """Serve a model with an action module, conversations in an SQLite file of `folder`; gives the URL.

    The processes are added to `started`.
    """
    port, action_port = free_port(), free_port()
    endpoints, credentials = folder / "endpoints.yml", folder / "credentials.yml"
    endpoints.write_text(
        f"action_endpoint:\n  url: http://127.0.0.1:{action_port}/webhook\n"
        f"tracker_store:\n  type: SQL\n  dialect: sqlite\n  db: {folder / 'conversations.sqlite'}\n"
    )
    credentials.write_text("rest:\n")
    served = ["--model", model, "--endpoints", endpoints, "--credentials", credentials]
    commands = {
        "actions": ["rasa_sdk", "--actions", actions, "--port", action_port],
        "rasa": ["rasa", "run", "--port", port, "--interface", "127.0.0.1", *served],
    }
    started = [] if started is None else started
    try:
        for name, command in commands.items():
            started.append(_spawn([str(part) for part in command], environment, folder / f"{name}.log"))
        _until_ready([f"http://127.0.0.1:{action_port}/health", f"http://127.0.0.1:{port}/"], started, folder)
        yield f"http://127.0.0.1:{port}"
    finally:
        _stop(started)


def train(arguments: list[str], environment: dict[str, str], log: Path, what: str) -> None:
    """Run `rasa train` with arguments, saying every half minute how far it is; raises `NotStarted` where it fails."""
    process = _spawn(["rasa", "train", *arguments], environment, log)
    began = shown = time.monotonic()
    try:
        while process.poll() is None:
            time.sleep(0.5)
            if time.monotonic() - shown > 30:
                shown = time.monotonic()
                said = log.read_text(encoding="utf-8", errors="replace").replace("\r", "\n").strip().splitlines()
                print(f"{what}: {shown - began:.0f} s; {(said or [''])[-1][-110:]}", file=sys.stderr, flush=True)
    finally:
        _stop([process])
    if process.returncode != 0:
        kept = log.rename(ROOT / "var" / f"failed-{log.name}")
        raise NotStarted(f"{what} failed (exit code {process.returncode}); see {kept}.")


def _spawn(command: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen:
    if not PYTHON.exists():
        raise NotStarted("Bots to compare with have an environment of their own, which is not there; run `make peers`.")
    with log.open("wb") as output:
        return subprocess.Popen(
            [str(PYTHON), "-m", *command],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _until_ready(urls: list[str], started: list[subprocess.Popen], folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not all(_answers(url) for url in urls):
        if any(process.poll() is not None for process in started) or time.monotonic() > end:
            said = "\n".join(path.read_text(encoding="utf-8")[-1500:] for path in sorted(folder.glob("*.log")))
            raise NotStarted(f"A bot to compare with did not start:\n{said}")
        time.sleep(0.5)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _stop(started: list[subprocess.Popen]) -> None:
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    for process in started:
        try:
            process.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
