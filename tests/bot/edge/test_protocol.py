"""A server with the strict protocol: one connection can neither hang it nor use it up."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.advisor import ROOT, free_port, until

PROGRAM = """
import sys
from sanic import Sanic, response
from bot import logs
from bot.channels.refusals import refuse
from bot.edge import protocol
from bot.edge.connections import Connections
from bot.edge.hosts import Hosts

protocol.ARRIVAL = 2
logs.configure()
app = Sanic("strict", configure_logging=False)
app.error_handler.add(Exception, refuse)
app.config.REQUEST_MAX_SIZE = 1000
protocol.make_strict(app, hosts=Hosts(), connections=Connections(most=20, most_of_one=10))

@app.post("/echo")
async def echo(request):
    return response.raw(request.body)

@app.get("/open")
async def count(request):
    return response.text(str(len(app.ctx.connections)))

app.run("127.0.0.1", int(sys.argv[1]), protocol=protocol.StrictProtocol, access_log=False, motd=False)
"""


class Strict:
    """The server, and how to talk to it byte by byte."""

    def __init__(self, folder) -> None:
        self.port = free_port()
        self.log = folder / "log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM, str(self.port)],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        until(lambda: self.says(b"GET /open HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n") != b"", 60)

    def connect(self, address: str = "127.0.0.1") -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10, source_address=(address, 0))

    def says(self, sent: bytes) -> bytes:
        """All that it answers before it closes, or falls silent; nothing where it is not there."""
        try:
            with self.connect() as connection:
                connection.sendall(sent)
                connection.settimeout(5)
                answer = b""
                while more := connection.recv(65536):
                    answer += more
                return answer
        except (TimeoutError, ConnectionError):
            return b""

    def is_well(self) -> bool:
        began = time.monotonic()
        answer = self.says(post(b"hi", b"Connection: close", b"Content-Length: 2"))
        return answer.endswith(b"\r\n\r\nhi") and time.monotonic() - began < 2


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Strict]:
    running = Strict(tmp_path_factory.mktemp("strict"))
    yield running
    running.process.kill()
    running.process.wait()


def post(body: bytes, *fields: bytes) -> bytes:
    return b"\r\n".join([b"POST /echo HTTP/1.1", b"Host: localhost", *fields, b"", body])


def drip(connection: socket.socket, sent: bytes) -> None:
    """Send byte by byte, slowly."""
    for byte in sent:
        connection.sendall(bytes([byte]))
        time.sleep(0.2)


@pytest.mark.parametrize(
    "sent",
    [
        post(b"hi", b"Content-Length: -1"),
        post(b"hi", b"Content-Length: 2", b"Content-Length: 2"),
        post(b"2\r\nhi\r\n0\r\n\r\n", b"Content-Length: 2", b"Transfer-Encoding: chunked"),
        post(b"hi", b"Transfer-Encoding: gzip"),
        post(b"-1\r\nhi\r\n0\r\n\r\n", b"Transfer-Encoding: chunked"),
        post(b"0x2\r\nhi\r\n0\r\n\r\n", b"Transfer-Encoding: chunked"),
        post(b"+2\r\nhi\r\n0\r\n\r\n", b"Transfer-Encoding: chunked"),
        post(b"2;a=b\r\nhi\r\n0\r\n\r\n", b"Transfer-Encoding: chunked"),
        post(b"2\r\nhi\r\n0\r\nGET: /open\r\n\r\n", b"Transfer-Encoding: chunked"),
        post(b"2\r\nhiXX0\r\n\r\n", b"Transfer-Encoding: chunked"),
        post(b"f" * 100, b"Transfer-Encoding: chunked"),
        b"POST /echo HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n",
        b"POST /echo HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
        b"POST /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"\r\n\r\n",
    ],
)
def test_what_is_malformed_is_refused_and_closed_and_hangs_nobody(server, sent):
    answer = server.says(sent)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1") == 1, "what followed was taken for a request"
    assert server.is_well()


def test_a_bad_chunk_behind_an_answer_ends_the_connection_and_is_no_error(server):
    sent = b"GET /open HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1_0\r\nx"
    assert server.says(sent).startswith(b"HTTP/1.1 200 ")
    assert "InvalidUsage" not in server.log.read_text()


def test_a_body_in_chunks_is_read(server):
    sent = post(b"2\r\nhi\r\nA\r\n0123456789\r\n0\r\n\r\n", b"Transfer-Encoding: chunked", b"Connection: close")
    assert server.says(sent).endswith(b"\r\n\r\nhi0123456789")


def test_two_requests_on_one_connection_are_both_answered(server):
    chunks = post(b"2\r\nhi\r\n0\r\n\r\n", b"Transfer-Encoding: chunked")
    assert server.says(chunks + post(b"ho", b"Content-Length: 2", b"Connection: close")).count(b"200 OK") == 2


def test_a_request_writes_at_most_one_short_line(server):
    before = server.log.stat().st_size
    for sent in (post(b"", b"Content-Length: -1"), b"GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n"):
        server.says(sent)
    assert server.log.stat().st_size - before < 400


def test_a_request_that_drips_is_ended(server):
    with server.connect("127.0.0.3") as connection:
        began = time.monotonic()
        with pytest.raises(OSError, match=r"(?i)reset|pipe|abort"):
            drip(connection, b"GET /open HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 100)
        assert time.monotonic() - began < 8


def test_of_one_address_idle_connections_go_first(server):
    with ExitStack() as held:
        first = held.enter_context(server.connect("127.0.0.4"))
        for _ in range(10):
            held.enter_context(server.connect("127.0.0.4"))
        assert first.recv(1) == b""
        assert server.is_well()


def test_when_all_places_are_taken_those_half_sent_go_and_others_are_served(server):
    with ExitStack() as held:
        for number in range(20):
            connection = held.enter_context(server.connect(f"127.0.0.{10 + number // 5}"))
            connection.sendall(b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\nhalf")
        assert server.is_well()
