"""The examples docs/nginx.conf and docs/Caddyfile, run for real with TLS: what a proxy in front has to do, they do."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack

from tests.attacks.bench import Bench
from tests.attacks.callers import Visitor
from tests.attacks.proxy import NAME, Proxy, Through, caddy, nginx
from tests.attacks.rows import Row
from tests.attacks.texts import ORDINARY

STARTED = {"nginx": nginx, "caddy": caddy}
LARGE = 150_000  # bytes: too much for a visitor, not for Slack
AHEAD = 0.02  # seconds


def attack(bench: Bench) -> list[Row]:
    """Try each that is installed, before one advisor (apt-get install nginx caddy)."""
    advisor = bench.another(ADVISOR_PROXIES="1", ADVISOR_HOSTS=NAME)
    rows, running = [], {}
    with ExitStack() as stack:
        for name, started in STARTED.items():
            found = shutil.which(name) or shutil.which(f"/usr/sbin/{name}")
            if found is None:
                rows.append(Row("proxies", f"{name}: the example of docs/", "works", f"there is no {name} here", None))
                continue
            folder = bench.folder / name
            folder.mkdir()
            running[name] = stack.enter_context(started(found, folder, advisor.port))
        for number, (name, proxy) in enumerate(running.items()):
            rows += _rows(name, _look(proxy, f"127.0.1.{number}", f"127.0.2.{number}"))
        advisor.stop()
        for name, proxy in running.items():
            rows += _rows(name, _away(proxy))
    return rows


Look = tuple[str, str, str, bool]  # what was asked, what has to be, what was, and whether that is so


def _rows(name: str, looks: Iterator[Look]) -> list[Row]:
    return [Row("proxies", f"{name}: {what}", promise, measured, kept) for what, promise, measured, kept in looks]


def _look(proxy: Proxy, guest: str, greedy: str) -> Iterator[Look]:
    visitor = Through(proxy, guest)
    widget = visitor.call("GET", "/widget.js", fields={"Accept-Encoding": "gzip"})
    packed = widget.fields.get("content-encoding") == "gzip"
    told = f"{widget.status}, {len(widget.content)} bytes"
    yield "the widget's file", "comes, packed", told, widget.status == 200 and packed
    pages = [_begun(visitor, origin) for origin in (f"https://{NAME}", "https://evil.example")]
    yield "a page of its own, and a foreign one", "may use it; may not", _and(pages), pages == [200, 403]
    ahead = min(_ahead(visitor, number) for number in range(5))
    yield "5 answers", "the first line is there before the last", f"{ahead:.2f} s before, at least", ahead > AHEAD
    yield from _limits(proxy, guest, greedy)
    sizes = [visitor.call("POST", path, b"{" * LARGE).status for path in ("/web/message", "/webhooks/slack/events")]
    yield f"{LARGE} bytes of a visitor, and of Slack", "refused (413); passed on", _and(sizes), sizes == [413, 404]
    hidden = [visitor.call("POST", "/webhooks/rest/webhook", {}).status, visitor.call("GET", "/ready").status]
    yield "the REST channel, and GET /ready", "not for the world (404)", _and(hidden), hidden == [404, 404]
    moved = Visitor(proxy.plain_port).call("GET", "/", fields={"Host": NAME})
    place = moved.fields.get("location", "")
    yield "http://", "is sent to https://", f"{moved.status} {place}", place.startswith(f"https://{NAME}/")


def _limits(proxy: Proxy, guest: str, greedy: str) -> Iterator[Look]:
    """An address takes all the sessions it gets; then another one comes, and itself under a made-up name."""
    taker, got = Through(proxy, greedy), 0
    while (refused := taker.begin()).status == 200 and got < 500:
        got += 1
    other, spoofed = Through(proxy, guest).begin(), Through(proxy, greedy, forwarded="203.0.113.9").begin()
    what, told = f"{got} sessions of one address, and one of another", f"{refused.status}; {other.status}"
    yield what, "limits count visitors, not the proxy (429; 200)", told, refused.is_honest and other.status == 200
    yield "X-Forwarded-For as a visitor made it up", "is not believed (429)", f"{spoofed.status}", spoofed.status == 429


def _away(proxy: Proxy) -> Iterator[Look]:
    answer = Through(proxy).call("GET", "/")
    told = f"{answer.status} {answer.content.decode(errors='replace')[:80]}"
    yield (
        "the advisor is stopped",
        "JSON, and when to ask again",
        told,
        answer.is_honest and b'"error"' in answer.content,
    )


def _begun(visitor: Visitor, origin: str) -> int:
    return visitor.call("POST", "/web/session", {}, {"Origin": origin}).status


def _ahead(visitor: Through, number: int) -> float:
    """By how many seconds the first line of an answer came before its last."""
    visitor.begin()
    connection = visitor.opened()
    message = json.dumps({"id": f"m{number}", "text": ORDINARY[number]})
    signed = {"Authorization": f"Bearer {visitor.token}", "Content-Type": "application/json"}
    connection.request("POST", "/web/message", message, signed)
    times = [time.monotonic() for _ in connection.getresponse()]
    connection.close()
    return times[-1] - times[0]


def _and(statuses: list[int]) -> str:
    return "; ".join(map(str, statuses))
