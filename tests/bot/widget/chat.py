"""The widget as a person uses it, on a page that is open in a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import APIResponse, BrowserContext, Locator, Page, Route, expect

QUESTION = "What does a production technician do?"
OVERVIEW = "sets-up, tests, and adjusts"
TURN = 20_000  # milliseconds that an answer may take on a busy machine


class Chat:
    """One page with the widget on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.context: BrowserContext = page.context
        self.launcher = page.locator("career-advisor .launcher")
        self.panel = page.locator("career-advisor dialog")
        self.input = page.get_by_role("textbox", name="Your question")
        self.said = page.locator("career-advisor .said")
        self.asked = page.locator("career-advisor .person")
        self.answers = page.locator("career-advisor .advisor:has(.tools)")
        self.suggestions = page.get_by_role("group", name="Suggested questions").get_by_role("button")
        self.notice = page.get_by_role("alert")
        self.earlier = page.get_by_role("button", name="Show earlier messages")

    def visit(self, url: str) -> Chat:
        """Go to a page and wait for the widget on it."""
        self.page.goto(url)
        self.launcher.wait_for(state="attached")
        return self

    def open(self) -> Chat:
        """Open the panel."""
        self.launcher.click()
        expect(self.panel).to_be_visible()
        return self

    def say(self, text: str) -> None:
        """Type and send, without waiting for an answer."""
        self.input.fill(text)
        self.input.press("Enter")

    def ask(self, text: str = QUESTION) -> Locator:
        """Say something and wait for the answer; returns it."""
        number = self.answers.count()
        self.say(text)
        return self.answer(number)

    def answer(self, number: int) -> Locator:
        """An answer, counted from 0, once it is there with all that follows it."""
        expect(self.answers.nth(number)).to_be_visible(timeout=TURN)
        expect(self.page.locator("career-advisor .waiting, career-advisor .dots:visible")).to_have_count(0)
        return self.answers.nth(number)

    @contextmanager
    def held(self, path: str = "**/web/message", *, answered: bool = False) -> Iterator[None]:
        """What is first asked within reaches the advisor only afterwards: however fast it is, its answer comes later.

        Where it is `answered`, the advisor hears it at once, and only its answer comes later.
        """
        held: list[tuple[Route, APIResponse | None]] = []

        def take(route: Route) -> None:
            if held:
                return route.continue_()
            return held.append((route, route.fetch() if answered else None))

        self.page.route(path, take)
        with self.page.expect_request(path):
            yield
        while not held:
            self.page.wait_for_timeout(20)
        [(route, answer)] = held
        if answer:
            route.fulfill(response=answer)
        else:
            route.continue_()

    def clear(self) -> None:
        """Clear the conversation, and press again."""
        self.choose("Clear the conversation")
        self.page.get_by_role("button", name="Clear it for good? Press again").click()

    def choose(self, name: str) -> None:
        """Press something in the menu."""
        self.page.get_by_role("button", name="More", exact=True).click()
        self.page.get_by_role("button", name=name).click()

    @property
    def focused(self) -> str:
        """The accessible name of what has the focus inside the widget, or the name of its element."""
        return self.page.evaluate(
            """() => {
                const { activeElement } = document.querySelector("career-advisor").shadowRoot;
                return activeElement?.getAttribute("aria-label") || activeElement?.id
                    || activeElement?.textContent.trim() || "nothing";
            }"""
        )

    def kept(self, area: str = "localStorage") -> dict:
        """What the widget keeps in the browser."""
        read = (
            f"() => Object.entries({area}).filter(([key]) => key.startsWith('career-advisor')).map((each) => each[1])"
        )
        return json.loads((self.page.evaluate(read) or ["{}"])[0])

    def carry(self, token: str) -> Chat:
        """Have a session from before, as the widget keeps it."""
        keep = """(token) => {
            const { src } = document.querySelector("script[src$='/widget.js']");
            localStorage.setItem(`career-advisor ${new URL(".", src)}`, JSON.stringify({ token }));
        }"""
        self.page.evaluate(keep, token)
        return self

    def visitor(self) -> dict[str, str]:
        """The headers with which this visitor asks."""
        return bearer(self.kept()["token"])


def bearer(token: str) -> dict[str, str]:
    """The headers with which somebody asks who has a token."""
    return {"Authorization": f"Bearer {token}"}


def said(text: str, message_id: str) -> dict[str, Any]:
    """The event of Rasa's that somebody has said something."""
    return {
        "event": "user",
        "text": text,
        "metadata": {"message_id": message_id},
        "parse_data": {"text": text, "intent": {}, "entities": []},
    }
