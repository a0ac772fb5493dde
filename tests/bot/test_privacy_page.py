"""The page that tells people what is kept of them: true to the settings, plain, and open to nothing from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from bot import privacy_page
from bot.owner import Owner


class Reader(HTMLParser):
    """The tags of a page, each with what it is told, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def read(**environ: str) -> Reader:
    return Reader(privacy_page.page(environ))


def test_the_page_tells_the_days_of_the_settings():
    words = " ".join(read(ADVISOR_RETENTION="1", ADVISOR_LOG_AGE="12").words.split())
    assert "for 7 days after you last used it" in words
    assert "matched with a job. It is kept for 1 day." in words
    assert "They are kept for 12 days." in words
    assert "It is kept for 30 days." in " ".join(read().words.split())


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "/career forget"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_GUESTS": "1"}, "People of other workspaces"),
        ({"ADVISOR_REST": "1"}, "Programs can ask the advisor too."),
        ({"ADVISOR_LOG_LEVEL": "debug"}, "What you write is in the logs too"),
    ],
)
def test_it_tells_what_is_switched_on_and_nothing_of_the_rest(environ, sentence):
    assert sentence in read(**environ).words
    assert sentence not in read().words
    assert sentence not in read(SLACK_GUESTS="1").words


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("privacy@example.org", "mailto:privacy@example.org"),
        (" https://example.org/privacy?a=1&b=2 ", "https://example.org/privacy?a=1&b=2"),
        ("the front desk", None),
        ("javascript:alert(1)", None),
        ('"><script>alert(1)</script>@example.org', None),
        ("", None),
    ],
)
def test_it_tells_whom_to_ask_and_links_to_addresses_only(contact, link):
    page = read(ADVISOR_CONTACT=contact)
    assert [told["href"] for tag, told in page.tags if tag == "a"] == ([link] if link else [])
    assert contact.strip() in page.words
    assert not [tag for tag, _ in page.tags if tag == "script"]


def test_it_is_one_page_with_a_language_a_title_and_its_headings_in_order():
    page = read(SLACK_BOT_TOKEN="xoxb-1", SLACK_GUESTS="1", ADVISOR_REST="1")
    tags = [tag for tag, _ in page.tags]
    assert ("html", {"lang": "en"}) in page.tags
    assert {tag: tags.count(tag) for tag in ("title", "main", "h1")} == {"title": 1, "main": 1, "h1": 1}
    assert [tag for tag in tags if re.fullmatch("h[1-6]", tag)] == ["h1", *["h2"] * 5]
    assert "<!--" not in privacy_page.page({})
    assert "$" not in page.words


def test_nothing_of_it_comes_from_elsewhere_and_only_its_own_style_is_let_in():
    html = privacy_page.page({})
    policy = privacy_page.policy(html)
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; .*frame-ancestors 'none'", policy)
    assert privacy_page.policy(html.replace("max-width", "width")) != policy
    assert not {"src", "style", "onclick"} & {name for _, told in Reader(html).tags for name in told}


def test_it_tells_where_a_question_goes_that_is_left_for_people():
    def words(**settings: str) -> str:
        return " ".join(Reader(privacy_page.page({}, Owner(**settings))).words.split())

    told = "If you leave a question for people"
    assert told not in words()
    slack = words(leads_slack_channel="C012AB3CD", leads_name="the <b>centre</b>")
    assert told in slack
    assert "passes a question of yours on to the <b>centre</b>:" in slack
    assert "a channel of theirs in Slack" in slack
    assert "a program of theirs" not in slack
    assert "a program of theirs" in words(leads_webhook="https://example.org/questions")


def test_it_has_the_owners_word_and_whom_the_owner_names():
    owner = Owner(notice_privacy="We are <us>.\nAsk us.", help_mail="privacy@example.org")
    page = Reader(privacy_page.page({"ADVISOR_CONTACT": "old@example.org"}, owner))
    assert "We are <us>." in page.words
    assert [tag for tag, _ in page.tags].count("br") == 1
    assert ("a", {"href": "mailto:privacy@example.org"}) in page.tags
    assert "old@example.org" not in page.words
