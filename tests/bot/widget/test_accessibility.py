"""For everybody (WCAG 2.2 AA): by keyboard, by ear, on a phone, in the dark, enlarged, unmoving, right to left."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.bot.widget.chat import QUESTION, Chat

PHONE = {"viewport": {"width": 390, "height": 780}, "is_mobile": True, "has_touch": True}
DARK = {"color_scheme": "dark"}
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


def violations(chat: Chat) -> list[str]:
    """What axe-core finds on the page, the widget included."""
    chat.page.evaluate("() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => 0)))")
    found = Axe().run(chat.page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['target']} {node['failureSummary']}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize(
    "options",
    [
        {},
        DARK,
        PHONE,
        {**PHONE, **DARK},
    ],
    ids=["desktop", "dark", "phone", "dark phone"],
)
def test_axe_finds_nothing_closed_open_with_answers_menu_sources_and_a_notice(visit, options):
    chat = visit(reduced_motion="reduce", **options)
    assert violations(chat) == []
    chat.open()
    assert violations(chat) == []
    answer = chat.ask(QUESTION)
    answer.locator("summary").click()
    answer.get_by_role("button", name="This answer helps").click()
    expect(chat.suggestions.first).to_be_visible()
    assert violations(chat) == []
    chat.page.get_by_role("button", name="More", exact=True).click()
    assert violations(chat) == []
    chat.page.keyboard.press("Escape")
    chat.context.set_offline(True)
    chat.say("is it dangerous?")
    expect(chat.notice).not_to_be_empty()
    assert violations(chat) == []


def test_a_whole_conversation_by_keyboard_alone(visit):
    chat = visit()
    press = chat.page.keyboard.press

    def tab_to(name: str, key: str = "Tab") -> None:
        for _ in range(40):
            if chat.focused == name:
                return
            press(key)
        raise AssertionError(f"{name} cannot be reached, only {chat.focused}")

    tab_to("Open the chat")
    press("Enter")
    assert chat.focused == "input"
    press("Tab")
    assert chat.focused == QUESTION  # the first option is one Tab away
    press("Enter")
    chat.answer(0)
    assert chat.focused == "input"
    chat.page.keyboard.type("is it dangerous?")
    press("Enter")
    chat.answer(1)
    tab_to("Source: Production Technician career page, line\u00a07", "Shift+Tab")
    press("Enter")
    expect(chat.answers.last.locator("blockquote")).to_be_visible()
    tab_to("This answer helps")
    press("Space")
    assert chat.focused == "Why? (if you like)"
    chat.page.keyboard.type("clear")
    press("Enter")
    assert chat.focused == "input"
    tab_to("More", "Shift+Tab")
    press("Enter")
    tab_to("Start over")
    press("Enter")
    expect(chat.answer(2)).to_contain_text("we start over")
    tab_to("More", "Shift+Tab")
    press("Enter")
    press("Escape")
    assert chat.focused == "More"
    press("Escape")
    expect(chat.panel).to_be_hidden()
    assert chat.focused == "Open the chat"


def test_what_has_the_focus_is_seen_to_have_it(chat):
    for _ in range(8):
        chat.page.keyboard.press("Shift+Tab")
        style = chat.page.evaluate(
            """() => {
                const { activeElement } = document.querySelector("career-advisor").shadowRoot;
                return activeElement && getComputedStyle(activeElement).outlineStyle;
            }"""
        )
        assert style in ("solid", None)


def test_answers_are_announced_and_what_was_said_before_a_reload_is_not(chat):
    log = chat.page.get_by_role("log", name="Conversation")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(chat.ask(QUESTION).locator(".tools")).to_have_attribute("aria-live", "off")
    held = []
    chat.page.route("**/web/history", lambda route: held.append(route))
    chat.page.reload()
    expect(log).to_have_attribute("aria-live", "off")
    held[0].continue_()
    expect(chat.answers).to_have_count(1)
    expect(log).to_have_attribute("aria-live", "polite")


def test_everything_to_press_is_at_least_24_pixels_high_and_wide(chat):
    chat.ask(QUESTION).locator("summary").click()
    chat.page.get_by_role("button", name="More", exact=True).click()
    for target in chat.page.locator("career-advisor :is(button, summary, textarea, figcaption a):visible").all():
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= 24, target.inner_text() or target.get_attribute("aria-label")


def test_on_a_phone_it_takes_the_whole_screen_and_gives_it_back_for_a_source(visit):
    chat = visit(**PHONE).open()
    assert chat.panel.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 780}
    answer = chat.ask(QUESTION)
    answer.locator("summary").click()
    answer.get_by_role("link", name="Line 1").click()
    expect(chat.panel).to_be_hidden()
    expect(chat.page.locator("#production-technician-line-1")).to_be_in_viewport()


def test_enlarged_to_200_percent_nothing_is_cut_off(visit):
    chat = visit(viewport={"width": 640, "height": 400}, device_scale_factor=2).open()
    chat.ask(QUESTION)
    expect(chat.input).to_be_in_viewport(ratio=1)
    expect(chat.page.get_by_role("button", name="Close the chat")).to_be_in_viewport(ratio=1)
    overflowing = "() => document.querySelector('career-advisor').shadowRoot.querySelector('.log').scrollWidth"
    assert chat.page.evaluate(overflowing) <= 640


def test_in_the_dark_it_is_dark_unless_the_owner_says_otherwise(visit, publish, website):
    def brightness(chat: Chat) -> int:
        colour = chat.panel.evaluate("(panel) => getComputedStyle(panel).backgroundColor")
        return sum(map(int, re.findall(r"\d+", colour)[:3]))

    assert brightness(visit(**DARK).open()) < 150
    assert brightness(visit().open()) > 700
    assert brightness(visit(publish(website, "data-theme='light'"), **DARK).open()) > 700


def test_without_motion_where_that_is_wished(visit):
    moving = """() => {
        const { shadowRoot } = document.querySelector("career-advisor");
        const names = [...shadowRoot.querySelectorAll("*")].map((each) => getComputedStyle(each).animationName);
        return names.filter((name) => name !== "none").length;
    }"""
    assert visit(reduced_motion="no-preference").open().page.evaluate(moving) > 0
    assert visit(reduced_motion="reduce").open().page.evaluate(moving) == 0


def test_text_can_be_read_on_whatever_colour_the_owner_chooses(visit):
    contrasts = visit().launcher.evaluate(
        """(launcher) => {
            const canvas = new OffscreenCanvas(1, 1).getContext("2d");
            const luminance = (colour) => {
                canvas.fillStyle = colour;
                canvas.fillRect(0, 0, 1, 1);
                const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => part / 255)
                    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            return ["gold", "navy", "#767676", "#777", "tomato", "green", "hotpink", "#0b5c63"].map((accent) => {
                launcher.parentNode.style.setProperty("--accent", accent);
                const { color, backgroundColor } = getComputedStyle(launcher);
                const [dark, light] = [luminance(color), luminance(backgroundColor)].sort((one, other) => one - other);
                return (light + 0.05) / (dark + 0.05);
            });
        }"""
    )
    assert len(set(contrasts)) == 8
    assert min(contrasts) >= 4.5


def test_from_right_to_left_everything_changes_sides(visit, publish, website):
    chat = visit(publish(website, "data-dir='rtl' data-lang='ar'")).open()
    assert chat.panel.bounding_box()["x"] < 100
    chat.ask(QUESTION)
    panel, asked = chat.panel.bounding_box(), chat.asked.bounding_box()
    assert asked["x"] - panel["x"] < 40  # what a person says stands at the end of the line
    assert chat.page.get_by_role("button", name="Close the chat").bounding_box()["x"] - panel["x"] < 40
