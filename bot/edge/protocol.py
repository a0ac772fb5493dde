"""Sanic's HTTP protocol, made strict: bad framing and foreign hosts are refused before a body is read.

Sanic 21.12 loops for ever at `Content-Length: -1`, reads `0x10` and `1_0` as chunk sizes, and takes the trailers of
a chunked body for the next request.
"""

from __future__ import annotations

import time
from asyncio.transports import Transport
from typing import Any

from sanic import Sanic
from sanic.exceptions import InvalidUsage
from sanic.http import Http, Stage
from sanic.server.protocols.http_protocol import HttpProtocol

from bot.edge.connections import Connections
from bot.edge.framing import Malformed, fields, is_chunk_size
from bot.edge.hosts import Hosts
from bot.logs import for_visitor

ARRIVAL = 15  # seconds that a request may take to arrive, however slowly its bytes drip
IDLE = 15  # seconds that a connection is kept for the next request
SILENCE = 60  # seconds that a client may leave an answer unread
LONGEST_CHUNK_LINE = 32  # bytes


class StrictHttp(Http):
    """One connection's requests and answers."""

    __slots__ = ()

    def create_empty_request(self) -> None:
        self.url = "*"  # what was sent may not even be text
        super().create_empty_request()

    async def read(self) -> bytes | None:
        begins = self.request_body == "chunked" and self.request_bytes_left == 0
        if not begins or await self._is_good_chunk():
            return await super().read()
        self.keep_alive = False
        self.request_body = None  # what follows cannot be read
        if self.stage is Stage.HANDLER:
            raise InvalidUsage("Bad chunked encoding")
        return None  # it is answered, and this only the rest that Sanic reads away

    async def _is_good_chunk(self) -> bool:
        """Whether a chunk begins as it must; Sanic keeps the line end before it in its buffer: `\\r\\n<size>\\r\\n`."""
        while (end := self.recv_buffer.find(b"\r\n", 2)) < 0:
            if len(self.recv_buffer) > LONGEST_CHUNK_LINE:
                return False
            await self._receive_more()
        size = bytes(self.recv_buffer[2:end])
        if self.recv_buffer[:2] != b"\r\n" or not is_chunk_size(size):
            return False
        if int(size, 16):
            return True
        while len(self.recv_buffer) < end + 4:
            await self._receive_more()
        return self.recv_buffer[end : end + 4] == b"\r\n\r\n"


class StrictProtocol(HttpProtocol):
    """One connection."""

    __slots__ = ("began", "address")

    def _setup_connection(self) -> None:
        super()._setup_connection()
        self._http = StrictHttp(self)

    def connection_made(self, transport: Transport) -> None:
        self.began, self._http = time.monotonic(), None  # which its task makes a moment later
        super().connection_made(transport)
        if not self.app.ctx.connections.admit(self):
            self.abort()

    def connection_lost(self, error: Exception | None) -> None:
        self.app.ctx.connections.leave(self)
        super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        if self.is_idle:
            self.began = time.monotonic()
        super().data_received(data)

    @property
    def is_idle(self) -> bool:
        """Whether nothing of a request has come."""
        return not self.recv_buffer and (self._http is None or self._http.stage is Stage.IDLE)

    @property
    def is_arriving(self) -> bool:
        """Whether a request has begun to come and is not there as a whole."""
        if self._http is None or self._http.stage is Stage.RESPONSE:
            return False
        return not self.is_idle and (self._http.stage is not Stage.HANDLER or bool(self._http.request_body))


def make_strict(app: Sanic, *, hosts: Hosts, connections: Connections) -> None:
    """Let an application refuse what cannot be read in one way only, what is meant for others, and who comes slowly."""
    app.config.REQUEST_TIMEOUT, app.config.KEEP_ALIVE_TIMEOUT, app.config.RESPONSE_TIMEOUT = ARRIVAL, IDLE, SILENCE
    app.ctx.connections = connections

    @app.signal("http.lifecycle.read_head")
    async def refuse_malformed(head: bytes, **context: Any) -> None:
        for_visitor.set(True)  # for all that this connection's task does
        if not hosts.are_ours(fields(head)[b"host"].decode("latin-1")):
            raise Malformed("a foreign host")

    @app.listener("after_server_start")
    async def begin_to_look(app: Sanic, loop: Any) -> None:
        app.add_task(connections.look_for_slow(ARRIVAL))
