"""On computers that many people use (`data-forget`): nothing stays when somebody has left."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.advisor import until
from tests.bot.widget.chat import QUESTION, TURN, Chat, bearer
from tests.bot.widget.test_accessibility import violations

WARNING = "Are you still there? Otherwise the conversation is cleared within a minute."


class Kiosk(Chat):
    """A page of a computer that many people use, whose clock can be put forward."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat.page)
        self.tokens: list[str] = []
        self.console: list[str] = []
        self.warning = self.page.get_by_role("alert").filter(has_text=WARNING)
        self.page.on("request", self._note)
        self.page.on("console", lambda message: self.console.append(f"{message.type}: {message.text}"))
        self.page.clock.install()
        self.page.reload()
        self.launcher.wait_for(state="attached")

    def _note(self, request) -> None:
        if request.url.endswith("/web/message"):
            self.tokens.append(request.headers["authorization"].removeprefix("Bearer "))

    def wait(self, minutes: int, seconds: int = 0) -> None:
        """Let time pass in which nobody does anything."""
        self.page.clock.fast_forward((60 * minutes + seconds) * 1000)


@pytest.fixture
def kiosk(visit, publish, website) -> Callable[..., Kiosk]:
    """Somebody at a public computer, on a website; takes the attribute and what `visit` takes."""

    def come(attribute: str = "data-forget", **options) -> Kiosk:
        return Kiosk(visit(publish(website, attribute), **options))

    return come


def is_gone(advisor, token: str) -> bool:
    return advisor.get("/web/history", bearer(token))[0] == 401


def in_browser(context: BrowserContext) -> list[str]:
    """All that is in the storages of the open pages, and the cookies."""
    read = "() => [localStorage, sessionStorage].flatMap((area) => Object.entries(area).flat())"
    return [each for page in context.pages for each in page.evaluate(read)] + [str(c) for c in context.cookies()]


def test_it_says_so_and_the_browser_holds_nothing_not_even_a_draft(kiosk):
    chat = kiosk().open()
    expect(chat.page.get_by_text("Nothing is kept: all is cleared when you leave this page")).to_be_visible()
    chat.ask(QUESTION)
    chat.input.fill("and what about")
    expect(chat.ask("is it dangerous?")).to_contain_text("dangerous area")
    assert len(set(chat.tokens)) == 1  # one session, in memory
    chat.input.fill("how do I")
    assert in_browser(chat.context) == []


def test_without_it_nothing_is_said_of_it(chat):
    expect(chat.page.locator("career-advisor .note")).to_have_text(
        "A chatbot that quotes documents. No personal advice."
    )


def test_what_was_kept_before_the_owner_chose_so_is_taken_away(kiosk, advisor):
    chat = kiosk()
    chat.carry("a.token.from.before")
    chat.page.evaluate('(key) => { sessionStorage[key] = \'{"draft": "my"}\'; }', f"career-advisor {advisor.url}/")
    chat.page.reload()
    expect(chat.open().input).to_have_value("")
    assert in_browser(chat.context) == []


@pytest.mark.parametrize("way", ["the tab is closed", "another page is opened", "it is reloaded"])
def test_when_the_page_goes_away_the_conversation_is_deleted(kiosk, advisor, way):
    chat = kiosk().open()
    chat.ask(QUESTION)
    [token] = chat.tokens
    until(lambda: len(advisor.history(bearer(token))) == 2, 10)  # what was answered is kept once all of it is said
    chat.context.new_page()  # or closing the only tab would close the browser's window
    if way == "the tab is closed":
        chat.page.close(run_before_unload=True)
    elif way == "another page is opened":
        chat.page.goto("about:blank")
    else:
        chat.page.reload()
        expect(chat.open().answers).to_have_count(0)
    until(lambda: is_gone(advisor, token), 10)


def test_also_where_it_goes_away_in_the_middle_of_an_answer(kiosk, advisor, events_of):
    chat = kiosk().open()
    chat.ask(QUESTION)
    with chat.page.expect_response("**/web/message"):  # its first line, before the answer
        chat.say("is it dangerous?")
    chat.page.goto("about:blank")
    until(lambda: is_gone(advisor, chat.tokens[0]), TURN / 1000)
    assert events_of(chat.tokens[0]) == 0


