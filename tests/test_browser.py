"""The tests' own browser: the one that is named, the one that is there, or one sentence on what to install."""

from __future__ import annotations

import os

import pytest

from tests import browser


def test_the_browser_that_is_named_is_used(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/opt/chromium")
    assert browser.chromium() == "/opt/chromium"


def test_where_there_is_none_and_none_may_be_installed_it_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(browser.NoBrowser, match="apt-get install chromium"):
        browser.chromium()
