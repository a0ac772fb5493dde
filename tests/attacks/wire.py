"""Bytes on a connection: what is sent as it is, and what comes back until the end or until nothing more comes."""

from __future__ import annotations

import contextlib
import re
import socket
import time
from dataclasses import dataclass

STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
HEADROOM = 200  # files of our own process beside its connections


@dataclass(frozen=True)
class Heard:
    """What came back, how long it took, and whether the other side ended it."""

    content: bytes
    seconds: float
    ended: bool

    @property
    def statuses(self) -> list[int]:
        """The statuses of the answers in it."""
        return [int(found) for found in STATUS.findall(self.content)]


def connect(port: int, address: str = "127.0.0.1", *, patience: float = 5) -> socket.socket:
    """A connection from a loopback address."""
    return socket.create_connection(("127.0.0.1", port), timeout=patience, source_address=(address, 0))


def exchange(port: int, sent: bytes, address: str = "127.0.0.1", *, patience: float = 5) -> Heard:
    """Send bytes and hear all that comes back."""
    began, content, ended = time.monotonic(), b"", False
    with contextlib.suppress(socket.timeout), connect(port, address, patience=patience) as connection:
        try:
            connection.sendall(sent)
            while more := connection.recv(65536):
                content += more
            ended = True
        except ConnectionError:
            ended = True
    return Heard(content, time.monotonic() - began, ended)


def is_open(connection: socket.socket) -> bool:
    """Whether the other side still keeps a connection."""
    connection.settimeout(0)
    try:
        return connection.recv(1, socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False
