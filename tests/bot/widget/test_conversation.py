"""A conversation in a real browser: asked, answered, unfolded, judged, taken along, and cleared."""

from __future__ import annotations

import json
import re

from playwright.sync_api import expect

from tests.advisor import until
from tests.bot.widget.chat import OVERVIEW, QUESTION, TURN

LINE = "#production-technician-line-1"


def test_it_greets_and_offers_questions_and_keeps_nothing_before_somebody_writes(chat):
    expect(chat.said.first).to_contain_text("I’m the career advisor, a chatbot")
    expect(chat.suggestions).to_have_count(3)
    assert "token" not in chat.kept()


def test_a_question_is_answered(chat):
    answer = chat.ask(QUESTION)
    expect(answer).to_contain_text(OVERVIEW)
    expect(chat.asked).to_have_text(f"You: {QUESTION}")


def test_it_shows_that_it_is_typing(chat):
    status = chat.page.get_by_role("status").first
    status.evaluate("""(status) => {
        window.shown = [];
        const added = (changes) => changes.flatMap((change) => [...change.addedNodes]);
        const note = (changes) => shown.push(...added(changes).map((node) => node.data));
        new MutationObserver(note).observe(status, { childList: true });
    }""")
    chat.ask(QUESTION)
    expect(status).to_have_text(re.compile(r"Suggested questions: \d\. Press Tab for the first\."))
    assert chat.page.evaluate("() => shown[0]") == "The advisor is typing"


def test_a_suggested_question_vanishes_once_used_and_reads_as_said(chat):
    chat.suggestions.first.click()
    chat.answer(0)
    offered = chat.suggestions.all_inner_texts()
    chat.suggestions.first.click()
    chat.answer(1)
    expect(chat.asked.last).to_have_text(f"You: {offered[0]}")
    assert offered[0] not in chat.suggestions.all_inner_texts()
    assert chat.page.get_by_role("group", name="Suggested questions").count() <= 1


def test_a_source_unfolds_to_the_quoted_line_and_leads_to_it_in_the_article(chat):
    answer = chat.ask("is it dangerous?")
    answer.locator("summary").click()
    expect(answer.locator("blockquote")).to_contain_text("can be a dangerous area")
    answer.get_by_role("link", name="Line 7").click()
    line = chat.page.locator("#production-technician-line-7")
    expect(line).to_be_in_viewport()
    assert chat.page.evaluate("() => document.querySelector(':target').id") == "production-technician-line-7"
    assert line.evaluate("(line) => getComputedStyle(line).backgroundColor") == "rgb(255, 243, 196)"
    assert chat.page.evaluate("() => CSS.highlights.get('quote').size") == 1


def test_a_page_can_take_over_what_a_source_link_does(chat):
    chat.page.evaluate(
        """() => addEventListener("advisor:source", (event) => {
            event.preventDefault();
            document.title = event.detail[0].quote;
        })"""
    )
    answer = chat.ask("is it dangerous?")
    answer.locator("summary").click()
    answer.get_by_role("link", name="Line 7").click()
    expect(chat.page).to_have_title(re.compile("dangerous area"))
    assert "#" not in chat.page.url


def test_an_answer_that_comes_while_it_is_closed_is_marked_on_the_launcher(chat):
    with chat.held():
        chat.say(QUESTION)
        chat.page.get_by_role("button", name="Close the chat").click()
    unread = chat.page.get_by_role("button", name="Open the chat: there is a new answer")
    unread.click(timeout=TURN)
    assert OVERVIEW in chat.answer(0).inner_text()
    chat.page.get_by_role("button", name="Close the chat").click()
    expect(chat.page.get_by_role("button", name="Open the chat", exact=True)).to_be_visible()


def test_several_answers_to_one_message_appear_one_after_the_other(chat):
    chat.ask("Is it dangerous, and what does a typical day look like?")
    expect(chat.answers).to_have_count(2)
    expect(chat.answers.last).to_contain_text("all day")


def test_the_conversation_is_still_there_after_a_reload_and_open_as_it_was(chat):
    chat.suggestions.first.click()
    chat.answer(0)
    pressed = chat.suggestions.first.inner_text()
    chat.suggestions.first.click()
    chat.answer(1)
    said, offered = chat.said.all_inner_texts(), chat.suggestions.all_inner_texts()
    chat.page.reload()
    expect(chat.panel).to_be_visible()
    expect(chat.answers).to_have_count(2)
    assert chat.said.all_inner_texts() == said
    assert chat.suggestions.all_inner_texts() == offered
    expect(chat.asked.last).to_have_text(f"You: {pressed}")


def test_what_is_typed_is_still_there_after_a_reload(chat):
    chat.input.fill("how do I")
    chat.page.reload()
    expect(chat.input).to_have_value("how do I")


def test_a_second_tab_has_the_conversation_and_follows_it(chat):
    chat.ask(QUESTION)
    second = type(chat)(chat.context.new_page()).visit(chat.page.url).open()
    expect(second.answers).to_have_count(1)
    chat.ask("is it dangerous?")
    expect(second.answers).to_have_count(2)
    second.ask("what does it pay?")
    expect(chat.answers).to_have_count(3)
    expect(chat.asked).to_have_count(3)


