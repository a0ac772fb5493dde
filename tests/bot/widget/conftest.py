"""A real browser, a visitor in it, and websites that the widget is put on."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.channels import session
from tests.advisor import Advisor, free_port
from tests.bot.widget.chat import Chat, said
from tests.browser import ARGUMENTS, chromium

PAGE = """<!doctype html><html lang="en"><head><title>A website</title>
<script src="{advisor}/widget.js" {attributes} defer></script></head>
<body><main><h1>A website</h1><p id="production-technician-line-1">The article, on the owner's own page.</p></main>
</body></html>
"""
POLICY = (
    "default-src 'none'; script-src {advisor}; connect-src {advisor}; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium; closed before the tests of other packages, whose event loops Playwright's would disturb."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def visit(browser: Browser, advisor: Advisor) -> Iterator[Callable[..., Chat]]:
    """Lets somebody come to a page, the demo page unless another is named; whatever the page logs as an error fails."""
    contexts, errors = [], []

    def come(url: str = "", *, browser: Browser = browser, **options) -> Chat:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        context.set_default_timeout(15_000)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        contexts.append(context)
        return Chat(context.new_page()).visit(url or f"{advisor.url}/")

    yield come
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def chat(visit: Callable[..., Chat]) -> Chat:
    """The demo page, with the panel open."""
    return visit().open()


@pytest.fixture
def publish(advisor: Advisor) -> Iterator[Callable[..., str]]:
    """Puts the widget on a website with the strictest policy, at an origin; returns the address of its page.

    `pages` are others of that website, by path: HTML in which `{advisor}` is filled in, or the path of a script.
    Where there are any, or a `policy` is given, the strictest one is not asked for.
    """
    servers = []

    def put(
        origin: str = "",
        attributes: str = "",
        *,
        pages: Mapping[str, str | Path] | None = None,
        policy: str | None = None,
    ) -> str:
        port = urlsplit(origin).port or free_port()
        html = {"/": PAGE.replace("{attributes}", attributes), **(pages or {})}
        policy = policy if policy is not None or pages else POLICY

        class Website(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # noqa: N802
                content = html.get(urlsplit(self.path).path, "" if pages else html["/"])
                self.send_response(200 if content else 404)
                script = isinstance(content, Path)
                self.send_header("Content-Type", "text/javascript" if script else "text/html; charset=utf-8")
                if policy:
                    self.send_header("Content-Security-Policy", policy.format(advisor=advisor.url))
                self.end_headers()
                text = content.read_text(encoding="utf-8") if script else (content or "")
                self.wfile.write((text if script else text.replace("{advisor}", advisor.url)).encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("localhost", port), Website)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://localhost:{port}/"

    yield put
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def browser_with_way_back(browser: Browser) -> Iterator[Browser]:
    """Chromium as people have it, which keeps a page that was left for the way back; Playwright switches that off."""
    running = browser.browser_type.launch(
        executable_path=chromium(), args=ARGUMENTS, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield running
    running.close()


@pytest.fixture
def signed(advisor: Advisor) -> Callable[..., str]:
    """Makes session tokens as the advisor does, also of another time; takes what `session.issue` takes."""
    environment = Path(f"/proc/{advisor.process.pid}/environ").read_text(encoding="utf-8").split("\0")
    return partial(session.issue, dict(each.split("=", 1) for each in environment if "=" in each)["ADVISOR_SECRET"])


@pytest.fixture
def happened(advisor: Advisor) -> Callable[..., None]:
    """Puts events at the end of the conversation that a token opens, as Rasa keeps them."""

    def put(token: str, *events: dict[str, Any]) -> None:
        rows = [(f"web:{token.split('.')[1]}", event["event"], time.time(), json.dumps(event)) for event in events]
        insert = "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (?, ?, ?, ?)"
        with closing(sqlite3.connect(advisor.folder / "advisor.sqlite", timeout=15)) as database, database:
            database.executemany(insert, rows)

    return put


@pytest.fixture
def events_of(advisor: Advisor) -> Callable[[str], int]:
    """Counts the events that the database has of the conversation of a token."""

    def count(token: str) -> int:
        with closing(sqlite3.connect(advisor.folder / "advisor.sqlite", timeout=15)) as database:
            wanted = (f"web:{token.split('.')[1]}",)
            return database.execute("SELECT count(*) FROM events WHERE sender_id = ?", wanted).fetchone()[0]

    return count


@pytest.fixture
def remembered(signed: Callable[..., str], happened: Callable[..., None]) -> Callable[[int], str]:
    """Makes a conversation of that many questions, each with an answer; returns the token that opens it."""

    def make(questions: int) -> str:
        token = signed()
        listening = {"event": "action", "name": "action_listen"}
        turns = [
            (
                listening,
                said(f"question {number}", f"m{number}"),
                {"event": "bot", "text": f"answer {number}", "data": {}},
            )
            for number in range(1, questions + 1)
        ]
        happened(token, *chain.from_iterable(turns), listening)
        return token

    return make
