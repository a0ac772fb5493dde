"""Whose request it is: the address that it came from, however proxies write it."""

from __future__ import annotations

import ipaddress
import re

WITH_PORT = re.compile(r"(?P<v4>[0-9.]{7,15}):[0-9]{1,5}|\[(?P<v6>[0-9a-fA-F:.]{2,45})\](?::[0-9]{1,5})?")


def visitor_address(peer: str, forwarded: str, *, proxies: int) -> str:
    """Whom to count a request for: the peer, or what the outermost of our own proxies saw.

    Anybody can send X-Forwarded-For, so only as many entries are believed, from its end, as there are proxies
    of ours. One person with IPv6 has a whole /64 network, which therefore counts as one.
    """
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    seen = hops[-min(proxies, len(hops))] if proxies and hops else peer
    return _one_visitor(seen) or _one_visitor(peer) or peer


def _one_visitor(written: str) -> str | None:
    """An address without its port, an IPv4 in an IPv6 as IPv4, an IPv6 as its network; `None` where it is none."""
    found = WITH_PORT.fullmatch(written)
    try:
        address = ipaddress.ip_address((found["v4"] or found["v6"]) if found else written)
    except ValueError:
        return None
    if address.version == 4:
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
