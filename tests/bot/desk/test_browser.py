"""The desk in Chromium, for everybody (WCAG 2.2 AA): axe over every page, light, dark and on a phone; by keyboard."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from waitress.server import create_server

from bot.store import Feedback
from knowledge.build import build_documents
from tests.bot.desk.conftest import PASSWORD
from tests.bot.desk.documents.test_pages import TEXT
from tests.bot.desk.said import ANSWERED, GAP, LACKING, ask
from tests.browser import ARGUMENTS, chromium

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
LOOKS = [{}, {"color_scheme": "dark"}, {"viewport": {"width": 320, "height": 640}}]
PATHS = [
    "/questions",
    "/questions/group/{group}",
    "/questions/group/{group}/write",
    "/questions/group/{group}/answer",
    "/questions/all",
    "/questions/all/{event}",
    "/questions/days",
    "/questions/thumbs",
    "/documents",
    "/documents/1",
    "/documents/1?question=what+does+it+pay",
    "/documents/1/publish",
    "/documents/1/versions",
    "/tests",
    "/settings",
    "/people",
    "/log",
    "/password",
    "/nothing",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def url(url) -> str:
    build_documents(url)
    return url


@pytest.fixture
def filled(app, desk, store) -> dict[str, int]:
    """A desk on which something was asked, and a document lies."""
    for number in range(3):
        ask(store, "what does a zookeeper earn in Ohio", GAP, conversation=f"web:{number}")
    ask(store, "are the hours long", LACKING, conversation="slack:T:C:1:U")
    event = ask(store, "what do zookeepers do", ANSWERED)
    store.add_feedback(Feedback("web:v1", "They feed the animals.", False, "I want more", 1.8e9, "what do they do"))
    desk.background.once()
    desk.shelf.add("zookeeper.txt", TEXT.encode(), by="ada")
    return {"group": desk.questions.groups()[0].id, "event": event}


@pytest.fixture
def served(app, filled) -> Iterator[str]:
    """The address of a desk that is served as it is in earnest."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4, clear_untrusted_proxy_headers=False)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}/desk"
    server.close()


def sign_in(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Name").fill("owner")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="What visitors ask").wait_for()


def violations(page: Page) -> list[str]:
    """What axe-core finds, and whether the page has to be scrolled sideways."""
    found = Axe().run(page, options=RULES).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    told = [f"{each['id']}: {node['target']} {node['failureSummary']}" for each in found for node in each["nodes"]]
    return [*told, *(["scrolls sideways"] if wide else [])]


@pytest.mark.parametrize("looks", LOOKS, ids=["light", "dark", "320 pixels"])
def test_axe_finds_nothing_on_any_page_and_none_is_an_error(browser, served, filled, looks):
    context = browser.new_context(**looks)
    page, failed = context.new_page(), []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("console", lambda message: failed.append(message.text) if "Security Policy" in message.text else None)
    page.goto(f"{served}/sign-in")
    found = {"/sign-in": violations(page)}
    sign_in(page, served)
    for path in PATHS:
        answer = page.goto(served + path.format(**filled))
        assert (path, answer.status) == (path, 404 if path == "/nothing" else 200)
        found[path] = violations(page)
    context.close()
    assert {path: told for path, told in found.items() if told} == {}
    assert failed == []


def test_a_document_is_published_by_keyboard_alone(browser, served, desk):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served}/sign-in")
    press = page.keyboard.press

    def tab_to(name: str) -> None:
        focused = "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim()"
        for _ in range(120):
            if page.evaluate(focused) == name:
                assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
                return
            press("Tab")
        raise AssertionError(f"{name} cannot be reached")

    page.get_by_label("Name").focus()
    page.keyboard.type("editor")
    press("Tab")
    page.keyboard.type(PASSWORD)
    press("Enter")
    page.get_by_role("heading", name="What visitors ask").wait_for()
    for name, heading in (
        ("Documents", "Documents"),
        ("zookeeper.txt", "Zookeeper"),
        ("Publish …", "Publish Zookeeper"),
    ):
        tab_to(name)
        press("Enter")
        page.get_by_role("heading", name=heading, level=1, exact=True).wait_for()
    tab_to("Publish")
    press("Enter")
    page.get_by_text("It is live").wait_for()
    context.close()
    assert desk.shelf.document(1).live == 1


def test_files_are_dropped_on_the_box(browser, served):
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, served)
    page.goto(f"{served}/documents")
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["Welder\\n\\nPay\\n\\nWelders earn 20 dollars an hour.\\n"], "welder.txt"));
            document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", { dataTransfer: data }));
        }"""
    )
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("heading", name="Welder", level=1).wait_for()
    context.close()
