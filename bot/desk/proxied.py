"""What a proxy in front tells: who is signed in there, whose address it is, and whether it was asked over TLS.

Anybody can send these headers, so they are believed from the owner's proxies alone; from others they are taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bot.edge.addresses import visitor_address

HERE = ("127.0.0.1", "::1")
USER = "advisor.desk.user"  # where in the environ a believed name stands

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def behind(application: Application, *, header: str, proxies: str) -> Application:
    """An application that finds in its environ who asks; `proxies` are IP addresses with commas between.

    Without any, the header with the name is believed from this machine, and no other.
    """
    named = tuple(filter(None, proxies.split(",")))
    variable = f"HTTP_{header.upper().replace('-', '_')}" if header else ""

    def told(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        peer = environ.get("REMOTE_ADDR") or ""
        forwarded, scheme = environ.pop("HTTP_X_FORWARDED_FOR", ""), environ.pop("HTTP_X_FORWARDED_PROTO", "")
        name = environ.pop(variable, "") if variable else ""
        if peer in named:
            environ["REMOTE_ADDR"] = visitor_address(peer, forwarded, proxies=1)
            scheme = scheme.rpartition(",")[2].strip().lower()
            if scheme in ("http", "https"):
                environ["wsgi.url_scheme"] = scheme
        environ.pop(USER, None)
        if name and peer in (named or HERE):
            environ[USER] = name
        return application(environ, start_response)

    return told
