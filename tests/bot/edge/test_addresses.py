"""Addresses: each visitor is one, however a proxy writes where they come from."""

from __future__ import annotations

import pytest

from bot.edge.addresses import visitor_address


@pytest.mark.parametrize(
    ("forwarded", "proxies", "address"),
    [
        ("", 0, "192.0.2.1"),
        ("203.0.113.9", 0, "192.0.2.1"),  # nobody is believed who need not be
        ("", 1, "192.0.2.1"),
        ("203.0.113.9", 1, "203.0.113.9"),
        ("10.0.0.1, 203.0.113.9", 1, "203.0.113.9"),  # what stands before it is the visitor's own word
        ("203.0.113.9, 198.51.100.7", 2, "203.0.113.9"),
        ("203.0.113.9", 2, "203.0.113.9"),
        ("not an address", 1, "192.0.2.1"),
        (" , ", 1, "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]", 1, "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]:5123", 1, "2001:db8:1:2::/64"),
        ("203.0.113.9:51234", 1, "203.0.113.9"),
        ("::ffff:203.0.113.9", 1, "203.0.113.9"),
        ("[::ffff:203.0.113.9]:443", 1, "203.0.113.9"),
        ("203.0.113.9:x", 1, "192.0.2.1"),
        ("203.0.113.9%eth0", 1, "192.0.2.1"),
        ("fe80::1%eth0", 1, "fe80::/64"),
    ],
)
def test_the_address_is_what_our_own_proxies_saw(forwarded, proxies, address):
    assert visitor_address("192.0.2.1", forwarded, proxies=proxies) == address


def test_a_peer_that_came_over_an_ipv6_socket_is_the_visitor_it_would_be_over_ipv4():
    assert visitor_address("::ffff:192.0.2.1", "", proxies=0) == "192.0.2.1"