def test_a_page_that_may_come_back_keeps_its_conversation(kiosk, advisor):
    chat = kiosk().open()
    chat.ask(QUESTION)
    chat.page.evaluate("() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    chat.page.wait_for_timeout(500)
    assert not is_gone(advisor, chat.tokens[0])
    chat.page.evaluate("() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(chat.answers).to_have_count(1)


def test_a_browser_that_would_keep_the_page_for_the_way_back_does_not(
    visit, publish, website, browser_with_way_back, advisor
):
    chat = visit(publish(website, "data-forget"), browser=browser_with_way_back).open()
    tokens = []
    chat.page.on("request", lambda request: tokens.append(request.headers.get("authorization")))
    chat.ask(QUESTION)
    token = next(filter(None, tokens)).removeprefix("Bearer ")
    chat.page.goto(f"{website}/another")
    until(lambda: is_gone(advisor, token), 10)
    chat.page.go_back()
    expect(chat.open().answers).to_have_count(0)


@pytest.mark.parametrize(
    ("attribute", "minutes"),
    [
        ("data-forget", 5),
        ("data-forget='3'", 3),
        ("data-forget='soon'", 5),
        ("data-forget='0'", 5),
        ("data-forget='2.5'", 5),
    ],
)
def test_after_minutes_without_use_it_warns_and_then_clears(kiosk, advisor, attribute, minutes):
    chat = kiosk(attribute).open()
    chat.ask(QUESTION)
    chat.input.fill("my name is")
    [token] = chat.tokens
    chat.wait(minutes - 1, -2)
    expect(chat.warning).to_be_hidden()
    chat.wait(0, 3)
    expect(chat.warning).to_be_visible()
    expect(chat.answers).to_have_count(1)
    chat.wait(0, 55)
    expect(chat.answers).to_have_count(1)
    chat.wait(0, 5)
    expect(chat.answers).to_have_count(0)
    expect(chat.suggestions).to_have_count(3)
    expect(chat.input).to_have_value("")
    expect(chat.warning).to_be_hidden()
    expect(chat.page.get_by_text("The conversation is cleared.")).to_be_visible()
    until(lambda: is_gone(advisor, token), 10)
    warned = [line for line in chat.console if line.startswith("warning:")]
    malformed = attribute not in ("data-forget", "data-forget='3'")
    # once a page, which was loaded twice; of these the console of the second is heard whole
    assert len([line for line in warned if "data-forget" in line]) == int(malformed)


USES = {
    "a key": lambda chat: chat.page.keyboard.press("Shift"),
    "the pointer": lambda chat: chat.page.mouse.move(5, 5),
    "the wheel": lambda chat: chat.page.mouse.wheel(0, 10),
    "a touch on the page": lambda chat: chat.page.touchscreen.tap(20, 20),
    "a press on the button of the warning": lambda chat: chat.page.get_by_role("button", name="I’m still here").click(),
    "a click as assistive technology makes it": lambda chat: chat.page.get_by_role(
        "button", name="I’m still here"
    ).evaluate("(button) => button.click()"),
}


@pytest.mark.parametrize("use", USES)
def test_any_use_cancels_the_warning_and_begins_the_minutes_anew(kiosk, advisor, use):
    chat = kiosk("data-forget='3'", has_touch=True).open()
    chat.ask(QUESTION)
    chat.wait(2, 5)
    expect(chat.warning).to_be_visible()
    USES[use](chat)
    expect(chat.warning).to_be_hidden()
    chat.wait(1, 50)
    expect(chat.warning).to_be_hidden()
    expect(chat.answers).to_have_count(1)
    chat.wait(0, 15)
    expect(chat.warning).to_be_visible()
    chat.wait(1)
    expect(chat.answers).to_have_count(0)
    until(lambda: is_gone(advisor, chat.tokens[0]), 10)


def test_pressing_the_button_of_the_warning_leaves_the_focus_in_the_chat(kiosk):
    chat = kiosk().open()
    chat.ask(QUESTION)
    chat.wait(4, 5)
    button = chat.page.get_by_role("button", name="I’m still here")
    button.focus()
    button.evaluate("(button) => button.click()")
    assert chat.focused == "input"


def test_the_warning_is_seen_and_heard_also_where_the_panel_is_closed(kiosk):
    chat = kiosk().open()
    chat.ask(QUESTION)
    chat.page.get_by_role("button", name="Close the chat").click()
    chat.wait(4, 5)
    expect(chat.warning).to_be_in_viewport(ratio=1)
    assert violations(chat) == []
    chat.page.keyboard.press("Shift")
    expect(chat.warning).to_be_hidden()


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_axe_finds_nothing_while_it_warns(kiosk, phone):
    options = {"viewport": {"width": 390, "height": 780}, "is_mobile": True, "has_touch": True} if phone else {}
    chat = kiosk(reduced_motion="reduce", **options).open()
    chat.ask(QUESTION)
    chat.wait(4, 5)
    expect(chat.warning).to_be_in_viewport(ratio=1)
    assert violations(chat) == []


def test_where_there_is_nothing_to_forget_nobody_is_warned(kiosk):
    chat = kiosk().open()
    chat.wait(4, 30)
    expect(chat.warning).to_be_hidden()
    chat.wait(30)
    expect(chat.warning).to_be_hidden()
    expect(chat.suggestions).to_have_count(3)
    chat.input.fill("my name is")  # a draft is something
    chat.wait(4, 5)
    expect(chat.warning).to_be_visible()
    chat.wait(1)
    expect(chat.input).to_have_value("")


def test_who_comes_after_a_rest_of_the_computer_finds_nothing(kiosk, advisor):
    chat = kiosk().open()
    chat.ask(QUESTION)
    # the clock goes on while timers rest, as in a computer that sleeps
    chat.page.clock.set_system_time(time.time() + 3600)
    chat.page.mouse.move(5, 5)
    expect(chat.answers).to_have_count(0)
    until(lambda: is_gone(advisor, chat.tokens[0]), 10)


def test_offline_it_is_cleared_here_at_once_and_there_once_it_is_back(kiosk, advisor):
    chat = kiosk().open()
    chat.ask(QUESTION)
    chat.context.set_offline(True)
    chat.say("is it dangerous?")
    expect(chat.asked).to_have_count(2)
    chat.wait(5)
    chat.wait(1)
    expect(chat.asked).to_have_count(0)
    expect(chat.page.get_by_text("What you wrote is kept")).to_have_count(0)
    chat.context.set_offline(False)
    until(lambda: chat.page.wait_for_timeout(50) or is_gone(advisor, chat.tokens[0]), 10)
    expect(chat.asked).to_have_count(0)


def test_the_next_person_begins_another_conversation(kiosk, advisor):
    chat = kiosk().open()
    chat.ask(QUESTION)
    chat.wait(4)
    chat.wait(1, 5)
    expect(chat.answers).to_have_count(0)
    chat.ask("is it dangerous?")
    first, second = chat.tokens
    assert first.split(".")[1] != second.split(".")[1]
    assert [entry["text"] for entry in advisor.history(bearer(second))][0] == "is it dangerous?"
