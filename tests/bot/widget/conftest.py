"""A real browser, a visitor in it, and websites that the widget is put on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.advisor import Advisor, free_port
from tests.bot.widget.chat import Chat
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

    def come(url: str = "", **options) -> Chat:
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
    """Puts the widget on a website with the strictest policy, at an origin; returns the address of its page."""
    servers = []

    def put(origin: str = "", attributes: str = "") -> str:
        port = urlsplit(origin).port or free_port()

        class Website(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # noqa: N802
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", POLICY.format(advisor=advisor.url))
                self.end_headers()
                self.wfile.write(PAGE.format(advisor=advisor.url, attributes=attributes).encode())

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
