"""What a visitor does with an answer: shorter, more, a table, a print, a mail; and the owner's own line."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.bot.widget.chat import OVERVIEW, QUESTION
from tests.bot.widget.test_accessibility import PHONE, violations

TABLE = """Both, beside each other:

| | Production technician | Welder |
|---|---|---|
| **Pay** | $38,000 | $48,940 |
| Training | 1 to 12 months | Moderate |

That is what the sources hold."""


@pytest.fixture
def telling(signed, happened):
    """Makes a conversation in which the advisor has said something; returns the token that opens it."""

    def make(text: str, sources: list[dict] | None = None) -> str:
        token = signed()
        asked = {"event": "user", "text": "compare them", "metadata": {"message_id": "m1"}}
        asked["parse_data"] = {"text": "compare them", "intent": {}, "entities": []}
        shown = {"custom": {"sources": sources or []}}
        happened(
            token, {"event": "action", "name": "action_listen"}, asked, {"event": "bot", "text": text, "data": shown}
        )
        return token

    return make


def test_shorter_and_more_are_one_press_away_and_only_under_the_last_answer(chat):
    chat.ask(QUESTION)
    again = chat.page.locator("career-advisor .again")
    expect(again).to_have_text(["Shorter", "Tell me more"])
    again.first.click()
    shorter = chat.answer(1)
    assert len(shorter.locator("p, li").first.inner_text()) < len(chat.answers.first.inner_text())
    expect(chat.asked.last).to_have_text("You: Shorter")
    expect(again).to_have_count(2)
    expect(chat.answers.first.locator(".again")).to_have_count(0)


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desktop", "phone"])
def test_a_table_is_a_table(visit, telling, options):
    chat = visit(reduced_motion="reduce", **options).carry(telling(TABLE)).open()
    table = chat.page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(["Production technician", "Welder"])
    expect(table.get_by_role("rowheader")).to_have_text(["Pay", "Training"])
    expect(table.get_by_role("cell")).to_have_text(["", "$38,000", "$48,940", "1 to 12 months", "Moderate"])
    expect(chat.answers.first).to_contain_text("That is what the sources hold.")
    assert violations(chat) == []


def test_what_only_looks_like_a_table_stays_text(visit, telling):
    chat = visit().carry(telling("| no rule below |\nand a | in between")).open()
    expect(chat.page.get_by_role("table")).to_have_count(0)
    expect(chat.answers.first).to_contain_text("| no rule below |")


def test_several_sources_are_named_with_what_their_licences_ask_for(visit, telling):
    sources = [
        {"document": "a", "title": "The page", "line": 3, "heading": "Pay", "quote": "One.", "attribution": "",
         "url": "https://example.org/welder"},
        {"document": "b", "title": "O*NET 30.1", "line": None, "heading": "Tasks", "quote": "Two.",
         "attribution": "O*NET® is a trademark of USDOL/ETA."},
    ]  # fmt: skip
    chat = visit().carry(telling("Two things.", sources)).open()
    answer = chat.answers.first
    answer.locator("summary").click()
    expect(answer.locator("summary")).to_contain_text("The page")
    expect(answer.locator("summary")).to_contain_text("O*NET 30.1")
    expect(answer.locator("blockquote")).to_have_text(["One.", "Two."])
    expect(answer.get_by_role("link", name="Line 3 · Pay")).to_have_attribute("href", "https://example.org/welder")
    expect(answer.locator("small")).to_have_text(["O*NET® is a trademark of USDOL/ETA."])


def test_each_text_runs_in_its_own_direction(visit, telling):
    chat = visit().carry(telling("ما هو راتب اللحام؟\n- שלום\n- English")).open()
    expect(chat.answers).to_have_count(1)
    directions = chat.answers.first.locator("p, li").evaluate_all(
        "(all) => all.map((each) => getComputedStyle(each).direction)"
    )
    assert directions == ["rtl", "rtl", "ltr"]
    chat.input.fill("ما هذا")
    expect(chat.input).to_have_css("direction", "rtl")


def test_the_mail_holds_the_conversation_for_the_visitors_own_mail_program(chat):
    chat.ask(QUESTION)
    chat.page.evaluate("""() => {
        window.opened = [];
        HTMLAnchorElement.prototype.click = function () { opened.push(this.href); };
    }""")
    chat.choose("Mail it to me")
    [address] = chat.page.evaluate("() => opened")
    body = parse_qs(urlsplit(address).query)["body"][0]
    assert address.startswith("mailto:?subject=Career%20Advisor&body=")
    assert f"You: {QUESTION}" in body
    assert OVERVIEW in body
    assert "Source: Production Technician career page" in body


def test_a_mail_that_would_be_too_long_holds_the_end_and_says_so(visit, remembered):
    chat = visit().carry(remembered(60)).open()
    chat.page.evaluate("""() => {
        window.opened = [];
        HTMLAnchorElement.prototype.click = function () { opened.push(this.href); };
    }""")
    chat.choose("Mail it to me")
    chat.page.wait_for_function("() => opened.length")
    [address] = chat.page.evaluate("() => opened")
    body = parse_qs(urlsplit(address).query)["body"][0]
    assert len(address) <= 1800
    assert body.startswith("(Too long for a mail")
    assert body.endswith("answer 60")


def test_a_print_holds_the_conversation_and_nothing_of_the_page(chat):
    chat.ask(QUESTION)
    chat.page.evaluate("""() => { window.print = () => {
        const shown = (node) => node.getClientRects().length > 0;
        const { shadowRoot } = document.querySelector("career-advisor");
        window.printed = {
            page: shown(document.querySelector("main")),
            said: shadowRoot.querySelector(".log").innerText,
            form: shown(shadowRoot.querySelector("textarea")),
            cut: getComputedStyle(shadowRoot.querySelector(".log")).overflowY,
        };
        dispatchEvent(new Event("afterprint"));
    }; }""")
    chat.choose("Print the conversation")
    chat.page.wait_for_function("() => window.printed")
    printed = chat.page.evaluate("() => printed")
    assert (printed["page"], printed["form"], printed["cut"]) == (False, False, "visible")
    assert OVERVIEW in printed["said"]
    expect(chat.page.locator("main")).to_be_visible()
    expect(chat.input).to_be_visible()
    chat.page.keyboard.press("Escape")
    chat.page.evaluate("() => dispatchEvent(new Event('focus'))")
    expect(chat.panel).to_be_hidden()  # it does not come back


def test_as_a_pdf_it_is_the_conversation(chat):
    chat.ask(QUESTION)
    chat.page.evaluate("() => { window.print = () => {}; }")
    chat.choose("Print the conversation")
    expect(chat.page.locator("main")).to_be_hidden()
    assert chat.page.pdf()[:5] == b"%PDF-"
    chat.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    expect(chat.page.locator("main")).to_be_visible()


def test_the_owners_notice_stands_under_the_input_with_its_link(visit, publish, website):
    notice = "An equal opportunity employer. [Privacy](https://example.org/privacy) <b>no HTML</b>"
    chat = visit(publish(website, f"data-notice='{notice}'")).open()
    note = chat.page.locator("career-advisor .note")
    expect(note).to_contain_text("An equal opportunity employer. Privacy <b>no HTML</b>")
    expect(note.get_by_role("link", name="Privacy")).to_have_attribute("href", "https://example.org/privacy")


def test_in_forced_colours_the_toast_has_an_edge(visit):
    chat = visit(forced_colors="active").open()
    chat.ask(QUESTION).get_by_role("button", name="This answer helps").click()
    toast = chat.page.locator("career-advisor .toast")
    expect(toast).not_to_be_empty()
    assert toast.evaluate("(node) => getComputedStyle(node).borderTopColor") not in ("rgba(0, 0, 0, 0)", "transparent")
    assert toast.evaluate("(node) => getComputedStyle(node).borderTopWidth") == "1px"


def test_the_answer_is_announced_before_the_options_are(chat):
    order = """() => {
        window.heard = [];
        const { shadowRoot } = document.querySelector("career-advisor");
        new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach((node) => {
            if (node.matches?.(".advisor")) heard.push("answer");
        }))).observe(shadowRoot.querySelector(".log"), { childList: true });
        new MutationObserver(() => heard.push(shadowRoot.querySelector("[role=status]").textContent.split(":")[0]))
            .observe(shadowRoot.querySelector("[role=status]"), { childList: true, characterData: true });
    }"""
    chat.page.evaluate(order)
    chat.ask(QUESTION)
    expect(chat.suggestions.first).to_be_visible()
    chat.page.wait_for_function("() => heard.includes('Suggested questions')")
    heard = chat.page.evaluate("() => heard.filter(Boolean)")
    assert heard.index("answer") < heard.index("Suggested questions"), json.dumps(heard)
    chat.page.keyboard.press("Tab")
    assert chat.focused == chat.suggestions.first.inner_text()
