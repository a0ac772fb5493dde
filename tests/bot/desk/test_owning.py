"""The owner's settings as a form, and the widget's tag and preview with them."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import pytest

from bot.desk.app import create_app
from bot.desk.serve import options_of
from bot.owner import OwnerSettings
from bot.settings import Settings
from tests.bot.desk.conftest import SECRET, Browser, words


def test_what_is_set_reaches_the_advisor_and_the_tag(owner, url, desk):
    owner.post(
        "/desk/settings", {"title": 'Ask "us"', "starters": "What is it?\r\nWhat does it pay?", "color": "#0b5c63"}
    )
    assert OwnerSettings(url).get("starters") == ("What is it?", "What does it pay?")
    page = unescape(unescape(owner.get("/desk/settings").text))
    assert 'data-title="Ask "us""' in page
    assert 'data-starters="["What is it?", "What does it pay?"]"' in page
    assert "changed settings" in words(owner.get("/desk/log"))


@pytest.mark.parametrize(
    ("hosts", "src"),
    [
        ("*.example.com,advisor.example.org,desk.example.org", "https://advisor.example.org/widget.js"),
        ("*.example.com", "https://ADVISOR/widget.js"),
        ("", "https://ADVISOR/widget.js"),
    ],
)
def test_the_tag_leads_to_where_visitors_reach_the_advisor(store, url, desk, monkeypatch, hosts, src):
    monkeypatch.setenv("ADVISOR_SECRET", SECRET)
    settings = replace(Settings.of_environment(), database_url=url, hosts=hosts)
    browser = Browser(create_app(options_of(settings, "127.0.0.1")).test_client())
    browser.sign_in("owner")
    page = unescape(browser.get("/desk/settings").text)
    assert f'<script src="{src}"' in page
    assert ("in place of https://ADVISOR" in page) == ("ADVISOR/" in src)


def test_what_cannot_be_set_says_why_beside_its_field_and_the_rest_is_set(owner, url):
    answer = owner.post("/desk/settings", {"help_mail": "nobody", "title": "Ask us"})
    assert answer.status_code == 422
    assert "has to be an e-mail address" in words(answer)
    assert 'value="nobody"' in answer.text
    assert OwnerSettings(url).get("title") == "Ask us"


def test_what_is_emptied_is_taken_away(owner, url):
    owner.post("/desk/settings", {"title": "Ask us"})
    owner.post("/desk/settings", {"title": ""})
    assert not OwnerSettings(url).get("title")


def test_the_settings_are_for_owners(editor):
    for path in ("/desk/settings", "/desk/settings/preview", "/desk/settings/widget.js"):
        assert editor.get(path).status_code == 403


def test_the_preview_has_the_widget_as_it_is_set_and_nothing_of_a_hostile_value(owner):
    page = owner.get('/desk/settings/preview?title="><script>alert(1)</script>').text
    assert "<script>alert" not in page
    assert "/desk/settings/widget.js" in page
    assert owner.get("/desk/settings/widget.js").mimetype == "text/javascript"


def test_a_setting_that_there_is_not_is_passed_over(owner, url):
    owner.post("/desk/settings", {"no_such": "x", "__class__": "x"})
    assert "Nothing was changed." in words(owner.get("/desk/settings"))
