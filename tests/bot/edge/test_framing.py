"""Framing: what can be read in one way only is let in, and nothing else."""

from __future__ import annotations

import pytest

from bot.edge.framing import Malformed, fields, is_chunk_size

GOOD = b"GET / HTTP/1.1\r\nHost: a"


@pytest.mark.parametrize(
    "head",
    [
        GOOD,
        b"POST /web/message?a=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 0",
        b"POST / HTTP/1.1\r\nHOST:a\r\nTransfer-Encoding: Chunked",
        b"OPTIONS * HTTP/1.0\r\nhost:\ta \r\nX-Empty:",
        GOOD + b"\r\nX-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: 5.6.7.8",
        GOOD + "\r\nX-Name: Zoë".encode(),
    ],
)
def test_a_request_that_can_be_read_is_let_in(head):
    assert fields(head)[b"host"] == b"a"


@pytest.mark.parametrize("length", [b"-1", b"+1", b"1_0", b"0x10", b"1 0", b"", b"1,1", b"9" * 30, "٣".encode()])
def test_a_length_that_is_no_number_is_refused(length):
    with pytest.raises(Malformed):
        fields(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + length)


@pytest.mark.parametrize(
    "more",
    [
        b"Content-Length: 1\r\nContent-Length: 1",
        b"Content-Length: 1\r\ncontent-length: 2",
        b"Content-Length: 4\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        b"Transfer-Encoding: gzip, chunked",
        b"Transfer-Encoding: identity",
        b"Transfer-Encoding: xchunked",
        b"Transfer-Encoding:",
        b"Host: b",
        b"Origin: http://a\r\nOrigin: http://b",
        b"Content-Length : 5",
        b" Content-Length: 5",
        b"X: a\r\n folded",
        b"no colon",
        b": no name",
        b"X: a\nContent-Length: 5",
        b"X: a\rb",
        b"X: \x00",
        b"\r\n".join(b"X-%d: a" % number for number in range(101)),
    ],
)
def test_fields_that_two_servers_could_read_in_two_ways_are_refused(more):
    with pytest.raises(Malformed):
        fields(GOOD + b"\r\n" + more)


@pytest.mark.parametrize(
    "line",
    [
        b"GET / HTTP/1.1",  # without a host
        b"GET  / HTTP/1.1\r\nHost: a",
        b"GET / HTTP/1.1 \r\nHost: a",
        b"GET / HTTP/2.0\r\nHost: a",
        b"GET /\r\nHost: a",
        b"BREW / HTTP/1.1\r\nHost: a",
        b"get / HTTP/1.1\r\nHost: a",
        b"GET http://a/ HTTP/1.1\r\nHost: a",
        b"GET // HTTP/1.1\r\nHost: a",
        b"GET //etc/passwd HTTP/1.1\r\nHost: a",
        b"GET /\xff HTTP/1.1\r\nHost: a",
        b"CONNECT a:443 HTTP/1.1\r\nHost: a",
        b"",
    ],
)
def test_a_request_line_that_is_none_is_refused(line):
    with pytest.raises(Malformed):
        fields(line)


@pytest.mark.parametrize("line", [b"0", b"a", b"1F", b"00ff"])
def test_a_chunk_size_is_plain_hexadecimal(line):
    assert is_chunk_size(line)


@pytest.mark.parametrize("line", [b"", b"-1", b"+1", b"0x1", b"1_0", b" 1", b"1;a=b", b"g", b"f" * 16])
def test_another_chunk_size_is_none(line):
    assert not is_chunk_size(line)
