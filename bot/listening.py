"""Where the advisor listens, and under which address it is reached from this machine."""

from __future__ import annotations

import socket

ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # all addresses of the machine, and one of them


def bound(host: str, port: int) -> socket.socket:
    """A socket at an address, at `::` for IPv4 too; raises `OSError` where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, host != "::")
        opened.bind((host, port))
    except OSError:
        opened.close()
        raise
    return opened


def free_port() -> int:
    """A port of the loopback interface that nothing listens on."""
    with bound("127.0.0.1", 0) as probe:
        return probe.getsockname()[1]


def url(host: str, port: int) -> str:
    """How to reach from this machine what listens there."""
    reach = ANY.get(host, host)
    return f"http://{f'[{reach}]' if ':' in reach else reach}:{port}"
