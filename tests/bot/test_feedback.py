"""The owner's list of feedback: the latest first, for people and for programs."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from bot.said import Said
from bot.store import Feedback, Store
from tests.bot.rows import opened


@pytest.fixture
def url(tmp_path) -> str:
    """A database with feedback in it."""
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    store = opened(url)
    store.add_feedback(Feedback("web:a", "In short:\n- “It is.”", True, given_at=0, question="what is it?"))
    store.add_feedback(Feedback("web:b", "No wage is named.", False, "I need the pay 🙁", 86_400, "what does it pay?"))
    return url


def listed(url: str, *options: str) -> str:
    """What `python -m bot.feedback` prints."""
    command = [sys.executable, "-m", "bot.feedback", *options]
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, env=environment, capture_output=True, check=True, encoding="utf-8").stdout


def test_feedback_is_listed_with_question_answer_and_why(url):
    assert listed(url).startswith(
        "1970-01-02 00:00 UTC  not helpful\n"
        "  asked: what does it pay?\n"
        "  answered: No wage is named.\n"
        "  why: I need the pay 🙁\n"
    )


def test_only_what_did_not_help_can_be_asked_for(url):
    assert "what is it?" in listed(url)
    assert "what is it?" not in listed(url, "--unhelpful")


def test_programs_get_one_json_object_a_line(url):
    latest, _ = map(json.loads, listed(url, "--json").splitlines())
    assert latest["why"] == "I need the pay 🙁"
    assert latest["helpful"] is False


def test_where_there_is_none_it_says_so(tmp_path):
    assert listed(f"sqlite:///{tmp_path / 'empty.sqlite'}") == "No feedback yet.\n"


def test_it_says_how_it_is_used(url):
    assert "--json" in listed(url, "--help")


def test_a_database_that_is_away_is_one_sentence():
    environment = {**os.environ, "DATABASE_URL": "postgresql://user:hidden@127.0.0.1:1/advisor"}
    command = [sys.executable, "-m", "bot.feedback"]
    ended = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8")
    assert ended.returncode == 1
    assert ended.stderr.startswith("The database does not do it: ")
    assert ended.stderr.count("\n") == 1
    assert "hidden" not in ended.stderr


def test_what_was_forgotten_leaves_the_bare_thumb(url):
    Said(Store(url)).forget("web:b")
    assert listed(url).startswith("1970-01-02 00:00 UTC  not helpful\n\n")
