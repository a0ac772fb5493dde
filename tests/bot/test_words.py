"""Whatever fails, no log holds a word that a visitor wrote."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.advisor import Advisor

MARKER = "Xylographia"
SAID = f"I am {MARKER} and my number is 078-05-1120, what does it pay?"


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[Advisor]:
    """An advisor of this module's own, whose action server is killed and whose database is locked."""
    advisor = Advisor(tmp_path_factory.mktemp("words")).start()
    yield advisor
    advisor.stop()


def processes(advisor: Advisor, module: str) -> list[int]:
    """The ids of an advisor's servers of a kind."""
    return [pid for pid in advisor.children() if module.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()]


@contextmanager
def locked(advisor: Advisor) -> Iterator[None]:
    """While another program writes to the database."""
    with closing(sqlite3.connect(advisor.folder / "advisor.sqlite", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def test_no_failure_writes_down_what_a_visitor_wrote(running):
    visitor = running.visitor()
    running.chat(SAID, visitor)
    running.says(SAID, MARKER)
    with locked(running):
        assert running.chat(SAID, visitor)[-2]["type"] == "error"
        running.says(SAID, MARKER)
        running.post("/web/feedback", {"answer": MARKER, "helpful": True, "why": SAID}, visitor)
    for pid in processes(running, "bot.action_server"):
        os.kill(pid, signal.SIGKILL)
    assert "can't answer" in running.says(SAID, MARKER)
    for body in (f'{{"{MARKER}"'.encode(), {"id": MARKER, "text": [SAID]}, {"id": f"{MARKER} x", "text": SAID}):
        running.post("/web/message", body, visitor)
        running.post("/webhooks/rest/webhook", body)
    running.get(f"/{MARKER}?text={MARKER}", {"Origin": f"http://{MARKER}[", "X-Forwarded-For": MARKER})
    running.post("/web/message", {"id": "m", "text": SAID}, {"Authorization": f"Bearer {MARKER}"})
    written = {path.name: path.read_text(errors="replace") for path in running.var.glob("*.log*")}
    assert "failed" in written["rasa.log"], "nothing has failed, so nothing is shown"
    assert [name for name, text in {**written, "output": running.output}.items() if MARKER in text] == []