def test_clearing_asks_once_more_and_forgets_here_there_and_in_other_tabs(chat, advisor):
    chat.ask(QUESTION)
    visitor = chat.visitor()
    second = type(chat)(chat.context.new_page()).visit(chat.page.url).open()
    expect(second.answers).to_have_count(1)
    chat.choose("Clear the conversation")
    expect(chat.answers).to_have_count(1)
    chat.page.get_by_role("button", name="Clear it for good? Press again").click()
    for tab in (chat, second):
        expect(tab.answers).to_have_count(0)
        expect(tab.suggestions).to_have_count(3)
    assert "token" not in chat.kept()
    until(lambda: advisor.get("/web/history", visitor)[0] == 401, 10)
    assert OVERVIEW in chat.ask(QUESTION).inner_text()


def test_starting_over_forgets_the_thread_and_offers_the_first_questions_again(chat):
    chat.ask("which skills does it need?")
    chat.choose("Start over")
    expect(chat.answer(1)).to_contain_text("we start over")
    expect(chat.suggestions.first).to_have_text(QUESTION)
    expect(chat.ask("what else?")).to_contain_text("not talked about anything yet")


def test_an_answer_is_judged_with_a_word_why_and_stays_so(chat, advisor):
    answer = chat.ask(QUESTION)
    helps, helps_not = answer.get_by_role("button", name="helps"), answer.get_by_role("button", name="doesn’t help")
    helps.click()
    expect(helps).to_have_attribute("aria-pressed", "true")
    helps_not.click()
    expect(helps).to_have_attribute("aria-pressed", "false")
    answer.get_by_role("textbox", name="Why?").fill("I wanted <b>the pay</b>")
    answer.get_by_role("button", name="Send").click()
    expect(chat.page.get_by_text("Thank you for telling us.")).to_be_visible()
    expect(answer.get_by_role("textbox")).to_have_count(0)
    chat.page.reload()
    expect(chat.answers.first.get_by_role("button", name="doesn’t help")).to_have_attribute("aria-pressed", "true")
    assert advisor.history(chat.visitor())[1]["helpful"] is False


def test_an_answer_is_copied_with_its_source(chat, advisor):
    chat.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=advisor.url)
    chat.ask(QUESTION).get_by_role("button", name="Copy this answer").click()
    expect(chat.page.get_by_text("Copied.")).to_be_visible()
    copied = chat.page.evaluate("() => navigator.clipboard.readText()")
    assert OVERVIEW in copied
    assert copied.endswith("Source: Production Technician career page, line\u00a01")


def test_the_conversation_is_downloaded_as_text(chat, tmp_path):
    chat.ask(QUESTION)
    with chat.page.expect_download() as download:
        chat.choose("Download the conversation")
    download.value.save_as(tmp_path / "conversation.txt")
    text = (tmp_path / "conversation.txt").read_text(encoding="utf-8")
    assert download.value.suggested_filename == "conversation.txt"
    assert text.startswith(f"You: {QUESTION}\n\nCareer Advisor: In short:")
    assert "Source: Production Technician career page" in text


def test_a_script_in_a_message_is_shown_as_text(chat):
    text = '<script>document.title = "broken"</script><img src=x onerror="document.title=1">'
    chat.ask(text)
    expect(chat.asked).to_have_text(f"You: {text}")
    assert chat.page.locator("career-advisor .log :is(script, img)").count() == 0
    expect(chat.page).to_have_title("Production Technician · Career guide")


def reply(text: str) -> str:
    """The stream of an advisor that says this."""
    lines = [{"type": "typing"}, {"type": "reply", "id": "x.1", "text": text}, {"type": "end"}]
    return "".join(json.dumps(line) + "\n" for line in lines)


def test_of_markdown_a_safe_part_is_shown_and_the_rest_is_text(chat):
    text = (
        "A **bold** word, [a page](https://example.org/a), [mail](mailto:a@example.org) and https://example.org/b.\n"
        "- one\n- **two**\n1. first\n2. second\n"
        "[run](javascript:alert(1)) [data](data:text/html,x) [here](/web/session) <b>not bold</b> <script>no</script>"
    )
    chat.page.route("**/web/message", lambda route: route.fulfill(body=reply(text)))
    chat.say("hello")
    answer = chat.answer(0)
    assert answer.locator("strong").all_inner_texts() == ["bold", "two"]
    assert answer.locator("ul li").all_inner_texts() == ["one", "two"]
    assert answer.locator("ol li").all_inner_texts() == ["first", "second"]
    links = answer.locator("a")
    assert [link.get_attribute("href") for link in links.all()] == [
        "https://example.org/a",
        "mailto:a@example.org",
        "https://example.org/b",
    ]
    assert links.first.get_attribute("rel") == "noopener noreferrer"
    expect(answer).to_contain_text("[run](javascript:alert(1)) [data](data:text/html,x) [here](/web/session) <b>not")
    assert answer.locator("b, script").count() == 0
