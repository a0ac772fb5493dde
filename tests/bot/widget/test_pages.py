"""A long conversation: its last page at once, and what was said earlier where somebody asks for it."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.bot.widget.chat import Chat
from tests.bot.widget.test_accessibility import violations

LAST, ALL = 25, 40  # questions: of the last page, and of a conversation of two


@pytest.fixture
def long(visit, remembered) -> Chat:
    """The demo page, with the panel open and a conversation of two pages in it."""
    chat = visit(reduced_motion="reduce").carry(remembered(ALL)).open()
    expect(chat.asked).to_have_count(LAST)
    return chat


def questions(first: int) -> list[str]:
    return [f"You: question {number}" for number in range(first, ALL + 1)]


def test_the_last_page_is_there_at_once_and_the_one_before_it_when_asked_for(long):
    assert long.asked.all_text_contents() == questions(ALL - LAST + 1)
    expect(long.asked.last).to_be_in_viewport()
    expect(long.page.get_by_text("I’m the career advisor")).to_be_hidden()  # this is not where it began
    long.earlier.click()
    expect(long.asked).to_have_count(ALL)
    assert long.asked.all_text_contents() == questions(1)
    assert long.answers.all_inner_texts()[0].startswith("answer 1")
    expect(long.earlier).to_be_hidden()
    expect(long.said.first).to_contain_text("I’m the career advisor")
    expect(long.said.first).to_be_visible()


def test_page_after_page_up_to_the_first(visit, remembered):
    chat = visit().carry(remembered(60)).open()
    for shown in (25, 50, 60):
        expect(chat.asked).to_have_count(shown)
        if shown < 60:
            chat.earlier.click()
    expect(chat.earlier).to_be_hidden()
    assert chat.asked.all_text_contents() == [f"You: question {number}" for number in range(1, 61)]


def test_a_short_conversation_has_no_such_button(visit, remembered):
    chat = visit()
    chat.open()
    expect(chat.earlier).to_be_hidden()
    chat.carry(remembered(3)).page.reload()
    expect(chat.asked).to_have_count(3)
    expect(chat.earlier).to_be_hidden()


@pytest.mark.parametrize("scrolled", [0, 7], ids=["at the top", "a little below it"])
def test_what_is_read_stays_where_it_is_and_the_focus_goes_where_one_can_read_on(long, scrolled):
    log = long.page.get_by_role("log", name="Conversation")
    log.evaluate("(log, scrolled) => { log.scrollTop = scrolled; }", scrolled)
    read = long.asked.first
    where = read.bounding_box()
    long.earlier.focus()
    long.page.keyboard.press("Enter")
    expect(long.asked).to_have_count(ALL)
    read = long.asked.nth(ALL - LAST)
    long.page.wait_for_timeout(300)
    assert read.bounding_box()["y"] == pytest.approx(where["y"], abs=1)
    assert long.focused == "Conversation"
    above = log.evaluate("(log) => log.scrollTop")
    long.page.keyboard.press("PageUp")
    long.page.wait_for_function(
        "(above) => document.activeElement.shadowRoot.querySelector('.log').scrollTop < above", arg=above
    )


def test_somebody_who_writes_meanwhile_keeps_the_focus(long):
    with long.held("**/web/history?before=*"):
        long.earlier.click()
        long.input.click()
    expect(long.asked).to_have_count(ALL)
    assert long.focused == "input"


def test_that_they_are_there_is_announced_and_they_are_not_read_out(long):
    long.page.get_by_role("log").evaluate("""(log) => {
        window.live = new Set();
        new MutationObserver(() => live.add(log.ariaLive)).observe(log, { childList: true });
    }""")
    expect(long.page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    long.earlier.click()
    told = long.page.get_by_role("status").filter(has_text="Earlier messages are shown above.")
    expect(told).to_be_visible()
    assert long.page.evaluate("() => [...live]") == ["off"]
    expect(long.page.get_by_role("log")).to_have_attribute("aria-live", "polite")  # for what is said next


def test_axe_finds_nothing_where_there_is_more(long):
    long.page.get_by_role("log").evaluate("(log) => { log.scrollTop = 0; }")
    expect(long.earlier).to_be_in_viewport(ratio=1)
    assert violations(long) == []
    assert min(long.earlier.bounding_box()[side] for side in ("width", "height")) >= 24
    long.earlier.click()
    expect(long.asked).to_have_count(ALL)
    assert violations(long) == []


def test_where_they_cannot_be_had_it_says_so_and_they_can_be_asked_for_again(long):
    long.context.set_offline(True)
    long.earlier.click()
    expect(long.page.get_by_text("The earlier messages can’t be shown just now.")).to_be_visible()
    expect(long.asked).to_have_count(LAST)
    long.context.set_offline(False)
    long.earlier.click()
    expect(long.asked).to_have_count(ALL)


def test_pressed_twice_they_come_once(long):
    with long.held("**/web/history?before=*"):
        long.earlier.dblclick()
    expect(long.asked).to_have_count(ALL)
    long.page.wait_for_timeout(300)
    assert long.asked.all_text_contents() == questions(1)


def test_cleared_meanwhile_they_do_not_come_back(long):
    with long.held("**/web/history?before=*", answered=True):
        long.earlier.click()
        long.clear()
        expect(long.asked).to_have_count(0)
    long.page.wait_for_timeout(300)
    expect(long.asked).to_have_count(0)
    expect(long.earlier).to_be_hidden()


def test_they_stay_when_another_tab_says_something(long):
    long.earlier.click()
    expect(long.asked).to_have_count(ALL)
    second = Chat(long.context.new_page()).visit(long.page.url).open()
    expect(second.asked).to_have_count(LAST)
    second.ask("is it dangerous?")
    expect(long.asked).to_have_count(ALL + 1)
    assert long.asked.all_text_contents() == [*questions(1), "You: is it dangerous?"]
    expect(long.earlier).to_be_hidden()


def test_the_download_holds_the_conversation_from_its_beginning(long, tmp_path):
    with long.page.expect_download() as download:
        long.choose("Download the conversation")
    download.value.save_as(tmp_path / "conversation.txt")
    text = (tmp_path / "conversation.txt").read_text(encoding="utf-8")
    said = [part.partition(": ")[2] for part in text.strip().split("\n\n")]
    assert said == [each for number in range(1, ALL + 1) for each in (f"question {number}", f"answer {number}")]


def test_its_words_can_be_translated(visit, publish, website, remembered):
    strings = json.dumps({"earlier": "Mensajes anteriores", "earlierShown": "Ya se muestran."})
    chat = visit(publish(website, f"data-strings='{strings}'")).carry(remembered(ALL)).open()
    chat.page.get_by_role("button", name="Mensajes anteriores").click()
    expect(chat.page.get_by_text("Ya se muestran.")).to_be_visible()
