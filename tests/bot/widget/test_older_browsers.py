"""The widget in browsers from before today's, and in others than Chromium.

What older ones lack is taken away from Chromium: what iOS 15, Safari 15, Chrome 100 and Firefox 100 don't have.
"""

from __future__ import annotations

import re
import subprocess

import pytest
from playwright.sync_api import expect

from bot.channels.web import widget
from tests.bot.widget.chat import OVERVIEW, QUESTION
from tests.bot.widget.test_accessibility import PHONE, violations
from tests.npm import package

OLDER = """
for (const [owner, ...names] of [
    [AbortSignal, "any", "timeout"], [URL, "canParse", "parse"], [Array.prototype, "at", "findLast", "toSorted"],
    [String.prototype, "at", "replaceAll"], [Object, "hasOwn", "groupBy"], [Array, "fromAsync"],
    [HTMLDialogElement.prototype, "show", "showModal", "close"], [Promise, "withResolvers", "try"],
    [Crypto.prototype, "randomUUID"], [Response.prototype, "bytes"], [Element.prototype, "checkVisibility", "ariaLive"],
    [window, "TextDecoderStream", "structuredClone", "CSSStyleSheet", "Highlight", "navigation", "trustedTypes"],
]) for (const name of names) {
    delete owner[name];
    if (name in owner) Object.defineProperty(owner, name, { value: undefined });
}
delete Document.prototype.adoptedStyleSheets;
delete ShadowRoot.prototype.adoptedStyleSheets;
const supports = CSS.supports;
const fine = /from |light-dark|dvh|:modal|field-sizing/;
CSS.supports = (...asked) => !fine.test(asked.join(" ")) && supports.apply(CSS, asked);
"""
TOO_OLD = {
    "AbortController": "delete window.AbortController",
    "streams": "delete Response.prototype.body",
    "shadow roots": "delete Element.prototype.attachShadow",
    "custom elements": "Object.defineProperty(window, 'customElements', { value: undefined })",
}
LENIENT = "default-src 'none'; script-src {advisor}; connect-src {advisor}; style-src {advisor}"


@pytest.mark.parametrize("options", [{}, PHONE, {"color_scheme": "dark"}], ids=["desktop", "phone", "dark"])
def test_without_what_came_after_2021_it_answers_and_looks_and_sounds_as_it_should(visit, publish, website, options):
    chat = visit(publish(website, policy=""), reduced_motion="reduce", **options)
    chat.context.add_init_script(OLDER)
    chat.page.reload()
    assert chat.page.evaluate("() => window.CSSStyleSheet === undefined && AbortSignal.any === undefined")
    chat.open()
    expect(chat.ask(QUESTION)).to_contain_text(OVERVIEW)
    paper = chat.panel.evaluate("(panel) => getComputedStyle(panel).backgroundColor")
    assert re.fullmatch(r"rgb\(\d+, \d+, \d+\)", paper)  # not transparent
    assert violations(chat) == []
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()


def test_without_dialogs_the_keyboard_stays_in_a_panel_that_takes_the_whole_screen(visit):
    chat = visit(viewport={"width": 390, "height": 780})
    chat.context.add_init_script(OLDER)
    chat.page.reload()
    chat.open()
    expect(chat.panel).to_have_attribute("aria-modal", "true")
    for key in ["Tab"] * 12 + ["Shift+Tab"] * 25:
        chat.page.keyboard.press(key)
        assert chat.page.evaluate("() => document.activeElement.localName") == "career-advisor"


def test_under_a_policy_without_inline_styles_it_gets_its_looks_as_a_file(visit, publish, website):
    chat = visit(publish(website, policy=LENIENT))
    chat.context.add_init_script(OLDER)
    chat.page.reload()
    chat.open()
    expect(chat.page.locator("career-advisor link[rel=stylesheet]")).to_have_count(1)
    expect(chat.panel).to_have_css("position", "fixed")


@pytest.mark.parametrize("missing", TOO_OLD)
def test_what_is_older_is_told_so_and_led_to_the_plain_page(publish, website, browser, advisor, missing):
    visitor = browser.new_context()
    visitor.add_init_script(TOO_OLD[missing])
    page = visitor.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(publish(website))
    link = page.get_by_role("link", name="too old for the chat")
    expect(link).to_be_visible()
    expect(link).to_have_attribute("href", f"{advisor.url}/plain")
    expect(page.locator("career-advisor")).to_have_count(0)
    assert errors == []
    visitor.close()


def test_browsers_of_2019_can_read_the_script_and_its_style_has_a_plain_value_for_every_fine_one():
    acorn = package("acorn", "8.19.0") / "dist" / "acorn.js"
    parse = f"require('{acorn}').parse(require('fs').readFileSync(0, 'utf8'), {{ ecmaVersion: 2019 }})"
    script = widget.script()
    subprocess.run(["node", "-e", parse], input=script, text=True, check=True)
    with pytest.raises(subprocess.CalledProcessError):
        subprocess.run(["node", "-e", parse], input=f"{script}; a?.b", text=True, check=True, stderr=subprocess.DEVNULL)
    style = widget.style()
    assert not re.search(r"light-dark|color-mix|:modal|:has\(|oklch", style)
    assert "color(from" not in re.sub(r"@supports[^{]*\{.*?\}\s*\}", "", style, flags=re.DOTALL)
    for name, value in re.findall(r"([\w-]+):([^;{}]*dvh[^;{}]*)", style):
        assert f"{name}:{value.replace('dvh', 'vh')};{name}:{value}" in style


def test_the_colour_of_text_on_the_accent_is_the_same_where_the_script_has_to_find_it(visit, publish, website):
    for color in ("gold", "navy", "#767676", "tomato", "hotpink"):
        colours = []
        for older in ("", OLDER):
            chat = visit(publish("", f"data-color='{color}'", policy=""))
            chat.context.add_init_script(older)
            chat.page.reload()
            colours.append(chat.launcher.evaluate("(launcher) => getComputedStyle(launcher).color"))
        black = [
            sum(map(float, re.findall(r"[\d.]+", each.partition("xyz-d65")[2] or each)[:3])) < 0.5 for each in colours
        ]
        assert black[0] == black[1], (color, colours)
