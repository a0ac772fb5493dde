"""Which websites may use the advisor: the owner's list, and the advisor's own pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import idna

PREFLIGHT_AGE = 86_400  # seconds that a browser need not ask again
ORIGIN = re.compile(r"(https?)://(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::([0-9]{1,5}))?")  # as browsers send it
PORTS = {"http": "80", "https": "443"}
WILD = "*."


class InvalidOrigin(ValueError):
    """An entry of the owner's list that is no origin; says so in one sentence."""


@dataclass(frozen=True)
class Origins:
    """The owner's list, as browsers send origins; `endings` are pairs of scheme and all that may follow a name."""

    exact: frozenset[str] = frozenset()
    endings: tuple[tuple[str, str], ...] = ()

    def has(self, origin: str) -> bool:
        """Whether an origin is on the list, or below a name that is there with `*.` before it."""
        scheme, _, place = origin.partition("://")
        return origin in self.exact or any(
            scheme == wanted and place.endswith(ending) and len(place) > len(ending) for wanted, ending in self.endings
        )


def allowed_origins(listed: str) -> Origins:
    """The origins of a comma-separated list; raises `InvalidOrigin`."""
    origins = [_origin(entry.strip()) for entry in listed.split(",") if entry.strip()]
    wild = [origin.partition("://") for origin in origins if f"://{WILD}" in origin]
    return Origins(
        frozenset(origin for origin in origins if f"://{WILD}" not in origin),
        tuple((scheme, place[1:]) for scheme, _, place in wild),
    )


def is_allowed(origin: str | None, host: str, allowed: Origins, *, scheme: str | None = None) -> bool:
    """Whether a request with this `Origin` header, sent to this `Host`, may be answered.

    CORS alone is no access control: it hides an answer from a foreign page, after it was given. A request
    without an origin is no page's, and needs a session token like any other. `scheme` is how the page was
    fetched, `None` where a proxy does not tell.
    """
    if origin is None:
        return True
    found = ORIGIN.fullmatch(origin)
    if found is None:
        return False
    return allowed.has(origin) or _is_own(found, host.lower(), scheme)


def cors_headers(origin: str | None) -> dict[str, str]:
    """What lets the page of an allowed origin read an answer."""
    if origin is None:
        return {"Vary": "Origin"}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "Retry-After, X-Advisor-Token",
        "Vary": "Origin",
    }


def preflight_headers(origin: str | None) -> dict[str, str]:
    """What lets the page of an allowed origin ask with JSON and a token."""
    return {
        **cors_headers(origin),
        "Access-Control-Allow-Methods": "GET, POST, DELETE",
        "Access-Control-Allow-Headers": "Authorization, Content-Type",
        "Access-Control-Max-Age": str(PREFLIGHT_AGE),
    }


def _is_own(origin: re.Match[str], host: str, scheme: str | None) -> bool:
    """Whether an origin is the advisor's own: where the request was sent to, fetched in the same way."""
    sent = re.fullmatch(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::([0-9]{1,5}))?", host)
    if sent is None or (scheme is not None and origin[1] != scheme):
        return False
    default = PORTS[origin[1]]
    return (origin[2], origin[3] or default) == (sent[1], sent[2] or default)


def _origin(entry: str) -> str:
    """One entry as browsers send it: in lower case, an international name encoded, without the scheme's own port."""
    refused = InvalidOrigin(
        f"ADVISOR_ORIGINS has “{entry}”; each origin has to look like https://www.example.org (or "
        "https://*.example.org for all names below it), with commas between."
    )
    try:
        parts = urlsplit(entry)
        host, port = parts.hostname or "", parts.port
        wild = WILD if host.startswith(WILD) else ""
        name = host.removeprefix(WILD)
        encoded = name if ":" in name or name.isascii() else idna.encode(name, uts46=True).decode("ascii")
    except ValueError as error:  # a port that there cannot be, half a bracket, a name that is none (idna's too)
        raise refused from error
    shown = f"[{encoded}]" if ":" in encoded else encoded
    more = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
    origin = f"{parts.scheme}://{shown}" + (f":{port}" if port is not None else "")
    if more or port == 0 or not ORIGIN.fullmatch(origin) or (wild and ("." not in name or ":" in name)):
        raise refused
    default = f":{PORTS[parts.scheme]}"
    return origin.replace("://", f"://{wild}", 1).removesuffix(default if port is not None else "\0")
