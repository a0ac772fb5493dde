"""What systemd is told, at a real socket; and the unit that has it told."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import uuid
from pathlib import Path

import pytest

from bot.notify import notify

UNIT = Path(__file__).resolve().parent.parent.parent / "docs" / "career-advisor.service"


def listening(address: str) -> socket.socket:
    """A socket as systemd has one."""
    heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    heard.bind(address)
    heard.settimeout(5)
    return heard


def test_a_state_arrives_at_a_socket_in_the_file_system(tmp_path, monkeypatch):
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    with listening(str(tmp_path / "notify")) as heard:
        notify("READY=1")
        assert heard.recv(100) == b"READY=1"


def test_a_state_arrives_at_an_abstract_socket(monkeypatch):
    name = f"advisor-{uuid.uuid4().hex}"
    monkeypatch.setenv("NOTIFY_SOCKET", f"@{name}")
    with listening(f"\0{name}") as heard:
        notify("STOPPING=1")
        assert heard.recv(100) == b"STOPPING=1"


@pytest.mark.parametrize("address", ["", "/nowhere/notify", "@nobody", "nonsense"])
def test_where_nobody_listens_nothing_happens(monkeypatch, address):
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    notify("READY=1")


def test_a_listener_that_does_not_read_blocks_nobody(tmp_path, monkeypatch):
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    with listening(str(tmp_path / "notify")):
        for _ in range(2_000):  # far more than such a socket holds
            notify("WATCHDOG=1")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_the_unit_is_one_that_systemd_understands(tmp_path):
    unit = tmp_path / UNIT.name
    # nothing is installed here: the check wants a program that is there
    unit.write_text(UNIT.read_text().replace("/var/lib/career-advisor/.venv/bin/python", "/bin/true"))
    # the user is made when it is installed
    unit.write_text(unit.read_text().replace("User=career-advisor", f"User={os.environ.get('USER') or 'root'}"))
    checked = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True)
    assert checked.stderr + checked.stdout == ""
    assert checked.returncode == 0
