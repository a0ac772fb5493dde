"""The widget when things go wrong: offline, cut off, expired, refused; and on other websites."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect

from tests.bot.widget.chat import OVERVIEW, QUESTION, TURN, said


def asked(advisor, chat) -> list[str]:
    """What the advisor has been asked by this visitor."""
    return [entry["text"] for entry in advisor.history(chat.visitor()) if entry["who"] == "person"]


def test_offline_it_says_so_keeps_what_was_typed_and_sends_it_once(chat, advisor):
    chat.ask(QUESTION)
    chat.context.set_offline(True)
    chat.say("is it dangerous?")
    expect(chat.notice).to_contain_text("You’re offline. What you wrote is kept")
    chat.say("what does it pay?")
    expect(chat.asked).to_have_count(3)
    chat.context.set_offline(False)
    expect(chat.answers).to_have_count(3, timeout=TURN)
    expect(chat.notice).to_be_empty()
    expect(chat.answers.nth(1)).to_contain_text("dangerous area")
    assert asked(advisor, chat) == [QUESTION, "is it dangerous?", "what does it pay?"]


def test_what_was_not_sent_survives_a_reload(chat, advisor):
    chat.ask(QUESTION)
    chat.page.route("**/web/message", lambda route: route.abort())
    chat.say("is it dangerous?")
    expect(chat.notice).to_contain_text("can’t be reached")
    chat.page.unroute("**/web/message")
    chat.page.reload()
    expect(chat.answers).to_have_count(2, timeout=TURN)
    expect(chat.asked).to_have_count(2)
    assert asked(advisor, chat) == [QUESTION, "is it dangerous?"]


def test_each_answer_stands_below_its_question_also_after_being_offline(chat):
    chat.context.set_offline(True)
    chat.say("is it dangerous?")
    chat.say("what does it pay?")
    chat.context.set_offline(False)
    expect(chat.answers).to_have_count(2, timeout=TURN)
    expect(chat.said.nth(2)).to_contain_text("dangerous area")
    expect(chat.said.nth(3)).to_contain_text("what does it pay?")


def test_a_conversation_cleared_offline_is_gone_at_once_and_there_once_it_is_back(chat, advisor):
    chat.ask(QUESTION)
    visitor = chat.visitor()
    chat.context.set_offline(True)
    chat.clear()
    expect(chat.answers).to_have_count(0)
    chat.context.set_offline(False)
    expect(chat.page.get_by_text("The conversation is cleared.")).to_be_visible()
    assert advisor.get("/web/history", visitor)[0] == 401


def test_an_answer_lost_on_its_way_is_asked_for_again_and_given_once(chat, advisor):
    lost = []

    def lose_the_first(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.fetch())  # the advisor has answered
        return route.abort()

    chat.page.route("**/web/message", lose_the_first)
    chat.say(QUESTION)
    expect(chat.answers).to_have_count(1, timeout=TURN)
    assert lost
    assert asked(advisor, chat) == [QUESTION]


def test_a_stream_that_breaks_off_is_taken_up_again(chat, advisor):
    broken = []

    def break_the_first(route: Route) -> None:
        if broken:
            return route.continue_()
        broken.append(route.fetch().text().splitlines()[:2])
        return route.fulfill(body="\n".join(broken[0]) + "\n", content_type="application/x-ndjson")

    chat.page.route("**/web/message", break_the_first)
    chat.say(QUESTION)
    expect(chat.notice).to_contain_text("can’t be reached")
    expect(chat.notice).to_be_empty(timeout=TURN)
    expect(chat.answers).to_have_count(1)
    assert asked(advisor, chat) == [QUESTION]


@pytest.mark.parametrize(
    ("status", "why"), [(429, "That was a lot at once"), (503, "The advisor is busy right now")], ids=["429", "503"]
)
def test_where_it_is_too_much_it_says_so_and_waits_as_long_as_it_is_told(chat, advisor, status, why):
    refused = []

    def refuse_the_first(route: Route) -> None:
        if refused:
            return route.continue_()
        refused.append(time.monotonic())
        # without being told, it would try again after one second
        return route.fulfill(status=status, headers={"Retry-After": "3"}, body=json.dumps({"error": "Not now."}))

    chat.page.route("**/web/message", refuse_the_first)
    chat.say(QUESTION)
    expect(chat.notice).to_contain_text(why)
    chat.answer(0)
    assert time.monotonic() - refused[0] >= 3
    expect(chat.notice).to_be_empty()
    assert asked(advisor, chat) == [QUESTION]


def test_an_error_of_a_proxy_that_names_no_time_is_a_lost_connection(chat):
    refused = []

    def refuse_the_first(route: Route) -> None:
        if refused:
            return route.continue_()
        refused.append(route)
        return route.fulfill(status=503, body="<h1>Service Unavailable</h1>")

    chat.page.route("**/web/message", refuse_the_first)
    chat.say(QUESTION)
    expect(chat.notice).to_contain_text("can’t be reached")
    chat.answer(0)


def test_what_the_advisor_refuses_is_said_and_can_be_sent_again(chat):
    chat.page.route(
        "**/web/message", lambda route: route.fulfill(status=400, body=json.dumps({"error": "That can't be read."}))
    )
    chat.say(QUESTION)
    expect(chat.asked).to_contain_text("That can't be read.")
    chat.page.unroute("**/web/message")
    chat.page.get_by_role("button", name="Try now").click()
    assert chat.focused == "input"
    assert OVERVIEW in chat.answer(0).inner_text()
    expect(chat.asked).to_have_count(1)


def lines(*told: dict[str, str]) -> str:
    """The stream of an answer."""
    return "".join(json.dumps(line) + "\n" for line in ({"type": "typing"}, *told, {"type": "end"}))


def test_a_turn_that_failed_is_sent_again_as_the_same_message_and_nothing_is_doubled(chat, advisor, happened):
    chat.ask("is it dangerous?")
    sent = []

    def fail_the_first(route: Route) -> None:
        sent.append(route.request.post_data_json["id"])
        if len(sent) > 1:
            return route.continue_()
        happened(chat.kept()["token"], said(QUESTION, sent[0]))  # the advisor keeps what it could not answer
        half = {"type": "reply", "id": f"{sent[0]}.1", "text": "Half an answer."}
        return route.fulfill(body=lines(half, {"type": "error", "error": "I can't answer now."}))

    chat.page.route("**/web/message", fail_the_first)
    chat.say(QUESTION)
    expect(chat.asked.last).to_contain_text("I can't answer now.")
    expect(chat.answers).to_have_count(1)  # nothing of it is kept
    chat.page.get_by_role("button", name="Try now").click()
    assert OVERVIEW in chat.answer(1).inner_text()
    assert sent == [sent[0]] * 2
    for _ in range(2):
        expect(chat.asked).to_have_text(["You: is it dangerous?", f"You: {QUESTION}"])
        expect(chat.answers).to_have_count(2)
        chat.page.reload()
    assert asked(advisor, chat) == ["is it dangerous?", QUESTION]


def test_what_a_turn_had_said_before_the_connection_broke_gives_way_to_what_it_says_when_made_anew(chat):
    sent = []

    def break_the_first(route: Route) -> None:
        sent.append(route.request.post_data_json["id"])
        reply = {"type": "reply", "id": f"{sent[0]}.1", "text": f"Answer {len(sent)}."}
        return route.fulfill(body=lines(reply) if len(sent) > 1 else json.dumps(reply) + "\n")

    chat.page.route("**/web/message", break_the_first)
    chat.say(QUESTION)
    expect(chat.answers).to_contain_text(["Answer 1."])
    expect(chat.answers).to_contain_text(["Answer 2."])
    assert len(sent) == 2


def test_a_restart_that_failed_still_offers_the_first_questions_when_it_is_tried_again(chat):
    chat.ask(QUESTION)
    chat.page.route("**/web/message", lambda route: route.fulfill(body=lines({"type": "error", "error": "Not now."})))
    chat.choose("Start over")
    expect(chat.asked.last).to_contain_text("Not now.")
    chat.page.unroute("**/web/message")
    chat.page.get_by_role("button", name="Try now").click()
    chat.answer(1)
    expect(chat.suggestions.first).to_have_text(QUESTION)


def test_on_an_allowed_website_it_works_under_a_strict_policy_and_loads_nothing_from_elsewhere(
    visit, publish, advisor, website
):
    chat = visit(publish(website))
    requests, violations = [], []
    chat.page.on("request", lambda request: requests.append(request.url))
    chat.page.on("console", lambda message: violations.append(message.text))
    chat.page.reload()
    answer = chat.open().ask(QUESTION)
    expect(answer).to_contain_text(OVERVIEW)
    answer.locator("summary").click()
    expect(answer.get_by_role("link", name="Line 1")).to_have_attribute(
        "href", f"{website}/#production-technician-line-1"
    )
    assert {urlsplit(url).netloc for url in requests} == {urlsplit(url).netloc for url in (website, advisor.url)}
    assert [text for text in violations if "favicon" not in text and "404" not in text] == []


def test_on_a_website_that_is_not_allowed_it_says_so_and_where_one_can_ask(visit, publish, advisor):
    chat = visit(publish()).open()
    chat.say(QUESTION)
    expect(chat.asked).to_contain_text("This website isn’t allowed to use the advisor yet")
    expect(chat.asked.get_by_role("link", name="Ask on the advisor’s own page")).to_have_attribute(
        "href", f"{advisor.url}/plain"
    )
    expect(chat.notice).to_be_empty()  # nothing is tried again, since it would not mend itself
    expect(chat.answers).to_have_count(0)
    assert "token" not in chat.kept()


def test_in_a_frame_that_has_no_origin_it_says_that_it_cannot_be_used_there(visit, publish, website):
    frame = '<iframe sandbox="allow-scripts allow-popups" src="/inside" width="600" height="700"></iframe>'
    inside = '<!doctype html><title>Inside</title><body><script src="{advisor}/widget.js"></script></body>'
    url = publish(website, pages={"/": f"<!doctype html><title>Around</title>{frame}", "/inside": inside})
    chat = visit(f"{url}inside")
    chat.page.goto(url)
    within = chat.page.frame_locator("iframe")
    within.locator("career-advisor .launcher").click()
    within.get_by_role("textbox", name="Your question").fill(QUESTION)
    within.get_by_role("button", name="Send").click()
    expect(within.locator("career-advisor .person")).to_contain_text("can’t be used inside this frame")


def test_where_the_websites_own_policy_blocks_it_it_says_so_and_does_not_try_for_ever(visit, publish, website):
    chat = visit(publish(website, policy="default-src 'none'; script-src {advisor}")).open()
    chat.say(QUESTION)
    expect(chat.asked).to_contain_text("This website isn’t allowed to use the advisor yet")
    expect(chat.notice).to_be_empty()


def test_it_tries_again_ever_more_slowly(visit):
    chat = visit()
    chat.page.clock.install()
    chat.open()
    tried = []
    chat.page.route("**/web/session", lambda route: (tried.append(chat.page.evaluate("Date.now()")), route.abort()))
    chat.say(QUESTION)
    for _ in range(60):
        chat.page.clock.run_for(1_000)
        chat.page.wait_for_timeout(20)
    gaps = [after - before for before, after in pairwise(tried)]
    assert len(tried) == 6, gaps  # at once, and in a minute 1 to 1.25 s later, then twice as long each time
    assert gaps == sorted(gaps), gaps


def test_the_owner_chooses_title_greeting_questions_colour_position_and_words(visit, publish, website):
    strings = json.dumps({"send": "Enviar", "input": "Su pregunta"})
    chat = visit(
        publish(
            website,
            "data-title='Orientador' data-greeting='¡Hola! **Pregunte**.' data-starters='[\"¿Qué es?\"]' lang='es' "
            f"data-color='gold' data-position='start' data-lang='es' data-strings='{strings}'",
        )
    ).open()
    expect(chat.page.get_by_role("dialog", name="Orientador")).to_be_visible()
    expect(chat.said.first).to_have_text("¡Hola! Pregunte.")
    expect(chat.suggestions).to_have_text(["¿Qué es?"])
    expect(chat.page.get_by_role("textbox", name="Su pregunta")).to_be_visible()
    send = chat.page.get_by_role("button", name="Enviar")
    assert send.evaluate("(send) => getComputedStyle(send).backgroundColor") == "rgb(255, 215, 0)"
    assert chat.panel.bounding_box()["x"] < 100


@pytest.mark.parametrize("storage", ["localStorage", "sessionStorage"])
def test_without_storage_it_lasts_as_long_as_the_page(visit, browser, advisor, storage):
    chat = visit()
    chat.page.add_init_script(
        f"Object.defineProperty(window, '{storage}', {{ get() {{ throw new DOMException('no', 'SecurityError'); }} }})"
    )
    chat.page.reload()
    chat.open()
    assert OVERVIEW in chat.ask(QUESTION).inner_text()
    expect(chat.ask("and is it dangerous?")).to_contain_text("dangerous area")
