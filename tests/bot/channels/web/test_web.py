"""The website's channel of a running advisor: answered once and in order, and whatever is wrong refused clearly."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress

import pytest

from bot.channels import session
from bot.channels.web.page import FILES

QUESTION = "what does a production technician do?"
OVERVIEW = "sets-up, tests, and adjusts"
SECRET = "a secret of the tests, and of nobody else"
FOREIGN = {"Origin": "https://evil.example"}
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def visitor(advisor) -> dict[str, str]:
    """The headers of somebody who has just come."""
    return advisor.visitor()


def head(advisor, method: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None):
    """Status, headers and body of an answer, as they come over the wire."""
    connection = http.client.HTTPConnection("127.0.0.1", advisor.port, timeout=30)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, answer.headers, content


# -- what is answered --


def test_an_answer_comes_line_by_line_and_ends(advisor, visitor):
    first, reply, last = advisor.chat(QUESTION, visitor, "m1")
    assert (first["type"], reply["type"], last["type"]) == ("typing", "reply", "end")
    assert reply["id"] == "m1.1"
    assert OVERVIEW in reply["text"]
    assert "Source:" not in reply["text"]
    assert reply["sources"][0]["line"] == 1
    assert {"title", "payload"} == set(reply["buttons"][0])


def test_the_first_line_comes_before_the_answer(advisor, visitor):
    body = json.dumps({"id": "m1", "text": QUESTION}).encode()
    request = urllib.request.Request(f"{advisor.url}/web/message", body, {**visitor, **JSON})
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert json.loads(answer.readline()) == {"type": "typing"}
        assert advisor.history(visitor) == []


def test_a_message_sent_again_is_not_asked_again(advisor, visitor):
    first = advisor.chat(QUESTION, visitor, "m1")
    assert advisor.chat(QUESTION, visitor, "m1") == first
    assert [entry["id"] for entry in advisor.history(visitor)] == ["m1", "m1.1"]


def test_a_message_sent_many_times_at_once_is_asked_once(advisor, visitor):
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: advisor.chat(QUESTION, visitor, "m1"), range(6)))
    assert all(answer == answers[0] for answer in answers)
    assert [entry["id"] for entry in advisor.history(visitor)] == ["m1", "m1.1"]


def test_an_answer_nobody_waited_for_is_there_when_the_message_is_sent_again(advisor, visitor):
    body = json.dumps({"id": "m1", "text": QUESTION}).encode()
    connection = http.client.HTTPConnection("127.0.0.1", advisor.port, timeout=30)
    connection.request("POST", "/web/message", body, {**visitor, **JSON})
    connection.sock.shutdown(socket.SHUT_RDWR)
    connection.close()
    assert OVERVIEW in advisor.chat(QUESTION, visitor, "m1")[1]["text"]
    assert [entry["id"] for entry in advisor.history(visitor)] == ["m1", "m1.1"]


def test_messages_of_one_visitor_are_answered_in_order(advisor, visitor):
    questions = [QUESTION, "which skills does it need?", "is it dangerous?", "what does it pay?"]

    def ask(number: int) -> None:
        time.sleep(number * 0.02)
        advisor.chat(questions[number], visitor, f"m{number}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ask, range(4)))
    assert [entry["text"] for entry in advisor.history(visitor) if entry["who"] == "person"] == questions


def test_the_conversation_can_be_read_again_with_what_was_pressed(advisor, visitor):
    button = advisor.chat(QUESTION, visitor, "m1")[1]["buttons"][0]
    advisor.chat(button["payload"], visitor, "m2")
    person, reply, pressed, _ = advisor.history(visitor)
    assert (person["who"], person["text"]) == ("person", QUESTION)
    assert (reply["who"], reply["sources"][0]["line"], reply["helpful"]) == ("advisor", 1, None)
    assert pressed["text"] == button["title"]


def test_a_cleared_conversation_is_forgotten(advisor, visitor):
    advisor.chat("which skills does it need?", visitor, "m1")
    assert head(advisor, "DELETE", "/web/history", visitor)[0] == 200
    assert advisor.get("/web/history", visitor) == (401, {"error": "The session has ended."})
    assert advisor.post("/web/message", {"id": "m2", "text": "what else?"}, visitor)[0] == 401


def test_a_long_conversation_is_read_in_pages(advisor):
    visitor = advisor.visitor("203.0.113.8")
    for number in range(40):
        body = {"id": f"m{number}", "text": f"hello number {number}"}
        while advisor.post("/web/message", body, visitor)[0] == 429:
            time.sleep(1)
    last = advisor.get("/web/history", visitor)[1]
    first = advisor.get(f"/web/history?before={last['before']}", visitor)[1]
    assert first["before"] is None
    asked = [each["text"] for each in first["entries"] + last["entries"] if each["who"] == "person"]
    assert asked == [f"hello number {number}" for number in range(40)]


@pytest.mark.parametrize("before", ["x", "-1", "", "1" * 30, "٣"])
def test_a_page_that_is_none_is_refused(advisor, visitor, before):
    assert advisor.get(f"/web/history?before={urllib.parse.quote(before)}", visitor)[0] == (200 if not before else 400)


def test_a_session_that_is_used_is_renewed(advisor):
    token = session.issue(SECRET, session="somebody", now=time.time() - session.RENEWED - 5)
    status, headers, _ = head(advisor, "GET", "/web/history", {"Authorization": f"Bearer {token}"})
    renewed = headers["X-Advisor-Token"]
    assert status == 200
    assert session.opened(SECRET, renewed).id == "somebody"
    assert head(advisor, "GET", "/web/history", {"Authorization": f"Bearer {renewed}"})[1]["X-Advisor-Token"] is None


def test_feedback_is_kept_and_can_be_changed(advisor, visitor):
    advisor.chat(QUESTION, visitor, "m1")
    for opinion in ({"helpful": False}, {"helpful": True, "why": "short\x00 and clear"}):
        assert advisor.post("/web/feedback", {"answer": "m1.1", **opinion}, visitor) == (200, {"kept": True})
    assert advisor.history(visitor)[1]["helpful"] is True


# -- what is refused --


def forged(now: float | None = None, secret: str = SECRET) -> str:
    return session.issue(secret, now=now)


@pytest.mark.parametrize(
    ("token", "why"),
    [
        (None, "malformed"),
        ("é", "malformed"),
        ("1.x.9999999999.forged", "not one of ours"),
        (forged(secret="guessed"), "not one of ours"),
        (forged(now=0), "expired"),
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/web/message"), ("GET", "/web/history"), ("DELETE", "/web/history"), ("POST", "/web/feedback")],
)
def test_a_token_has_to_be_ours_and_of_this_month(advisor, token, why, method, path):
    headers = {**JSON, **({"Authorization": f"Bearer {token}".encode()} if token else {})}
    status, _, content = head(advisor, method, path, headers, b'{"id": "m1", "text": "hi"}')
    assert status == 401
    assert why in json.loads(content)["error"]


def test_a_token_put_together_from_two_opens_neither(advisor, visitor):
    mine, other = (each["Authorization"].split(".") for each in (visitor, advisor.visitor()))
    for swapped in ([mine[0], other[1], *mine[2:]], [*mine[:3], other[3]]):
        assert advisor.get("/web/history", {"Authorization": ".".join(swapped)})[0] == 401


def test_a_visitor_reads_and_judges_no_conversation_but_their_own(advisor, visitor):
    advisor.chat(QUESTION, visitor, "m1")
    stranger = advisor.visitor()
    assert advisor.history(stranger) == []
    assert advisor.post("/web/feedback", {"answer": "m1.1", "helpful": True}, stranger)[0] == 404


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "JSON object"),
        (b"{", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 50_000, "not JSON"),
        (b"[]", "JSON object"),
        (b'"text"', "JSON object"),
        (b"{}", "`id`"),
        (b'{"id": "m1", "text": 5}', "`text`"),
        (b'{"text": "hi"}', "`id`"),
        (b'{"id": "a b", "text": "hi"}', "`id`"),
        (json.dumps({"id": "x" * 65, "text": "hi"}).encode(), "`id`"),
    ],
)
def test_a_body_that_cannot_be_read_gets_one_clear_sentence(advisor, visitor, body, why):
    status, answer = advisor.post("/web/message", body, visitor)
    assert status == 400
    assert why in answer["error"]


@pytest.mark.parametrize(
    "body",
    [
        {"answer": "m1.1"},
        {"answer": "m1.1", "helpful": "yes"},
        {"answer": "m1.1", "helpful": True, "why": "x" * 501},
        {"answer": "m1.1", "helpful": True, "why": None},
    ],
)
def test_feedback_that_is_none_is_refused(advisor, visitor, body):
    assert advisor.post("/web/feedback", body, visitor)[0] == 400


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""])
@pytest.mark.parametrize("path", ["/web/session", "/web/message", "/web/feedback"])
def test_only_json_is_taken_which_no_form_can_send(advisor, visitor, path, kind):
    status, answer = advisor.post(path, {"id": "m1", "text": "hi"}, {**visitor, "Content-Type": kind})
    assert status == 415
    assert "application/json" in answer["error"]


def test_a_body_of_a_megabyte_is_refused(advisor, visitor):
    body = json.dumps({"id": "m1", "text": "x" * 1_000_000})
    with closing(http.client.HTTPConnection("127.0.0.1", advisor.port, timeout=60)) as connection:
        with suppress(BrokenPipeError):  # it is refused by its length, before all of it was sent
            connection.request("POST", "/web/message", body, {"Content-Type": "application/json", **visitor})
        refused = connection.getresponse()
        assert (refused.status, json.load(refused)) == (413, {"error": "The request is too large."})


def test_a_message_that_is_too_long_gets_a_polite_answer(advisor, visitor):
    assert "2,000 characters" in advisor.chat("why " * 600, visitor)[1]["text"]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "[a](javascript:alert(1))", "\ud83d", "{{7*7}}", "\x00"])
def test_odd_text_is_answered_like_any_other(advisor, visitor, text):
    lines = advisor.chat(text, visitor)
    assert [line["type"] for line in lines] == ["typing", "reply", "end"]
    assert "script" not in lines[1]["text"]


def test_a_flood_from_one_session_is_stopped_and_others_are_answered(advisor):
    visitor = advisor.visitor("203.0.113.1")
    headers = {**visitor, **JSON}
    connection = http.client.HTTPConnection("127.0.0.1", advisor.port, timeout=30)
    statuses, waits = [], set()
    for number in range(10_000):
        # those that are let through are refused for their id, so that the advisor need not answer them
        connection.request("POST", "/web/message", b'{"id": "", "text": "hi"}', headers)
        answer = connection.getresponse()
        answer.read()
        statuses.append(answer.status)
        waits.add(answer.headers["Retry-After"])
        if number == 5000:
            began = time.monotonic()
            assert OVERVIEW in advisor.chat(QUESTION, advisor.visitor("203.0.113.1"))[1]["text"]
            assert time.monotonic() - began < 10
    connection.close()
    assert set(statuses) == {400, 429}
    assert statuses.count(400) <= 20 + 20  # the burst, and what fills up meanwhile
    assert waits <= {None, "1", "2", "3"}


def test_an_address_gets_only_so_many_sessions(advisor):
    visitor = {"X-Forwarded-For": "203.0.113.2"}
    statuses = [advisor.post("/web/session", {}, visitor)[0] for _ in range(130)]
    assert set(statuses) == {200, 429}
    assert advisor.post("/web/session", {}, {"X-Forwarded-For": "203.0.113.3"})[0] == 200


@pytest.mark.parametrize("path", ["/web/session", "/web/message", "/web/history", "/web/feedback"])
def test_a_website_that_is_not_allowed_is_refused_outright(advisor, visitor, path):
    method = "GET" if path == "/web/history" else "POST"
    status, headers, content = head(advisor, method, path, {**visitor, **JSON, **FOREIGN}, b"{}")
    assert status == 403
    assert json.loads(content) == {"error": "This website may not use the advisor; its owner can allow it."}
    assert headers["Access-Control-Allow-Origin"] == FOREIGN["Origin"]  # so that its page can say why
    assert head(advisor, "OPTIONS", path, FOREIGN)[0] == 204  # else a browser would not even ask


def test_an_allowed_website_may_ask_and_read_the_refusals_too(advisor, website):
    status, headers, _ = head(advisor, "OPTIONS", "/web/message", {"Origin": website})
    assert (status, headers["Access-Control-Allow-Origin"]) == (204, website)
    status, headers, _ = head(advisor, "POST", "/web/message", {"Origin": website, **JSON}, b"{}")
    assert (status, headers["Access-Control-Allow-Origin"]) == (401, website)
    status, headers, _ = head(advisor, "POST", "/web/message", {"Origin": website, **JSON}, b" " * 200_000)
    assert (status, headers["Access-Control-Allow-Origin"]) == (413, website)


def test_its_own_page_may_ask(advisor):
    assert head(advisor, "POST", "/web/session", {"Origin": advisor.url, **JSON}, b"{}")[0] == 200


# -- the pages --


@pytest.mark.parametrize("path", ["/", *FILES])
def test_pages_come_packed_with_strict_headers_and_only_once(advisor, path):
    status, headers, content = head(advisor, "GET", path, {"Accept-Encoding": "gzip"})
    assert status == 200
    assert gzip.decompress(content) == head(advisor, "GET", path)[2]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert head(advisor, "GET", path, {"If-None-Match": headers["ETag"]})[0] == 304
    assert head(advisor, "HEAD", path)[::2] == (200, b"")


def test_the_demo_page_is_held_to_trusted_types(advisor):
    policy = head(advisor, "GET", "/")[1]["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy


def test_the_widget_is_under_fourteen_kilobytes_packed(advisor):
    content = head(advisor, "GET", "/widget.js", {"Accept-Encoding": "gzip"})[2]
    assert len(content) < 14_000


@pytest.mark.parametrize(
    "path",
    [
        "/config.yml",
        "/../config.yml",
        "/%2e%2e/config.yml",
        "/widget.js/../../settings.py",
        "/demo.html",
        "/widget.js/",
        "/..%2f..%2fetc%2fpasswd",
        "/etc//passwd",
        "/widget/widget.js",
    ],
)
def test_nothing_else_is_served_from_disk(advisor, path):
    status, headers, content = head(advisor, "GET", path)
    assert (status, json.loads(content)) == (404, {"error": "There is nothing at this address."})
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(("method", "path"), [("PUT", "/web/message"), ("GET", "/web/session"), ("POST", "/")])
def test_a_method_that_an_address_does_not_have_is_refused(advisor, method, path):
    assert head(advisor, method, path)[0] == 405
