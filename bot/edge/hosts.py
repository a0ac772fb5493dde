"""Under which names the advisor may be reached: a page that lets its own name point here (DNS rebinding) is refused."""

from __future__ import annotations

import ipaddress
import re
import socket

HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]{1,253})(?::(?P<port>[0-9]{1,5}))?")
LOCAL = frozenset({"localhost", "ip6-localhost"})


def host_name(header: str) -> str | None:
    """The name in a `Host` header, in lower case and without its port; `None` where it is none."""
    found = HOST.fullmatch(header.lower())
    if found is None or int(found["port"] or 0) > 65535:
        return None
    return found["name"].removesuffix(".")


def is_address(name: str) -> bool:
    """Whether a name is an IP address, which no foreign page can own."""
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


class Hosts:
    """The names that are ours: addresses, this machine's own name, and those that the owner lists."""

    def __init__(self, listed: str = "") -> None:
        """`listed` has commas between; `*.example.org` stands for every name below example.org."""
        names = {each.strip().lower().removesuffix(".") for each in listed.split(",") if each.strip()}
        own = {socket.gethostname().lower(), socket.gethostname().lower().partition(".")[0]}
        self._names = LOCAL | own | {name for name in names if not name.startswith("*.")}
        self._endings = tuple(name[1:] for name in names if name.startswith("*."))

    def are_ours(self, header: str) -> bool:
        """Whether a request with this `Host` header is meant for us."""
        name = host_name(header)
        return name is not None and (name in self._names or is_address(name) or name.endswith(self._endings))
