"""Logs: one short line each, and nothing of what a visitor wrote."""

from __future__ import annotations

import json
import logging

import pytest

from bot.logs import LONGEST, Lines, for_visitor, place

MARKER = "my number is 078-05-1120"


def line(
    logger: str, message: str, *arguments: object, error: BaseException | None = None, as_json: bool = False
) -> str:
    """How a record is written."""
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(logger, logging.ERROR, "/x/site-packages/rasa/core/a.py", 7, message, arguments, info)
    return Lines(as_json=as_json).format(record)


def failed() -> BaseException:
    try:
        try:
            raise KeyError(MARKER)
        except KeyError as error:
            raise ValueError(MARKER) from error
    except ValueError as error:
        return error


@pytest.fixture
def visited():
    """As while a visitor's request is worked on."""
    token = for_visitor.set(True)
    yield
    for_visitor.reset(token)


def test_an_exception_is_told_by_its_kinds_and_its_place_and_not_by_its_text():
    told = line("bot.server", "It failed.", error=failed())
    assert "ValueError from KeyError at tests/bot/test_logs.py" in told
    assert MARKER not in told
    assert "\n" not in told


def test_what_a_library_logs_of_a_visitors_request_is_told_by_its_place(visited):
    assert "rasa/core/a.py:7" in line("rasa.core", f"could not: {MARKER}")
    assert MARKER not in line("rasa.core", "could not: %s", MARKER)


def test_what_a_library_logs_otherwise_is_told():
    assert "no model" in line("rasa.core", "no model")


def test_our_own_lines_are_told_also_then(visited):
    assert "A turn failed." in line("bot.channels.web.turns", "A turn failed.")


def test_a_task_that_nobody_waited_for_shows_no_exception():
    assert MARKER not in line("asyncio", f"Task exception was never retrieved\nfuture: <{MARKER}>", error=failed())


def test_a_line_is_short_and_one():
    told = line("bot", "a\nb" * 10_000)
    assert "\n" not in told
    assert len(told) < LONGEST + 100


def test_json_is_one_object_a_line():
    told = json.loads(line("bot", "It “failed”.", error=failed(), as_json=True))
    assert set(told) == {"time", "level", "logger", "message", "error"}


def test_an_exception_in_a_circle_ends():
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert place(one).startswith("ValueError from KeyError")
