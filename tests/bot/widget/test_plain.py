"""The plain page: a whole conversation by forms alone, in a browser that runs no script, and whatever is sent to it."""

from __future__ import annotations

import http.client
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.channels.web.widget import PARTS
from tests.bot.widget.chat import OVERVIEW, QUESTION
from tests.bot.widget.test_accessibility import RULES

DOMAIN = Path("domain.yml")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def plain(browser, advisor) -> Page:
    """The page in a browser without scripts."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{advisor.url}/plain")
    yield page
    context.close()


def say(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Your question").fill(text)
    page.get_by_role("button", name="Send").click()


def post(advisor, fields: dict[str, str] | bytes, headers: dict[str, str] = FORM) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", advisor.port, timeout=30)
    body = fields if isinstance(fields, bytes) else urlencode(fields)
    connection.request("POST", "/plain", body, headers)
    answer = connection.getresponse()
    content = answer.read().decode()
    connection.close()
    return answer.status, content


def token_of(html: str) -> str:
    return re.search(r'name="token" value="([^"]*)"', html)[1]


def test_a_whole_conversation_without_a_script(plain):
    say(plain, QUESTION)
    expect(plain.get_by_role("heading", name=f"You: {QUESTION}")).to_be_visible()
    expect(plain.locator("main")).to_contain_text(OVERVIEW)
    expect(plain.locator("blockquote").first).to_contain_text("Source: Production Technician career page")
    options = plain.locator("form:nth-of-type(2) button")
    title = options.first.inner_text()
    options.first.click()
    expect(plain.get_by_role("heading", name=f"You: {title}")).to_be_visible()
    expect(plain.get_by_role("heading", level=2)).to_have_count(2)
    plain.get_by_role("button", name="Clear the conversation").click()
    expect(plain.get_by_role("heading", level=2)).to_have_count(2)  # not yet
    plain.get_by_role("button", name="Clear it for good? Press again").click()
    expect(plain.get_by_role("alert")).to_have_text("The conversation is cleared.")
    expect(plain.get_by_role("heading", level=2)).to_have_count(0)


def test_sent_again_by_a_reload_it_is_not_asked_again(plain):
    say(plain, QUESTION)
    expect(plain.get_by_role("heading", level=2)).to_have_count(1)
    plain.reload()
    expect(plain.get_by_role("heading", level=2)).to_have_count(1)


def test_axe_finds_nothing(browser, advisor):
    page = browser.new_context().new_page()
    page.goto(f"{advisor.url}/plain")
    for _ in range(2):
        found = Axe().run(page, options=RULES).response["violations"]
        assert [each["id"] for each in found] == []
        say(page, QUESTION)
        expect(page.locator("blockquote").first).to_be_visible()
    page.context.close()


def test_what_is_too_long_stays_in_the_field_which_says_by_how_much(plain):
    say(plain, QUESTION)
    field = plain.get_by_role("textbox", name="Your question")
    say(plain, "y" * 2003)
    expect(field).to_have_value("y" * 2003)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Too long by 3: at most 2,000 characters.")
    expect(plain.get_by_role("heading", level=2)).to_have_count(1)


def test_its_words_are_the_widgets(plain):
    words = dict(re.findall(r'^  (\w+): "(.*)",$', (PARTS / "options.js").read_text(encoding="utf-8"), re.MULTILINE))
    said = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))["responses"]
    for response, name in {"utter_cleared": "cleared", "utter_ended": "ended", "utter_too_long_by": "tooLong"}.items():
        assert said[response][0]["text"] == words[name]
    say(plain, QUESTION)
    plain.get_by_role("textbox", name=words["input"]).wait_for()
    plain.get_by_role("button", name=words["send"]).wait_for()
    plain.get_by_role("button", name=words["clear"]).click()
    plain.get_by_role("button", name=words["clearSure"]).wait_for()


def test_nothing_is_kept_before_somebody_writes(advisor):
    status, html = post(advisor, {"token": "", "id": "m1", "text": "  "})
    assert status == 200
    assert token_of(html) == ""


def test_what_people_say_is_escaped(advisor):
    status, html = post(advisor, {"token": "", "id": "m1", "text": 'is 3 < 4 & "5" <script>alert(1)</script>?'})
    assert status == 200
    assert "<script" not in html
    assert "is 3 &lt; 4 &amp; &quot;5&quot;" in html


def test_a_session_that_is_over_begins_anew_and_says_so(advisor):
    status, html = post(advisor, {"token": "1.forged.9999999999.x", "id": "m1", "text": QUESTION})
    assert status == 200
    assert OVERVIEW in html
    assert "Your earlier conversation has ended." in html


@pytest.mark.parametrize(
    ("fields", "headers", "status"),
    [
        ({"id": "m1", "text": "x" * 200_000}, FORM, 413),
        ({"id": "m 1!", "text": QUESTION}, FORM, 400),
        (b"{}", {"Content-Type": "application/json"}, 415),
        (b"\xff\xfe%zz=%", FORM, 200),
        ({"id": "m1", "text": "y" * 3000}, FORM, 200),
    ],
    ids=["huge", "no id of ours", "no form", "broken", "too long a message"],
)
def test_what_is_malformed_gets_a_clear_answer(advisor, fields, headers, status):
    assert post(advisor, fields, headers)[0] == status


def test_the_page_of_a_foreign_website_cannot_ask_by_its_form(advisor):
    fields = {"token": "", "id": "m1", "text": QUESTION}
    assert post(advisor, fields, {**FORM, "Origin": "https://evil.example"})[0] == 403
    assert post(advisor, fields, {**FORM, "Origin": advisor.url})[0] == 200


def test_its_headers_let_it_post_to_itself_and_nothing_else(advisor):
    connection = http.client.HTTPConnection("127.0.0.1", advisor.port, timeout=30)
    connection.request("GET", "/plain")
    policy = connection.getresponse().getheader("Content-Security-Policy")
    assert policy.startswith("default-src 'none'")
    assert "form-action 'self'" in policy
    assert "script-src" not in policy
