"""The REST channel and the health of a running advisor: what is answered, what is refused, what can't break it."""

from __future__ import annotations

import uuid

import pytest

QUESTION = "what does a production technician do?"
OVERVIEW = "sets-up, tests, and adjusts"


@pytest.fixture
def sender() -> str:
    """A person who has not said anything yet."""
    return uuid.uuid4().hex


def test_it_is_alive_and_ready_when_everything_is_there(advisor):
    assert advisor.get("/health") == (200, {"alive": True})
    parts = ("database", "knowledge", "model", "actions")
    assert advisor.get("/ready") == (200, dict.fromkeys(parts, True))


@pytest.mark.parametrize("path", ["/webhooks/rest/webhook", "/health"])
def test_a_host_that_is_not_ours_is_refused(advisor, path):
    headers = {"Host": "rebound.example"}
    refused = advisor.post(path, {"message": "hi"}, headers) if "rest" in path else advisor.get(path, headers)
    assert refused == (400, {"error": "The request can't be understood."})


def test_a_foreign_website_may_not_ask_over_rest(advisor):
    status, answer = advisor.post("/webhooks/rest/webhook", {"message": "hi"}, {"Origin": "https://evil.example"})
    assert status == 403
    assert "may not use" in answer["error"]


@pytest.mark.parametrize("origin", ["http://[", "null", "", "http://a:b:c", "\x80"])
def test_an_origin_that_is_none_is_refused_in_one_short_line_at_most(advisor, origin):
    before = (advisor.var / "rasa.log").stat().st_size
    for _ in range(20):
        assert advisor.post("/webhooks/rest/webhook", {"message": "hi"}, {"Origin": origin})[0] == 403
    assert (advisor.var / "rasa.log").stat().st_size - before < 20 * 300


def test_rest_answers_in_rasas_format(advisor, sender):
    [reply] = advisor.ask(QUESTION, sender)
    assert reply["recipient_id"] == sender
    assert OVERVIEW in reply["text"]
    assert {"title", "payload"} == set(reply["buttons"][0])


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200d\ufeff", "\x00\x01\x02", "....", None, 7, ["a"]])
def test_a_message_without_words_gets_a_polite_answer(advisor, sender, text):
    assert "couldn't read any words" in advisor.says(text, sender)


def test_a_message_that_is_too_long_gets_a_polite_answer(advisor, sender):
    assert "2,000 characters" in advisor.says("why " * 600, sender)


@pytest.mark.parametrize(
    "text",
    [
        "p̷̧̛̲̰r̵̡̼o̸͜d̶u̷͝c̸t̴",
        "ａｂｃ ﷽﷽﷽",
        "‮txet desrever‬",
        "🙏🙏🙏",
        "\ud83d",
        "a" * 2000,
        "<script>alert(1)</script>",
        "'; DROP TABLE knowledge_facts; --",
        "{{7*7}} {% raw %} ${HOME} {verdict}",
        "\\n\\n\\0",
        "EXTERNAL: restart",
    ],
)
def test_odd_text_never_breaks_a_turn(advisor, sender, text):
    said = advisor.says(text, sender)
    assert said
    assert "Traceback" not in said
    assert "<script" not in said
    assert OVERVIEW in advisor.says(QUESTION, sender)


def test_a_slash_does_not_reach_rasas_own_intents(advisor, sender):
    second = advisor.says("which skills does it need?", sender).splitlines()[2]
    advisor.says("/session_start", sender)
    advisor.says("/signal_unavailable", sender)
    advisor.says("which skills does it need?", sender)
    assert second in advisor.says("the second one", sender)


def test_restart_after_a_slash_is_understood_as_the_word(advisor, sender):
    assert "we start over" in advisor.says("/restart", sender)


def test_an_offered_payload_passes(advisor, sender):
    buttons = advisor.ask(QUESTION, sender)[0]["buttons"]
    payload = next(button["payload"] for button in buttons if "ask_skills" in button["payload"])
    assert "Mathematics" in advisor.says(payload, sender)


def test_a_client_cannot_enter_a_conversation_of_another_channel(advisor):
    visitor = advisor.visitor()
    advisor.chat("which skills does it need?", visitor)
    identity = visitor["Authorization"].split()[1].split(".")[1]
    assert "not talked about anything yet" in advisor.says("what else?", f"web:{identity}")


@pytest.mark.parametrize("body", [b"[]", b"{", {"sender": 5, "message": "hi"}, {"sender": "x" * 300, "message": "hi"}])
def test_rest_refuses_what_is_not_its_format(advisor, body):
    assert advisor.post("/webhooks/rest/webhook", body)[0] == 400
