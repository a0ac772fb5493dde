"""A running advisor as a person starts it, on a free port and a database of its own; and how to talk to it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 400  # seconds, training included


def free_port() -> int:
    """A port of the loopback interface that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Advisor:
    """One `python -m bot.run`; `output` is what it has said so far."""

    folder: Path
    port: int = field(default_factory=free_port)
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def var(self) -> Path:
        """Where it keeps its logs; it has a folder of its own, since two advisors cannot share one."""
        return self.folder / "var"

    @property
    def output(self) -> str:
        return (self.folder / "output").read_text(encoding="utf-8")

    def start(self) -> Advisor:
        """Start it and wait until it is ready."""
        self.spawn()
        until(lambda: self.process.poll() is not None or "Ready." in self.output, PATIENCE)
        assert self.process.poll() is None, self.output
        return self

    def spawn(self) -> subprocess.Popen:
        """Start it, without waiting."""
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("SLACK_")},  # a real Slack's
            "PORT": str(self.port),
            "ADVISOR_REST": "1",
            "ADVISOR_SECRET": "a secret of the tests, and of nobody else",
            "ADVISOR_VAR": str(self.var),
            "DATABASE_URL": f"sqlite:///{self.folder / 'advisor.sqlite'}",
            **self.environment,
        }
        with (self.folder / "output").open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot.run"], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
            )
        return self.process

    def stop(self) -> int:
        """Press Ctrl-C and wait; returns the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=30)

    def children(self) -> list[int]:
        """The ids of the servers that it started."""
        return [
            int(line) for line in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ]

    def ask(self, text: Any, sender: str = "tester") -> list[dict[str, Any]]:
        """Send a message over the REST channel; returns the replies."""
        status, replies = self.post("/webhooks/rest/webhook", {"sender": sender, "message": text})
        assert status == 200, replies
        return replies

    def says(self, text: Any, sender: str = "tester") -> str:
        """What the advisor answers, its replies joined by newlines."""
        return "\n".join(reply.get("text", "") for reply in self.ask(text, sender))

    def post(self, path: str, body: Any, headers: dict[str, str] | None = None) -> tuple[int, Any]:
        """POST JSON (or the bytes given); returns status and decoded body."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(
            self.url + path, content, {"Content-Type": "application/json", **(headers or {})}
        )
        return _answer(request)

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, Any]:
        """GET; returns status and body, decoded where it is JSON."""
        return _answer(urllib.request.Request(self.url + path, headers=headers or {}))

    def visitor(self, address: str = "127.0.0.1") -> dict[str, str]:
        """The headers of a new visitor of the website, who comes from an address."""
        forwarded = {"X-Forwarded-For": address}
        status, answer = self.post("/web/session", {}, forwarded)
        assert status == 200, answer
        return {"Authorization": f"Bearer {answer['token']}", **forwarded}

    def chat(self, text: str, visitor: dict[str, str], message_id: str | None = None) -> list[dict[str, Any]]:
        """Say something on the website; returns the lines of the answer."""
        message = {"id": message_id or uuid.uuid4().hex, "text": text}
        status, lines = self.post("/web/message", message, visitor)
        assert status == 200, lines
        return lines

    def history(self, visitor: dict[str, str]) -> list[dict[str, Any]]:
        """What was said in a visitor's conversation."""
        return self.get("/web/history", visitor)[1]["entries"]


def _answer(request: urllib.request.Request) -> tuple[int, Any]:
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            status, content, kind = answer.status, answer.read(), answer.headers.get_content_type()
    except urllib.error.HTTPError as error:
        status, content, kind = error.code, error.read(), error.headers.get_content_type()
    if kind == "application/x-ndjson":
        return status, [json.loads(line) for line in content.splitlines()]
    try:
        return status, json.loads(content)
    except ValueError:
        return status, content.decode("utf-8")


def until(condition: Any, seconds: float) -> None:
    """Wait for a condition; fails after that many seconds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not so within {seconds} seconds"
        time.sleep(0.2)
