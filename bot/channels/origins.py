"""Which websites may use the advisor: the owner's list, and the advisor's own pages."""

from __future__ import annotations

from urllib.parse import urlsplit

PREFLIGHT_AGE = 86_400  # seconds that a browser need not ask again


class InvalidOrigin(ValueError):
    """An entry of the owner's list that is no origin; says so in one sentence."""


def allowed_origins(listed: str) -> frozenset[str]:
    """The origins of a comma-separated list, as browsers send them; raises `InvalidOrigin`."""
    return frozenset(_origin(entry.strip()) for entry in listed.split(",") if entry.strip())


def is_allowed(origin: str | None, host: str, allowed: frozenset[str]) -> bool:
    """Whether a request with this `Origin` header, sent to this `Host`, may be answered.

    CORS alone is no access control: it hides an answer from a foreign page, after it was given. A request
    without an origin is no page's, and needs a session token like any other. The host is compared without
    its scheme, which a proxy that ends TLS does not pass on.
    """
    if origin is None:
        return True
    return origin in allowed or (bool(host) and urlsplit(origin).netloc == host)


def cors_headers(origin: str | None) -> dict[str, str]:
    """What lets the page of an allowed origin read an answer."""
    if origin is None:
        return {"Vary": "Origin"}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "Retry-After",
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


def _origin(entry: str) -> str:
    parts = urlsplit(entry)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or parts.query:
        raise InvalidOrigin(
            f"ADVISOR_ORIGINS has “{entry}”; each origin has to look like https://www.example.org, with commas between."
        )
    host, port = parts.hostname, parts.port
    shown = f"[{host}]" if ":" in host else host
    default = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{shown}" + (f":{port}" if port and port != default else "")
