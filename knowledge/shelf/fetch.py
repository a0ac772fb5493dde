"""A page by its address: politely, within limits, and from nowhere that only this machine or network can reach."""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from knowledge.model import Refused
from knowledge.shelf.convert import LARGEST

AGENT = "CareerAdvisor"
TIMEOUT = 15.0  # seconds for one step
WHOLE = 60.0  # seconds for all of it
MOST_REDIRECTS = 5
ROBOTS = 500_000  # bytes of robots.txt that are read
AT_ONCE = 65_536
MOVED = (301, 302, 303, 307, 308)
SAFE = "/?%&=+,;:@!$'()*~[]|-._"  # of a path and query; other signs than letters of ASCII are written as bytes
PORTS = {"http": 80, "https": 443}
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # the last 32 bits are the IPv4 address that is reached
TRANSLATED = tuple(  # reach another address that may be private: local NAT64, 6to4, Teredo, IPv4 within IPv6
    map(ipaddress.ip_network, ("64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "::ffff:0:0:0/96"))
)
PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")  # of networks' own machines
NAMES = {"application/pdf": ".pdf", "text/html": ".html", "application/xhtml+xml": ".html", "text/markdown": ".md"}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Fetched:
    """What stood at an address: its bytes, a file name that says what they are, and where it was found in the end."""

    content: bytes
    name: str
    address: str


def fetch(address: str, *, private: bool = False) -> Fetched:
    """Fetch a page; `private` allows addresses of this machine and its networks. Raises `Refused` with why not."""
    until = time.monotonic() + WHOLE
    asked: dict[str, RobotFileParser] = {}
    here = address
    for _ in range(MOST_REDIRECTS + 1):
        host = _site(here)
        if host not in asked:
            asked[host] = _robots(host, private=private, until=until)
        if not asked[host].can_fetch(AGENT, here):
            raise Refused(f"{here}: the website asks programs not to fetch this page (robots.txt); save it as a file.")
        status, headers, content = _get(here, private=private, until=until, most=LARGEST)
        if status in MOVED and headers.get("location"):
            here = urljoin(here, headers["location"])
            continue
        if status != 200:
            raise Refused(f"{here}: the website answers {status}; look whether the address is right.")
        return Fetched(content, _name(here, headers.get("content-type", "")), here)
    raise Refused(f"{address}: the website sends on more than {MOST_REDIRECTS} times; give the address where it ends.")


def is_address(text: str) -> bool:
    """Whether a text is the address of a page rather than of a file."""
    return re.match(r"[a-z][a-z0-9+.-]*://", text, re.IGNORECASE) is not None


def _site(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _robots(site: str, *, private: bool, until: float) -> RobotFileParser:
    """What a website asks of programs; where it says nothing, all is allowed, where it cannot say it, nothing is."""
    robots, here = RobotFileParser(), f"{site}/robots.txt"
    for _ in range(MOST_REDIRECTS + 1):
        status, headers, content = _get(here, private=private, until=until, most=ROBOTS)
        if status in MOVED and headers.get("location"):
            here = urljoin(here, headers["location"])
            continue
        if status == 200:
            robots.parse(content.decode("utf-8", "replace").splitlines())
        elif 400 <= status < 500 and status not in (401, 403, 429):
            robots.allow_all = True
        else:
            robots.disallow_all = True
        return robots
    robots.disallow_all = True
    return robots


def _get(address: str, *, private: bool, until: float, most: int) -> tuple[int, dict[str, str], bytes]:
    """One request to the very machine that was looked at: its status, headers in small letters, and content."""
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise Refused(f"{address}: this is no address of a page ({error}).") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise Refused(f"{address}: only addresses that begin with http:// or https:// are fetched.")
    if parts.username is not None or parts.password is not None:
        raise Refused(f"{parts.hostname}: an address with a password in it is not fetched.")
    machine = _machine(parts.hostname, port, private=private)
    if not private and port not in PORTS.values():
        raise Refused(f"{parts.hostname}: only the ports 80 and 443 of websites are asked; `--private` allows others.")
    try:
        with _connected(parts.scheme, parts.hostname, machine, port, until) as connection:
            path = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe=SAFE)
            told = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}
            connection.request("GET", path, headers=told)
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, headers, _read(answer, address, until=until, most=most)
    except Refused:
        raise
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
        if isinstance(error, TimeoutError) or time.monotonic() > until:
            raise Refused(f"{address}: the website took too long to answer; try later, or save the page.") from error
        if isinstance(error, http.client.IncompleteRead):
            raise Refused(f"{address}: the page broke off before its end; try again, or save the page.") from error
        why = type(error).__name__
        raise Refused(f"{address}: the page cannot be fetched ({why}); look at the address.") from error


def _read(answer: http.client.HTTPResponse, address: str, *, until: float, most: int) -> bytes:
    content = bytearray()
    while some := answer.read1(AT_ONCE):
        content += some
        if len(content) > most:
            raise Refused(f"{address}: it is larger than {most:,} bytes; save the part of it that tells of the job.")
        if time.monotonic() > until:
            raise TimeoutError
    if time.monotonic() > until:  # the connection was cut, which reads as an end
        raise TimeoutError
    if answer.length:  # what is still to come of what was announced; `read1` says nothing of that
        raise http.client.IncompleteRead(bytes(content), answer.length)
    return bytes(content)


def _machine(host: str, port: int, *, private: bool) -> str:
    """The address to connect to; looked up once, so that it cannot be another when it is used."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(f"{host}: there is no website of that name; look at the address.") from error
    machines = [str(each[4][0]) for each in found]
    if not private:
        for machine in machines:
            if not _is_public(machine):
                raise Refused(f"{host}: this is an address of a private network; `--private` allows it.")
    return machines[0]


def _is_public(machine: str) -> bool:
    """Whether everybody reaches a machine by its address; of one that holds another within it, both have to be so."""
    address = ipaddress.ip_address(machine.split("%")[0])
    if not isinstance(address, ipaddress.IPv6Address):
        return _is_global(address)
    if address.ipv4_mapped is not None:
        return _is_global(address.ipv4_mapped)
    if address in NAT64:
        return _is_global(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return _is_global(address) and not address.is_site_local and not any(address in each for each in TRANSLATED)


def _is_global(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return address.is_global and not address.is_multicast and address not in PROTOCOLS


@contextmanager
def _connected(scheme: str, host: str, machine: str, port: int, until: float) -> Iterator[http.client.HTTPConnection]:
    """A connection to a machine that speaks for a host, whose certificate it has to have; cut when time is up.

    A website that sends a letter now and then would otherwise hold it for ever.
    """
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    wait = min(TIMEOUT, left)
    made = socket.create_connection((machine, port), wait)
    if scheme == "https":
        made = ssl.create_default_context().wrap_socket(made, server_hostname=host)
    connection = http.client.HTTPConnection(host, port, timeout=wait)
    connection.sock = made
    cut = threading.Timer(left, _cut, [made])
    cut.daemon = True
    cut.start()
    try:
        yield connection
    finally:
        cut.cancel()
        connection.close()


def _cut(made: socket.socket) -> None:
    with suppress(OSError):  # it was closed meanwhile
        made.shutdown(socket.SHUT_RDWR)


def _name(address: str, kind: str) -> str:
    """A file name for a page, that says by its ending what it is."""
    parts = urlsplit(address)
    last = (
        re.sub(r"[^\w. -]+", "-", unquote(parts.path.rstrip("/").rpartition("/")[2]))[:120] or parts.hostname or "page"
    )
    kind = kind.partition(";")[0].strip().lower()
    end = ".docx" if kind == WORD else NAMES.get(kind, "")
    return last if not end or last.lower().endswith((end, ".htm" if end == ".html" else end)) else f"{last}{end}"
