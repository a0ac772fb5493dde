"""Which requests are let in: those whose framing can be read in one way only (RFC 9112), before a body is read."""

from __future__ import annotations

import re

METHODS = frozenset({b"GET", b"HEAD", b"POST", b"PUT", b"PATCH", b"DELETE", b"OPTIONS"})
TARGET = re.compile(rb"(?:/(?!/)[\x21-\x7e]*|\*)")  # `//a` is a host to some, and an IndexError to Sanic
NAME = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
VALUE = re.compile(rb"[\t\x20-\x7e\x80-\xff]*")
DIGITS = re.compile(rb"[0-9]{1,15}")
CHUNK_SIZE = re.compile(rb"[0-9A-Fa-f]{1,15}")
ONCE = frozenset({b"host", b"content-length", b"transfer-encoding", b"expect", b"authorization", b"origin"})
MOST_FIELDS = 100


class Malformed(ValueError):
    """A request that could be read in two ways, or in none; says why, without a word of what was sent."""


def fields(head: bytes) -> dict[bytes, bytes]:
    """The header fields of a request's head, their names in lower case; raises `Malformed`.

    The head goes up to, and without, the empty line. Of a field that may stand several times the last is kept.
    """
    line, *lines = head.split(b"\r\n")
    words = line.split(b" ")
    if len(words) != 3 or words[0] not in METHODS or not TARGET.fullmatch(words[1]):
        raise Malformed("the request line")
    if words[2] not in (b"HTTP/1.1", b"HTTP/1.0"):
        raise Malformed("the version")
    if len(lines) > MOST_FIELDS:
        raise Malformed("too many header fields")
    found: dict[bytes, bytes] = {}
    for each in lines:
        name, colon, value = each.partition(b":")
        name, value = name.lower(), value.strip(b" \t")
        if not colon or not NAME.fullmatch(name) or not VALUE.fullmatch(value):
            raise Malformed("a header field")
        if name in ONCE and name in found:
            raise Malformed("a header field that stands twice")
        found[name] = value
    if b"host" not in found:
        raise Malformed("no host")
    _refuse_lengths(found)
    return found


def is_chunk_size(line: bytes) -> bool:
    """Whether the line before a chunk is its size in plain hexadecimal digits, and nothing else."""
    return CHUNK_SIZE.fullmatch(line) is not None


def _refuse_lengths(found: dict[bytes, bytes]) -> None:
    length, coding = found.get(b"content-length"), found.get(b"transfer-encoding")
    if length is not None and coding is not None:
        raise Malformed("a length beside a transfer coding")
    if length is not None and not DIGITS.fullmatch(length):
        raise Malformed("the length")
    if coding is not None and coding.lower() != b"chunked":
        raise Malformed("the transfer coding")
