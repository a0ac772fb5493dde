"""What an owner gets wrong, what a visitor pastes, and a browser that keeps nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.bot.widget.chat import OVERVIEW, QUESTION

SLIPS = {
    "data-starters='[What?]'": "data-starters",
    "data-starters='{\"a\": 1}'": "data-starters",
    "data-starters='[1, 2]'": "data-starters",
    "data-strings='nope'": "data-strings",
    "data-strings='{\"send\": 1}'": "data-strings",
    "data-strings='null'": "data-strings",
    "data-color='blurple'": "data-color",
    "data-color='red;display:none'": "data-color",
    "data-theme='night'": "data-theme",
    "data-position='left'": "data-position",
    "data-lang='English please'": "data-lang",
    "data-dir='sideways'": "data-dir",
}
FULL = """
Storage.prototype.setItem = function () { throw new DOMException("full", "QuotaExceededError"); };
"""
FORBIDDEN = """
for (const area of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, area, { get() { throw new DOMException("no", "SecurityError"); } });
}
"""


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_of_the_owners_is_passed_over_with_one_warning(visit, publish, website, slip):
    chat = visit(publish(website, slip))
    warnings = []
    chat.page.on("console", lambda message: warnings.append(message.text) if message.type == "warning" else None)
    chat.page.reload()
    chat.open()
    expect(chat.ask(QUESTION)).to_contain_text(OVERVIEW)
    ours = [text for text in warnings if "Career advisor" in text]
    assert len(ours) == 1, warnings
    assert SLIPS[slip] in ours[0]


@pytest.mark.parametrize("failing", [FULL, FORBIDDEN], ids=["full", "forbidden"])
def test_where_the_browser_keeps_nothing_the_chat_goes_on_and_says_so_once(visit, advisor, failing):
    chat = visit()
    chat.context.add_init_script(failing)
    chat.page.reload()
    chat.open()
    expect(chat.ask(QUESTION)).to_contain_text(OVERVIEW)
    expect(chat.ask("and is it dangerous?")).to_contain_text("dangerous area")
    expect(chat.page.locator("career-advisor .note")).to_contain_text("This browser keeps nothing")
    assert chat.page.locator("career-advisor .note strong").count() == 1


def test_storage_that_fills_up_in_mid_conversation_does_not_end_it(chat, advisor):
    chat.ask(QUESTION)
    chat.page.evaluate(f"() => {{ {FULL} }}")
    expect(chat.ask("and is it dangerous?")).to_contain_text("dangerous area")
    expect(chat.page.locator("career-advisor .note")).to_contain_text("This browser keeps nothing")


def test_what_somebody_else_wrote_in_its_place_is_no_error(visit):
    chat = visit()
    chat.page.evaluate("() => localStorage.setItem(`career-advisor ${location.origin}/`, 'not JSON')")
    chat.page.evaluate("() => sessionStorage.setItem(`career-advisor ${location.origin}/`, '7')")
    chat.page.reload()
    expect(chat.open().ask(QUESTION)).to_contain_text(OVERVIEW)


def test_a_long_paste_is_kept_whole_and_sent_when_it_fits(chat):
    long = "what does a production technician do? " * 60  # 2,280 characters
    counted = chat.page.locator("career-advisor .count")
    chat.input.fill("what does it pay?")
    expect(counted).to_be_hidden()
    chat.input.fill(long)
    expect(counted).to_have_text("Too long by 279: at most 2,000 characters.")
    expect(chat.input).to_have_attribute("aria-invalid", "true")
    chat.input.press("Enter")
    expect(chat.input).to_have_value(long)
    expect(chat.asked).to_have_count(0)
    chat.page.reload()
    expect(chat.input).to_have_value(long)
    expect(counted).to_be_visible()
    chat.input.fill(long[:1900])
    expect(counted).to_have_text("1,899 of 2,000 characters")
    chat.input.press("Enter")
    expect(chat.asked).to_have_count(1)
    expect(chat.input).to_have_value("")
    expect(counted).to_be_hidden()


def test_characters_that_are_written_as_two_count_once(chat):
    chat.input.fill("😀" * 2000)
    expect(chat.page.locator("career-advisor .count")).to_have_text("2,000 of 2,000 characters")
