"""What docs/accessibility.md says of the widget, criterion by criterion, where no other test holds it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.advisor import ROOT
from tests.bot.widget.chat import QUESTION, Chat
from tests.bot.widget.test_accessibility import PHONE, RULES, violations
from tests.bot.widget.test_kiosk import Kiosk

REPORT = ROOT / "docs" / "accessibility.md"
MEASURED = Path(__file__).with_name("measured.js").read_text(encoding="utf-8")
TOO_LONG = "what does a production technician do? " * 60
SOURCE = {
    "document": "production-technician",
    "title": "Production Technician career page",
    "heading": "Overview",
    "line": 1,
    "quote": "A production technician sets-up, tests, and adjusts manufacturing machinery.",
    "attribution": "Public domain.",
}
TABLE = """A [page](https://example.org/) of its own, and beside each other:

| | Production technician | Welder | Machinist |
|---|---|---|---|
| **Pay** | $38,000 | $48,940 | $52,110 |
| Training | 1 to 12 months | Moderate | Long |

- one
- two"""
DESKTOP = {"width": 1280, "height": 800}
LOOKS = {
    "light": DESKTOP,
    "dark": DESKTOP,
    "forced": DESKTOP,
    "forced dark": DESKTOP,
    "dark phone": PHONE["viewport"],
    "light phone": PHONE["viewport"],
}
# a screen of 1280 x 1024 at 400 %, a small phone, and one on its side
SMALL = ({"width": 320, "height": 256}, {"width": 320, "height": 568}, {"width": 667, "height": 375})
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }"""
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`SPACING`);
    const { shadowRoot } = document.querySelector("career-advisor");
    shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheet];
}""".replace("SPACING", SPACING)
HIDDEN = """() => {
    const { shadowRoot } = document.querySelector("career-advisor");
    const node = shadowRoot.activeElement;
    if (!node) return false;
    const box = node.getBoundingClientRect();
    const at = (x, y) => shadowRoot.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
    const parts = [.05, .5, .95];
    const seen = parts.flatMap((x) => parts.map((y) => at(x, y)));
    return !seen.some((each) => each && (node.contains(each) || each.contains(node) && node.matches(".log")));
}"""
CUT = """(node) => {
    const { outlineOffset, outlineWidth } = getComputedStyle(node);
    const ring = parseFloat(outlineOffset) + parseFloat(outlineWidth);
    const box = node.getBoundingClientRect();
    const around = node.closest(".log, .suggestions").getBoundingClientRect();
    return ["left", "top"].find((side) => box[side] - ring < around[side])
        || ["right", "bottom"].find((side) => box[side] + ring > around[side]);
}"""
MENU = [
    "Start over",
    "Download the conversation",
    "Print the conversation",
    "Mail it to me",
    "Clear the conversation",
]
LOST = """() => {
    const { shadowRoot } = document.querySelector("career-advisor");
    const panel = shadowRoot.querySelector("dialog").getBoundingClientRect();
    const lost = [];
    for (const node of shadowRoot.querySelectorAll("dialog, dialog *:not(svg, path)")) {
        const box = node.getBoundingClientRect();
        if (!node.checkVisibility() || !box.width || node.closest(".hidden, .wide")) continue;
        const tell = (what) => lost.push(`${what}: ${node.className} ${node.textContent.slice(0, 30)}`);
        const inline = getComputedStyle(node).display === "inline";
        if (node.textContent && !inline && node.scrollWidth > node.clientWidth + 1) tell("too wide");
        if (box.left < panel.left - 1 || box.right > panel.right + 1) tell("outside");
        if (!node.matches("button") || !node.textContent) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const letters = range.getBoundingClientRect();
        if (letters.bottom > box.bottom + 1 || letters.right > box.right + 1) tell("cut off");
    }
    return lost;
}"""


def told(chat: Chat, text: str = "In short.", *, offers: int = 2) -> None:
    """Ask, and be answered with this."""
    buttons = [{"title": f"A question to ask next, number {each}", "payload": f"{each}"} for each in range(offers)]
    reply = {"type": "reply", "id": "x.1", "text": text, "sources": [SOURCE], "buttons": buttons}
    lines = "".join(json.dumps(each) + "\n" for each in ({"type": "typing"}, reply, {"type": "end"}))
    chat.page.route("**/web/message", lambda route: route.fulfill(body=lines))
    chat.say(QUESTION)
    expect(chat.answers).to_have_count(1)
    expect(chat.page.locator("career-advisor .waiting, career-advisor .dots:visible")).to_have_count(0)


def answered(chat: Chat) -> None:
    told(chat)
    chat.answers.first.locator("summary").click()
    chat.page.route("**/web/feedback", lambda route: route.fulfill(body="{}"))
    chat.answers.first.get_by_role("button", name="This answer helps").click()
    expect(chat.page.get_by_text("Thank you for telling us.")).to_be_visible()


def failed(status: int) -> Callable[[Chat], None]:
    def fail(chat: Chat) -> None:
        answer = json.dumps({"error": "That can't be read."})
        chat.page.route("**/web/message", lambda route: route.fulfill(status=status, body=answer))
        chat.say(QUESTION)
        expect(chat.page.locator("career-advisor .why")).to_be_visible()

    return fail


def offline(chat: Chat) -> None:
    chat.context.set_offline(True)
    chat.say(QUESTION)
    expect(chat.notice.first).not_to_be_empty()


def typing(chat: Chat) -> None:
    chat.page.route("**/web/message", lambda route: None)
    chat.say(QUESTION)
    chat.page.evaluate("() => document.querySelector('career-advisor').typing(true)")
    expect(chat.page.locator("career-advisor .dots")).to_be_visible()


def menu(chat: Chat) -> None:
    chat.choose("Clear the conversation")


STATES = {
    "the greeting": lambda chat: None,
    "an answer with its source, judged": answered,
    "a table": lambda chat: told(chat, TABLE),
    "a message that is too long": lambda chat: chat.input.fill(TOO_LONG),
    "offline": offline,
    "a message that failed": failed(400),
    "a message that failed, with a link": failed(403),
    "the advisor types": typing,
    "the menu, asking once more": menu,
    "closed": lambda chat: chat.page.keyboard.press("Escape"),
}


def look_of(name: str) -> dict[str, str]:
    """What to emulate."""
    return {
        "color_scheme": "dark" if "dark" in name else "light",
        "forced_colors": "active" if "forced" in name else "none",
    }


def measured(page: Page) -> str:
    """What is wrong with colours, sizes and names, a line each."""
    page.keyboard.press("Shift")  # so that what gets the focus now counts as reached by keys
    return "\n".join(page.evaluate(MEASURED))


@pytest.mark.parametrize("state", STATES)
def test_in_every_state_and_look_colours_sizes_and_names_are_enough(visit, state):
    chat = visit(reduced_motion="reduce").open()
    STATES[state](chat)
    for look, size in LOOKS.items():
        chat.page.emulate_media(**look_of(look))
        chat.page.set_viewport_size(size)
        assert violations(chat) == [], look
        assert measured(chat.page) == "", look


@pytest.mark.parametrize("state", STATES)
def test_where_there_is_little_room_everything_is_there_and_scrolls_one_way(visit, state):
    chat = visit(reduced_motion="reduce").open()
    STATES[state](chat)
    for size in SMALL:
        chat.page.set_viewport_size(size)
        assert chat.page.evaluate(LOST) == [], size
        if chat.panel.is_visible():
            assert chat.page.get_by_role("log").bounding_box()["height"] >= 120  # enough of it to read
        for each in chat.page.locator("career-advisor :is(button, summary, textarea, input, a):visible").all():
            each.scroll_into_view_if_needed()
            expect(each).to_be_in_viewport(ratio=0.95)


@pytest.mark.parametrize("state", STATES)
def test_with_more_room_between_lines_words_and_letters_nothing_is_lost(visit, state):
    chat = visit(reduced_motion="reduce").open()
    chat.page.evaluate(SPACED)
    STATES[state](chat)
    for size in (DESKTOP, *SMALL):
        chat.page.set_viewport_size(size)
        assert chat.page.evaluate(LOST) == [], size


@pytest.mark.parametrize("size", [SMALL[0], DESKTOP], ids=["400 percent", "desktop"])
@pytest.mark.parametrize("state", STATES)
def test_what_has_the_focus_is_never_hidden(visit, state, size):
    chat = visit(viewport=size, reduced_motion="reduce").open()
    STATES[state](chat)
    for key in ["Tab"] * 24 + ["Shift+Tab"] * 24:
        chat.page.keyboard.press(key)
        assert not chat.page.evaluate(HIDDEN), chat.focused


def test_the_ring_of_the_focus_is_whole_beside_options_and_at_the_word_why(chat):
    answered(chat)
    for each in [*chat.suggestions.all(), chat.page.get_by_role("textbox", name="Why?")]:
        chat.page.keyboard.press("Shift")
        each.focus()
        assert each.evaluate(CUT) is None


def test_the_menu_comes_after_its_button_and_closes_when_the_focus_goes_on(chat):
    more = chat.page.get_by_role("button", name="More", exact=True)
    more.press("Enter")
    for name in MENU:
        chat.page.keyboard.press("Tab")
        assert chat.focused == name
    expect(more).to_have_attribute("aria-expanded", "true")
    chat.page.keyboard.press("Tab")
    assert chat.focused == "Close the chat"
    expect(more).to_have_attribute("aria-expanded", "false")
    expect(chat.page.get_by_role("button", name=MENU[0])).to_be_hidden()


def test_the_focus_has_a_place_when_the_button_that_had_it_goes(chat):
    offline(chat)
    chat.context.set_offline(False)
    chat.notice.get_by_role("button", name="Try now").press("Enter")
    expect(chat.notice).to_be_empty()
    assert chat.focused == "input"


def test_an_answer_that_comes_leaves_a_word_why_that_is_being_written(chat):
    chat.ask(QUESTION)
    with chat.held():
        chat.say("is it dangerous?")
        chat.answers.first.get_by_role("button", name="This answer helps").click()
        why = chat.page.get_by_role("textbox", name="Why?")
        why.fill("it was")
    chat.answer(1)
    expect(why).to_have_value("it was")
    expect(why).to_be_focused()


def test_a_press_that_is_moved_away_before_it_ends_does_nothing(visit):
    chat = visit()
    mouse = chat.page.mouse

    def press_and_leave(target) -> None:
        box = target.bounding_box()
        mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        mouse.down()
        mouse.move(10, 10)
        mouse.up()

    press_and_leave(chat.launcher)
    expect(chat.panel).to_be_hidden()
    chat.open().input.fill(QUESTION)
    for name in (QUESTION, "Send", "Close the chat", "More"):
        press_and_leave(chat.page.get_by_role("button", name=name, exact=True))
    expect(chat.panel).to_be_visible()
    expect(chat.asked).to_have_count(0)
    expect(chat.page.get_by_role("button", name=MENU[0])).to_be_hidden()


def test_no_letter_does_anything_where_nothing_is_typed(chat):
    told(chat)
    before = chat.panel.inner_html()
    chat.page.get_by_role("log").focus()
    for key in "abcdefghijklmnopqrstuvwxyz0123456789?/.,-+*#":
        chat.page.keyboard.press(key)
    assert chat.panel.inner_html() == before


def test_nothing_moves_for_more_than_five_seconds(visit):
    chat = visit(reduced_motion="no-preference").open()
    typing(chat)
    ends = chat.page.locator("career-advisor .dots").evaluate(
        "(dots) => dots.getAnimations({ subtree: true }).map(({ effect }) => effect.getComputedTiming().endTime)"
    )
    assert len(ends) == 3
    assert max(ends) <= 5000


def test_what_tells_that_a_message_is_too_long_is_there_before_it_tells(chat):
    counted = chat.page.locator("career-advisor .count")
    assert counted.evaluate("(node) => [node.role, getComputedStyle(node).display]") == ["status", "block"]
    chat.input.fill(TOO_LONG)
    expect(chat.input).to_have_accessible_description("Too long by 279: at most 2,000 characters.")
    chat.page.get_by_role("button", name="Send").click()
    expect(chat.input).to_have_value(TOO_LONG)


def test_the_warning_of_a_public_computer_can_be_read_and_pressed(visit, publish, website):
    chat = Kiosk(visit(publish(website, "data-forget"), reduced_motion="reduce")).open()
    chat.page.keyboard.press("Shift")
    chat.input.fill("a draft")
    chat.wait(4, 5)
    expect(chat.warning).to_be_visible()
    for look, size in LOOKS.items():
        chat.page.emulate_media(**look_of(look))
        chat.page.set_viewport_size(size)
        assert chat.page.evaluate(MEASURED) == [], look


def pages(page: Page, advisor) -> Iterator[str]:
    """The pages that need no script, in their states; says which is shown."""
    page.goto(f"{advisor.url}/privacy")
    yield "privacy"
    page.goto(f"{advisor.url}/plain")
    yield "plain"
    for text in (QUESTION, "x" * 300, TOO_LONG, "what does it pay compared to a welder?"):
        page.get_by_role("textbox", name="Your question").fill(text)
        page.get_by_role("button", name="Send").click()
        yield f"plain, asked {text[:20]}"
    page.get_by_role("button", name="Clear the conversation").click()
    yield "plain, asking once more"
    page.get_by_role("button", name="Clear it for good? Press again").click()
    yield "plain, cleared"


@pytest.mark.parametrize("look", LOOKS)
def test_on_the_pages_without_a_script_colours_sizes_and_names_are_enough(browser, advisor, look):
    page = browser.new_context(viewport=LOOKS[look], **look_of(look)).new_page()
    for shown in pages(page, advisor):
        found = {each["id"] for each in Axe().run(page, options=RULES).response["violations"]}
        if "forced" in look:
            found.discard("color-contrast")  # axe reads a colour that is not the one that is seen then
        assert found == set(), shown
        assert measured(page) == "", shown
    page.context.close()


def test_the_pages_without_a_script_scroll_one_way_where_there_is_little_room(browser, advisor):
    page = browser.new_context(viewport={"width": 320, "height": 256}, bypass_csp=True).new_page()
    for shown in pages(page, advisor):
        for style in (" ", SPACING):
            page.add_style_tag(content=style)
            tables = page.locator("table").count()
            assert tables or page.evaluate("() => document.documentElement.scrollWidth") <= 320, shown
    page.context.close()


def test_every_test_that_the_report_names_is_there():
    named = re.findall(r"(tests/[\w/]+\.py)::(\w+)", REPORT.read_text(encoding="utf-8"))
    assert len(named) > 30
    for path, name in named:
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), f"{path}::{name}"


def test_the_report_speaks_of_every_criterion():
    told = re.findall(r"^\| (\d\.\d\.\d+) ", REPORT.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(told) == len(set(told)) == 55  # 31 of level A and 24 of level AA
