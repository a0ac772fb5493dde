"""What the environment may say, and what it is told where it says something else."""

from __future__ import annotations

import pytest

from bot.settings import Settings, SettingsError


def test_the_websites_that_may_use_the_widget_reach_the_servers(monkeypatch):
    monkeypatch.setenv("ADVISOR_ORIGINS", "https://www.example.org, http://localhost:8000")
    monkeypatch.setenv("ADVISOR_PROXIES", "1")
    passed = Settings.of_environment().environment("http://127.0.0.1:1")
    assert passed["ADVISOR_ORIGINS"] == "https://www.example.org, http://localhost:8000"
    assert passed["ADVISOR_PROXIES"] == "1"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ADVISOR_ORIGINS", "www.example.org"),
        ("ADVISOR_ORIGINS", "*"),
        ("ADVISOR_ORIGINS", "https://example.org/careers"),
        ("ADVISOR_PROXIES", "two"),
        ("ADVISOR_PROXIES", "-1"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"^{name} "):
        Settings.of_environment()
