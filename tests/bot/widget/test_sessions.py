"""The session of a visitor: renewed by use, begun anew where it is over, and ended by clearing."""

from __future__ import annotations

import time
import urllib.request

from playwright.sync_api import Route, expect

from bot.channels import session
from tests.advisor import until
from tests.bot.widget.chat import OVERVIEW, QUESTION, Chat, bearer

DAY = 24 * 3600


def asked(advisor, token: str) -> list[str]:
    """What was asked in the session of a token."""
    return [entry["text"] for entry in advisor.history(bearer(token)) if entry["who"] == "person"]


def end(advisor, token: str) -> None:
    """End a session, as a tab elsewhere does."""
    request = urllib.request.Request(f"{advisor.url}/web/history", method="DELETE", headers=bearer(token))
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.status == 200


def another_tab(chat: Chat) -> Chat:
    return Chat(chat.context.new_page()).visit(chat.page.url).open()


def test_the_use_of_a_session_renews_it_for_all_tabs_and_nobody_loses_the_conversation(
    visit, advisor, remembered, signed
):
    session_id = remembered(2).split(".")[1]
    old = signed(session=session_id, now=time.time() - 2 * DAY)
    chat = visit().carry(old)
    chat.context.route("**/web/history", without_renewal)
    chat.open()
    second = another_tab(chat)
    for tab in (chat, second):
        expect(tab.answers).to_have_count(2)
        tab.answers.first.evaluate("(answer) => { answer.dataset.seen = 'before'; }")
    chat.context.unroute("**/web/history")
    assert chat.kept()["token"] == old
    chat.ask("is it dangerous?")
    renewed = chat.kept()["token"]
    assert renewed.split(".")[1] == session_id
    assert int(renewed.split(".")[2]) > time.time() + 6.9 * DAY
    expect(second.answers).to_have_count(3)
    with second.page.expect_request("**/web/message") as sent:
        second.ask("what does it pay?")
    assert sent.value.headers["authorization"] == f"Bearer {renewed}"
    expect(chat.answers).to_have_count(4)
    for tab in (chat, second):  # neither has built the conversation anew
        expect(tab.answers.first).to_have_attribute("data-seen", "before")
    chat.clear()
    expect(second.answers).to_have_count(0)


def without_renewal(route: Route) -> None:
    """Let an answer pass without the token that it brings."""
    answer = route.fetch()
    headers = {name: value for name, value in answer.headers.items() if name != "x-advisor-token"}
    route.fulfill(response=answer, headers=headers)


def test_looking_at_a_conversation_renews_its_session_also_on_another_website(
    visit, publish, website, remembered, signed
):
    known = remembered(2).split(".")[1]
    chat = visit(publish(website)).carry(signed(session=known, now=time.time() - 2 * DAY)).open()
    expect(chat.answers).to_have_count(2)
    until(lambda: int(chat.kept()["token"].split(".")[2]) > time.time() + 6.9 * DAY, 10)
    assert chat.kept()["token"].split(".")[1] == known


def test_a_session_that_was_cleared_does_not_come_back_with_a_late_renewal(visit, remembered, signed):
    chat = visit().carry(signed(session=remembered(2).split(".")[1], now=time.time() - 2 * DAY))
    with (
        chat.page.expect_response(
            lambda answer: answer.request.method == "GET" and "/web/history" in answer.url
        ) as late,
        chat.held("**/web/history", answered=True),
    ):
        chat.open()
        chat.clear()
    assert late.value.header_value("x-advisor-token")
    chat.page.wait_for_timeout(300)
    assert "token" not in chat.kept()
    expect(chat.answers).to_have_count(0)


def test_an_expired_session_is_renewed_and_the_message_sent_again(visit, advisor, signed):
    expired = signed(now=0)
    chat = visit().carry(expired).open()
    assert OVERVIEW in chat.ask(QUESTION).inner_text()
    assert chat.kept()["token"] != expired
    assert asked(advisor, chat.kept()["token"]) == [QUESTION]


def test_a_session_that_expires_in_mid_conversation_is_renewed_too(chat, advisor):
    chat.ask(QUESTION)
    chat.carry(session.issue("another secret"))
    expect(chat.ask("is it dangerous?")).to_contain_text("dangerous area")
    assert asked(advisor, chat.kept()["token"]) == ["is it dangerous?"]


def test_where_a_session_was_ended_elsewhere_another_begins_without_a_word(chat, advisor):
    chat.ask(QUESTION)
    token = chat.kept()["token"]
    end(advisor, token)
    chat.page.reload()
    expect(chat.suggestions).to_have_count(3)  # there is nothing to show
    assert "token" not in chat.kept()
    expect(chat.notice).to_be_empty()
    assert OVERVIEW in chat.ask(QUESTION).inner_text()
    fresh = chat.kept()["token"]
    assert fresh != token
    end(advisor, fresh)
    expect(chat.ask("is it dangerous?")).to_contain_text("dangerous area")
    expect(chat.asked).to_have_text([f"You: {QUESTION}", "You: is it dangerous?"])
    expect(chat.notice).to_be_empty()
    assert asked(advisor, chat.kept()["token"]) == ["is it dangerous?"]


def test_two_tabs_whose_session_was_ended_go_on_in_one(chat, advisor):
    chat.ask(QUESTION)
    second = another_tab(chat)
    expect(second.answers).to_have_count(1)
    with chat.held():
        chat.say("is it dangerous?")
        end(advisor, chat.kept()["token"])
        second.ask("what does it pay?")
        token = chat.kept()["token"]
    expect(chat.answers.filter(has_text="dangerous area")).to_have_count(1)
    assert chat.kept()["token"] == token
    assert asked(advisor, token) == ["what does it pay?", "is it dangerous?"]


def test_clearing_ends_the_session_and_the_next_message_begins_another(chat, advisor):
    chat.ask(QUESTION)
    token = chat.kept()["token"]
    with chat.page.expect_response("**/web/history"):
        chat.clear()
    assert advisor.get("/web/history", bearer(token))[0] == 401
    assert "token" not in chat.kept()
    chat.ask("is it dangerous?")
    assert chat.kept()["token"].split(".")[1] != token.split(".")[1]
    assert asked(advisor, chat.kept()["token"]) == ["is it dangerous?"]


def test_what_was_not_sent_and_then_cleared_begins_no_session(chat):
    begun = []
    chat.page.on("request", lambda request: begun.append(request.url) if "/web/session" in request.url else None)
    chat.ask(QUESTION)
    chat.context.set_offline(True)
    chat.say("is it dangerous?")
    expect(chat.notice).to_contain_text("You’re offline")
    chat.clear()
    expect(chat.notice).to_be_empty()  # what was cleared waits for nothing
    chat.context.set_offline(False)
    expect(chat.page.get_by_text("The conversation is cleared.")).to_be_visible()
    chat.page.wait_for_timeout(300)
    assert len(begun) == 1
    assert "token" not in chat.kept()
