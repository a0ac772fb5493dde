"""Valid requests, and what becomes of them when bytes, lines and values are changed at random."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

from tests.attacks.texts import ODD, anything

NAMES = (
    *(b"Host", b"Content-Length", b"Transfer-Encoding", b"Origin", b"Authorization", b"Content-Type", b"Expect"),
    *(b"Connection", b"X-Forwarded-For", b"Accept-Encoding", b"If-None-Match", b"Cookie", b"Upgrade"),
)
VALUES = (
    *(b"", b"0", b"-1", b"99999999999999999999", b"chunked", b"100-continue", b"null", b"https://evil.example"),
    *(b"Bearer x", b"\xff\xfe", b"a" * 9000, b"*", b"websocket", b"keep-alive, Upgrade", b"application/json"),
)
PATHS = (
    *(b"/", b"//", b"/%00", b"/%ff", b"/../etc/passwd", b"/web/history?before=-1", b"/web/message/", b"*"),
    *(b"/web/" + b"a" * 5000, b"/webhooks/slack/events", b"/webhooks/rest/webhook?stream=true", b"/model"),
    b"/conversations/x/tracker",
)
JSON_TEXTS = (
    *(b'{"a":' * 3000, b"[" * 50_000, b'{"id":"a","id":"b","text":1e999}', b"NaN", b'"\\ud800"'),
    *(b'{"id":"a","text":"\\u0000"}', b'{"sender":{},"message":"x"}', b"\xef\xbb\xbf{}", b"{}" * 100),
    b'{"id": "a", "text": ' + b"9" * 5000 + b"}",
)


def requests(token: str) -> list[bytes]:
    """One valid request of each kind."""
    signed = {"Authorization": f"Bearer {token}"}
    return [
        _request("POST", "/web/session", body={}),
        _request("POST", "/web/message", signed, {"id": "a", "text": "is it dangerous?"}),
        _request("POST", "/web/feedback", signed, {"answer": "a.1", "helpful": True, "why": "so"}),
        _request("POST", "/webhooks/rest/webhook", body={"sender": "fuzz", "message": "what does it pay?"}),
        _request("GET", "/web/history?before=9", signed),
        _request("OPTIONS", "/web/message", {"Origin": "http://localhost"}),
        _request("GET", "/"),
        _request("GET", "/widget.js", {"Accept-Encoding": "gzip"}),
        _request("HEAD", "/demo.js"),
        _request("GET", "/health"),
    ]


def mutated(source: random.Random, valid: list[bytes]) -> bytes:
    """One of the valid requests, changed in one to four ways."""
    sent = source.choice(valid)
    for _ in range(source.randint(1, 4)):
        sent = source.choice(_WAYS)(source, sent)
    return sent


def _request(method: str, path: str, fields: dict[str, str] | None = None, body: Any = None) -> bytes:
    content = json.dumps(body).encode() if body is not None else b""
    length = {"Content-Type": "application/json", "Content-Length": str(len(content))} if content else {}
    named = {"Host": "localhost", "Connection": "close", **length, **(fields or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + content


def _flip(source: random.Random, sent: bytes) -> bytes:
    place = source.randrange(len(sent) + 1)
    return sent[:place] + bytes([source.randrange(256)]) + sent[place + 1 :]


def _cut(source: random.Random, sent: bytes) -> bytes:
    begin = source.randrange(len(sent) + 1)
    return sent[:begin] + sent[begin + source.choice((1, 5, 100)) :]


def _double(source: random.Random, sent: bytes) -> bytes:
    begin = source.randrange(len(sent) + 1)
    part = sent[begin : begin + source.choice((1, 5, 100))]
    return sent[:begin] + part * source.choice((2, 3, 200)) + sent[begin:]


def _field(source: random.Random, sent: bytes) -> bytes:
    line, end, rest = sent.partition(b"\r\n")
    return line + end + source.choice(NAMES) + b": " + source.choice(VALUES) + b"\r\n" + rest


def _instead(source: random.Random, sent: bytes) -> bytes:
    """Another value of a field that is there."""
    head, end, body = sent.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    place = source.randrange(len(lines))
    if place:
        lines[place] = lines[place].partition(b":")[0] + b": " + source.choice(VALUES)
    return b"\r\n".join(lines) + end + body


def _path(source: random.Random, sent: bytes) -> bytes:
    method, _, rest = sent.partition(b" ")
    return method + b" " + source.choice(PATHS) + b" " + rest.partition(b" ")[2]


def _method(source: random.Random, sent: bytes) -> bytes:
    methods = (b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"OPTIONS", b"TRACE", b"CONNECT", b"PRI", b"get")
    return source.choice(methods) + b" " + sent.partition(b" ")[2]


def _body(source: random.Random, sent: bytes) -> bytes:
    """Another body, with its length told rightly."""
    head, end, _ = sent.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-length")]
    content = source.choice(JSON_TEXTS) if source.random() < 0.5 else _values(source)
    return b"\r\n".join([*lines, b"Content-Length: %d" % len(content)]) + end + content


def _values(source: random.Random) -> bytes:
    values = [*ODD, *anything(source.randrange(1 << 30), 3), "a", "web:a", True, "m" * 64]
    names = ("id", "text", "sender", "message", "answer", "helpful", "why", "metadata", "input_channel")
    return json.dumps({name: source.choice(values) for name in source.sample(names, 4)}).encode()


def _chunks(source: random.Random, sent: bytes) -> bytes:
    head, end, body = sent.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-length")]
    size = source.choice((b"%x" % len(body), b"0", b"fffffff", b"-1", b"1_0", b"zz"))
    return b"\r\n".join([*lines, b"Transfer-Encoding: chunked"]) + end + size + b"\r\n" + body + b"\r\n0\r\n\r\n"


_WAYS: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    *(_flip, _cut, _double, _field, _instead, _path, _method, _body, _body, _chunks),
)
