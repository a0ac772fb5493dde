"""What the environment may say, and what it is told where it says something else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.settings import HELP, Settings, SettingsError

URL = "http://127.0.0.1:1"


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, and an environment that says nothing."""
    for name in os.environ:
        if name.startswith(("ADVISOR_", "SLACK_")) or name in ("HOST", "PORT", "DATABASE_URL"):
            monkeypatch.delenv(name)
    monkeypatch.setattr("bot.settings.VAR", tmp_path / "var")
    return tmp_path / "var"


@pytest.mark.parametrize(
    ("name", "default", "value"),
    [
        ("ADVISOR_ORIGINS", "", "https://www.example.org, http://localhost:8000"),
        ("ADVISOR_HOSTS", "", "advisor.example.org,*.example.com,localhost,10.0.0.1"),
        ("ADVISOR_PROXIES", "0", "1"),
        ("ADVISOR_RETENTION", "30", "3650"),
        ("ADVISOR_LOG_LEVEL", "info", "warning"),
        ("ADVISOR_LOG_FORMAT", "text", "json"),
        ("ADVISOR_LOG_SIZE", "10", "1"),
        ("ADVISOR_LOG_AGE", "30", "1"),
        ("ADVISOR_PRIVATE_PORT", "0", "5006"),
        ("ADVISOR_DESK_PORT", "0", "5007"),
        ("ADVISOR_DESK_HOST", "127.0.0.1", "::1"),
        ("ADVISOR_DESK_HEADER", "", "X-Forwarded-User"),
        ("ADVISOR_DESK_PROXIES", "", "10.0.0.5,::1"),
    ],
)
def test_a_setting_reaches_the_server(monkeypatch, name, default, value):
    assert Settings.of_environment().environment(URL)[name] == default
    monkeypatch.setenv(name, value)
    assert Settings.of_environment().environment(URL)[name] == value


def test_host_names_are_written_alike(monkeypatch):
    monkeypatch.setenv("ADVISOR_HOSTS", " Advisor.Example.org ,, www.example.org ")
    assert Settings.of_environment().hosts == "advisor.example.org,www.example.org"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "zero"),
        ("PORT", "70000"),
        ("PORT", "٥٠٠٥"),
        ("ADVISOR_ORIGINS", "www.example.org"),
        ("ADVISOR_ORIGINS", "*"),
        ("ADVISOR_ORIGINS", "https://example.org/careers"),
        ("ADVISOR_HOSTS", "https://example.org"),
        ("ADVISOR_HOSTS", "example.org:5005"),
        ("ADVISOR_HOSTS", "*"),
        ("ADVISOR_HOSTS", "exa mple.org"),
        ("ADVISOR_HOSTS", "-example.org"),
        ("ADVISOR_PROXIES", "two"),
        ("ADVISOR_PROXIES", "-1"),
        ("ADVISOR_RETENTION", "0"),
        ("ADVISOR_RETENTION", "3651"),
        ("ADVISOR_RETENTION", "1.5"),
        ("ADVISOR_LOG_LEVEL", "loud"),
        ("ADVISOR_LOG_FORMAT", "JSON"),
        ("ADVISOR_LOG_SIZE", "0"),
        ("ADVISOR_LOG_AGE", "a month"),
        ("ADVISOR_PRIVATE_PORT", "65536"),
        ("ADVISOR_PRIVATE_PORT", "5005"),
        ("ADVISOR_DESK_PORT", "5005"),
        ("ADVISOR_DESK_PORT", "-1"),
        ("ADVISOR_DESK_HEADER", "X-User: ada"),
        ("ADVISOR_DESK_PROXIES", "proxy.example.org"),
        ("ADVISOR_SECRET", "a" * 31),
        ("ADVISOR_WEBHOOK_SECRET", "a" * 31),
        ("ADVISOR_CONTACT", "the front desk"),
        ("ADVISOR_DATA", "no/such/folder"),
        ("ADVISOR_CONTACT", "javascript:alert(1)"),
        ("SLACK_GUESTS", "yes"),
        ("SLACK_MENTION_ONLY", "yes"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_in_one_sentence(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"^{name} .*[.]$") as refused:
        Settings.of_environment()
    assert "\n" not in str(refused.value)


def test_a_secret_that_is_refused_is_not_repeated(monkeypatch):
    monkeypatch.setenv("ADVISOR_SECRET", "hunter2")
    with pytest.raises(SettingsError) as refused:
        Settings.of_environment()
    assert "hunter2" not in str(refused.value)


def test_a_secret_is_made_and_kept_where_none_is_given(var):
    secret = Settings.of_environment().secret
    assert Settings.of_environment().secret == secret == (var / "secret").read_text()


def test_a_folder_that_cannot_be_written_is_one_sentence(monkeypatch):
    monkeypatch.setattr("bot.settings.VAR", Path("/sys/advisor"))
    with pytest.raises(SettingsError, match="^/sys/advisor cannot be written"):
        Settings.of_environment()


def test_the_action_server_gets_what_it_needs_and_no_secret_of_others(monkeypatch):
    for name in (
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "ADVISOR_SECRET",
        "ADVISOR_WEBHOOK_SECRET",
        "AWS_SECRET_ACCESS_KEY",
        "NOTIFY_SOCKET",
    ):
        monkeypatch.setenv(name, {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}.get(name, "a" * 40))
    monkeypatch.setenv("PGPASSWORD", "for PostgreSQL")
    passed = Settings.of_environment().actions_environment(URL, "the token")
    assert {name for name in passed if name.startswith(("SLACK", "ADVISOR", "AWS", "NOTIFY"))} == {
        "ADVISOR_ACTIONS_TOKEN",
        "ADVISOR_LOG_FORMAT",
        "ADVISOR_LOG_LEVEL",
        "ADVISOR_RETENTION",  # which it tells people
    }
    assert passed["ADVISOR_ACTIONS_TOKEN"] == "the token"
    assert passed["DATABASE_URL"].startswith("sqlite:///")
    assert passed["PGPASSWORD"] == "for PostgreSQL"
    assert {"PATH", "PYTHONPATH"} <= set(passed)


def test_both_servers_know_the_token():
    settings = Settings.of_environment()
    for passed in (settings.environment(URL, "the token"), settings.actions_environment(URL, "the token")):
        assert passed["ADVISOR_ACTIONS_TOKEN"] == "the token"


def test_systemds_socket_is_for_the_watcher_alone(monkeypatch):
    for name in ("NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC"):
        monkeypatch.setenv(name, "1")
    assert not {"NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC"} & set(Settings.of_environment().environment(URL))


def test_every_setting_is_in_the_help():
    passed = Settings.of_environment().environment(URL)
    ours = {name for name in passed if name.startswith("ADVISOR_") and "ACTIONS" not in name}
    ours |= {"ADVISOR_CONTACT", "ADVISOR_WEBHOOK_SECRET"}
    assert ours - {line.split()[0] for line in HELP.splitlines()} == set()
