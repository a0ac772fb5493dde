"""Where the advisor listens, in both families of addresses."""

from __future__ import annotations

import socket

import pytest

from bot.listening import bound, free_port, url


@pytest.mark.parametrize(
    ("host", "reached"),
    [
        ("127.0.0.1", "http://127.0.0.1:5005"),
        ("0.0.0.0", "http://127.0.0.1:5005"),
        ("::", "http://[::1]:5005"),
        ("::1", "http://[::1]:5005"),
        ("advisor.example.org", "http://advisor.example.org:5005"),
    ],
)
def test_how_it_is_reached_from_here(host, reached):
    assert url(host, 5005) == reached


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_at_two_colons_it_is_reached_by_both_families(address):
    with bound("::", 0) as listening:
        listening.listen()
        socket.create_connection((address, listening.getsockname()[1]), timeout=5).close()


@pytest.mark.parametrize(("taken", "wanted"), [("127.0.0.1", "::"), ("::1", "::"), ("::", "127.0.0.1"), ("::1", "::1")])
def test_a_port_that_one_family_has_is_taken(taken, wanted):
    with bound(taken, 0) as other:
        other.listen()
        with pytest.raises(OSError, match="in use"):
            bound(wanted, other.getsockname()[1])


def test_a_free_port_is_one():
    bound("127.0.0.1", free_port()).close()
