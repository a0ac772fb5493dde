"""What an owner can set: kept, read afresh, refused in one sentence where it cannot be."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, insert

from bot.owner import KEYS, InvalidSetting, Owner, OwnerSettings
from bot.owner.__main__ import main
from bot.tables import OWNER


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path) -> str:
    """The address of an empty database."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_database")
    return f"sqlite:///{tmp_path / 'advisor.sqlite'}"


@pytest.fixture
def settings(tmp_path) -> OwnerSettings:
    """The settings of an empty database, in an environment that says nothing."""
    return OwnerSettings(f"sqlite:///{tmp_path / 'advisor.sqlite'}", environ={})


def test_what_is_set_is_kept_with_who_and_when(url):
    before = time.time()
    OwnerSettings(url, environ={}).set("help_phone", " +1 555 010 0199 ", by="ada")
    settings = OwnerSettings(url, environ={})
    [kept] = settings.kept()
    assert (settings.get("help_phone"), kept.key, kept.by) == ("+1 555 010 0199", "help_phone", "ada")
    assert before <= kept.at <= time.time()


def test_another_server_sees_a_change_within_two_seconds(url):
    one, other = OwnerSettings(url, environ={}), OwnerSettings(url, environ={})
    assert other.get("help_mail") == ""
    one.set("help_mail", "help@example.org")
    time.sleep(2)
    assert other.get("help_mail") == "help@example.org"


def test_what_is_set_anew_replaces_what_was_and_what_is_taken_away_is_gone(url):
    settings = OwnerSettings(url, environ={})
    settings.set("starters", ["What is it?", " What does it pay? ", ""])
    settings.set("starters", "How do I get in?")
    assert settings.get("starters") == ("How do I get in?",)
    assert [settings.unset("starters"), settings.unset("starters")] == [True, False]
    assert settings.all() == Owner()


def test_many_set_the_same_at_once(url):
    settings = OwnerSettings(url, environ={})
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: settings.set("title", f"Advisor {number}"), range(24)))
    assert settings.get("title").startswith("Advisor ")
    assert len(settings.kept()) == 1


@pytest.mark.parametrize(
    ("contact", "owner"),
    [
        ("help@example.org", Owner(help_mail="help@example.org")),
        ("https://example.org/help", Owner(help_page="https://example.org/help")),
        ("", Owner()),
    ],
)
def test_the_environment_stands_for_what_is_not_set(tmp_path, contact, owner):
    settings = OwnerSettings(f"sqlite:///{tmp_path / 'a.sqlite'}", environ={"ADVISOR_CONTACT": contact})
    assert settings.all() == owner
    settings.set("help_mail", "desk@example.org")
    assert settings.all() == Owner(help_mail="desk@example.org")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("help_page", "javascript:alert(1)"),
        ("help_page", "https://"),
        ("help_page", "https://example.org/a b"),
        ("help_page", "https://user:word@example.org/"),
        ("help_page", 'https://example.org/"onclick'),
        ("help_mail", "help at example.org"),
        ("help_mail", "<b>@example.org"),
        ("help_phone", "call us"),
        ("help_phone", "12"),
        ("help_hours", "a" * 201),
        ("help_hours", "nine\nfive"),
        ("help_hours", "nine\x00five"),
        ("help_hours", "  "),
        ("help_hours", 9),
        ("help_hours", None),
        ("leads_webhook", "http://example.org/leads"),
        ("leads_webhook", "http://127.0.0.1.example.org/"),
        ("leads_webhook", "ftp://127.0.0.1/"),
        ("leads_webhook", "https://[::1"),
        ("leads_slack_channel", "#general"),
        ("leads_slack_channel", "<!here>"),
        ("starters", []),
        ("starters", ["one", "two", "three", "four", "five"]),
        ("starters", ["a" * 76]),
        ("starters", [1]),
        ("starters", {"a": 1}),
        ("color", "red;background:url(x)"),
        ("theme", "sepia"),
    ],
)
def test_what_cannot_be_set_is_said_in_one_sentence(settings, key, value):
    with pytest.raises(InvalidSetting, match=rf"^{key} .*[.]$") as refused:
        settings.set(key, value)
    assert settings.kept() == []
    assert not isinstance(value, str) or "\x00" not in str(refused.value)


