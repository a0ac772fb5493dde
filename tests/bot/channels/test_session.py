"""Session tokens: ours are accepted until they expire, anything else is refused."""

from __future__ import annotations

import pytest

from bot.channels.session import LIFETIME, InvalidToken, issue, session_id

SECRET = "a secret"


def test_a_token_holds_an_id_of_its_own():
    assert session_id(SECRET, issue(SECRET)) != session_id(SECRET, issue(SECRET))


def test_a_token_expires():
    token = issue(SECRET, now=1000.0)
    assert session_id(SECRET, token, now=1000.0 + LIFETIME)
    with pytest.raises(InvalidToken, match="expired"):
        session_id(SECRET, token, now=1001.0 + LIFETIME)


def test_a_token_of_another_secret_is_refused():
    with pytest.raises(InvalidToken, match="not one of ours"):
        session_id(SECRET, issue("another secret"))


@pytest.mark.parametrize("part", [0, 1, 2, 3])
def test_a_token_with_any_part_changed_is_refused(part):
    parts = issue(SECRET).split(".")
    parts[part] = parts[part][::-1] + "1"
    with pytest.raises(InvalidToken):
        session_id(SECRET, ".".join(parts))


@pytest.mark.parametrize("token", [None, 5, "", "...", "a.b.c", "1.é.9999999999.x", "1.x.never.y", "x" * 10_000])
def test_what_is_no_token_is_refused(token):
    with pytest.raises(InvalidToken):
        session_id(SECRET, token)
