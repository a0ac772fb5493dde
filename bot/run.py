"""Starts everything, and stops everything: knowledge base, model, action server, Rasa server."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from bot import training
from bot.settings import ROOT, VAR, Settings, SettingsError
from knowledge.build import build_documents
from knowledge.document import Refused

PATIENCE = 300  # seconds until both servers have to be ready
GRACE = 10  # seconds that a server has to stop


class Stop(Exception):
    """Why the advisor stops, in one sentence; `code` is the exit code."""

    def __init__(self, why: str, code: int = 1) -> None:
        super().__init__(why)
        self.code = code


def main() -> int:
    """Run until Ctrl-C, or until one of the servers dies; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.run",
        description=__doc__,
        epilog=(
            "Environment: PORT (5005), HOST (127.0.0.1), ADVISOR_REST=1 switches the REST channel on, DATABASE_URL "
            "(an SQLite file in var/), ADVISOR_SECRET (made and kept in var/ on the first run), ADVISOR_ORIGINS (the "
            "websites that may use the widget), ADVISOR_PROXIES (how many proxies of yours stand before it), "
            "SLACK_BOT_TOKEN with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET (README: Ask it in Slack)."
        ),
    )
    parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):  # also where a shell starts it in the background
        signal.signal(number, _interrupt)
    servers: dict[str, subprocess.Popen] = {}
    try:
        settings = Settings.of_environment()
        _refuse_taken_port(settings)
        prepare(settings)
        start(settings, servers)
        watch(servers)
    except (Stop, SettingsError, Refused, training.TrainingFailed) as reason:
        print(reason, file=sys.stderr, flush=True)
        return getattr(reason, "code", 1)
    except KeyboardInterrupt:
        print("\nStopping ...", flush=True)
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        stop(servers)
    return 0


def prepare(settings: Settings) -> None:
    """Build the knowledge base and train the model, each where it is stale."""
    os.environ["DATABASE_URL"] = settings.database_url
    if build_documents(settings.database_url):
        print("Knowledge base: built.", flush=True)
    else:
        print("Knowledge base: up to date.", flush=True)
    if training.stale():
        training.train(settings.environment("http://127.0.0.1:1"))
    else:
        print("Model: up to date.", flush=True)


def start(settings: Settings, servers: dict[str, subprocess.Popen]) -> None:
    """Start both servers and wait until they answer."""
    port = _free_port()
    environment = settings.environment(f"http://127.0.0.1:{port}")
    servers["action server"] = _spawn(
        ["-m", "rasa_sdk", "--actions", "actions.actions", "--port", str(port)],
        {**environment, "SANIC_HOST": "127.0.0.1"},
        VAR / "actions.log",
    )
    servers["Rasa server"] = _spawn(
        ["-m", "bot.server", "--host", settings.host, "--port", str(settings.port)], environment, VAR / "rasa.log"
    )
    reach = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    url = f"http://{f'[{reach}]' if ':' in reach else reach}:{settings.port}"
    began = time.monotonic()
    while not _healthy(f"{url}/health"):
        _refuse_dead(servers)
        seconds = int(time.monotonic() - began)
        if seconds > PATIENCE:
            raise Stop(f"The servers were not ready after {PATIENCE} seconds; see {VAR / 'rasa.log'}.")
        _progress(f"Starting the servers ... {seconds} s")
        time.sleep(0.5)
    _progress("")
    print(f"Ready. Chat with the advisor at {url}/  (Ctrl-C stops it)", flush=True)


def watch(servers: dict[str, subprocess.Popen]) -> None:
    """Return never; raises `Stop` when a server dies."""
    while True:
        _refuse_dead(servers)
        time.sleep(0.5)


def stop(servers: dict[str, subprocess.Popen]) -> None:
    """Stop every process that was started, and theirs."""
    for server in servers.values():
        _signal_group(server, signal.SIGTERM)
    for server in servers.values():
        try:
            server.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            _signal_group(server, signal.SIGKILL)
            server.wait()


def _spawn(arguments: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen:
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _refuse_dead(servers: dict[str, subprocess.Popen]) -> None:
    logs = {"action server": "actions.log", "Rasa server": "rasa.log"}
    for name, server in servers.items():
        if server.poll() is not None:
            raise Stop(
                f"The {name} stopped (exit code {server.returncode}), so everything stops; see {VAR / logs[name]}."
            )


def _refuse_taken_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise Stop(
                f"Port {settings.port} on {settings.host} cannot be used ({error.strerror}); "
                f"choose another one, for example with PORT={settings.port + 1} make run."
            ) from error


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _signal_group(server: subprocess.Popen, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):  # it has stopped by itself
        os.killpg(server.pid, number)


def _progress(text: str) -> None:
    if sys.stdout.isatty():
        print(f"\r\033[K{text}", end="", flush=True)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
