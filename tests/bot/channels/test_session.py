"""Session tokens: ours are accepted until they expire, anything else is refused."""

from __future__ import annotations

import pytest

from bot.channels.session import LIFETIME, RENEWED, InvalidToken, issue, opened, renewed

SECRET = "a secret"


def test_a_token_holds_an_id_of_its_own():
    assert opened(SECRET, issue(SECRET)).id != opened(SECRET, issue(SECRET)).id


def test_a_token_expires():
    token = issue(SECRET, now=1000.0)
    assert opened(SECRET, token, now=1000.0 + LIFETIME)
    with pytest.raises(InvalidToken, match="expired"):
        opened(SECRET, token, now=1001.0 + LIFETIME)


def test_a_session_that_is_used_goes_on_under_its_id():
    first = opened(SECRET, issue(SECRET, now=1000.0), now=1000.0)
    assert renewed(SECRET, first, now=999.0 + RENEWED) is None
    later = opened(SECRET, renewed(SECRET, first, now=1001.0 + RENEWED), now=1001.0 + RENEWED)
    assert (later.id, later.expires) == (first.id, 1001 + RENEWED + LIFETIME)


def test_a_token_of_another_secret_is_refused():
    with pytest.raises(InvalidToken, match="not one of ours"):
        opened(SECRET, issue("another secret"))


@pytest.mark.parametrize("part", [0, 1, 2, 3])
def test_a_token_with_any_part_changed_is_refused(part):
    parts = issue(SECRET).split(".")
    parts[part] = parts[part][::-1] + "1"
    with pytest.raises(InvalidToken):
        opened(SECRET, ".".join(parts))


@pytest.mark.parametrize("token", [None, 5, "", "...", "a.b.c", "1.é.9999999999.x", "1.x.never.y", "x" * 10_000])
def test_what_is_no_token_is_refused(token):
    with pytest.raises(InvalidToken):
        opened(SECRET, token)