@pytest.mark.parametrize(
    "address", ["https://example.org/in?a=1", "http://127.0.0.1:8080/", "http://[::1]:1/", "http://localhost/x"]
)
def test_questions_may_be_posted_by_tls_or_on_the_same_computer(settings, address):
    settings.set("leads_webhook", address)
    assert settings.get("leads_webhook") == address


def test_a_key_that_there_is_not_is_named_with_those_that_there_are(settings):
    for ask in (settings.get, settings.unset, lambda key: settings.set(key, "x")):
        with pytest.raises(InvalidSetting, match="no setting “help”; there are help_page"):
            ask("help")


def test_a_row_that_is_no_longer_valid_is_passed_over_and_the_rest_holds(tmp_path, caplog):
    url = f"sqlite:///{tmp_path / 'a.sqlite'}"
    settings = OwnerSettings(url, environ={})
    settings.set("help_hours", "9 to 5")
    with create_engine(url).begin() as connection:
        for key, value in (("help_page", json.dumps("gopher://x")), ("title", "{"), ("older", json.dumps("x"))):
            connection.execute(insert(OWNER).values(key=key, value=value, by="", at=0.0))
    assert OwnerSettings(url, environ={}).all() == Owner(help_hours="9 to 5")


def test_slack_has_its_own_ways_or_those_of_all():
    owner = Owner(help_phone="+1 555 010 0199", help_hours="9 to 5")
    assert owner.help("slack") == owner.help("web") == {"phone": "+1 555 010 0199", "hours": "9 to 5"}
    in_slack = Owner(help_phone="+1 555 010 0199", slack_help_page="https://example.slack.com/archives/C0")
    assert in_slack.help("slack") == {"page": "https://example.slack.com/archives/C0"}
    assert in_slack.help("web") == in_slack.help("rest") == {"phone": "+1 555 010 0199"}


def test_hours_alone_are_no_way_to_anybody():
    assert Owner(help_hours="9 to 5").help("web") == {}


def test_every_setting_says_what_it_means_and_how_long_it_may_be():
    for rules in KEYS.values():
        assert rules["means"]
        assert 0 < rules["most"] <= 1000


@pytest.fixture
def environment(tmp_path, monkeypatch) -> None:
    """A command's environment with a database of its own."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'advisor.sqlite'}")
    monkeypatch.setattr("bot.settings.VAR", tmp_path / "var")
    for name in ("ADVISOR_CONTACT", "ADVISOR_WEBHOOK_SECRET", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(name, raising=False)


def test_the_command_sets_shows_and_takes_away(environment, capsys):
    assert main(["show"]) == 0
    assert capsys.readouterr().out == "Nothing is set.\n"
    assert main(["set", "leads_webhook", "https://example.org/leads"]) == 0
    assert capsys.readouterr().out.startswith(
        "leads_webhook is set. It takes effect where the advisor runs with ADVISOR_"
    )
    assert main(["show"]) == 0
    assert "leads_webhook: https://example.org/leads" in capsys.readouterr().out
    assert [main(["unset", "leads_webhook"]), main(["unset", "leads_webhook"])] == [0, 0]
    assert capsys.readouterr().out == "leads_webhook is taken away.\nleads_webhook was not set.\n"


def test_the_command_says_what_it_does_not_do(environment, capsys):
    assert main(["set", "theme", "sepia"]) == 1
    assert capsys.readouterr().err.startswith("theme is “sepia”")
    with pytest.raises(SystemExit) as asked_wrongly:
        main(["set", "theme"])
    assert asked_wrongly.value.code == 2
