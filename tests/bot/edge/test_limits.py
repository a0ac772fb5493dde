"""Limits: a burst is let through, a flood is not, and nobody pays for another."""

from __future__ import annotations

import pytest

from bot.edge import limits
from bot.edge.limits import Limit, TooMany, Window


class Clock:
    """A clock that a test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def spent(limit: Limit | Window, key: str, times: int) -> int:
    """How many of that many requests are let through."""
    through = 0
    for _ in range(times):
        try:
            limit.spend(key)
            through += 1
        except TooMany:
            pass
    return through


def test_a_burst_is_let_through_and_no_more(clock):
    assert spent(Limit(burst=5, per_minute=60, clock=clock), "a", 10_000) == 5


def test_it_fills_up_again_with_time_but_not_beyond_the_burst(clock):
    limit = Limit(burst=5, per_minute=60, clock=clock)
    spent(limit, "a", 5)
    clock.now += 2
    assert spent(limit, "a", 10) == 2
    clock.now += 3600
    assert spent(limit, "a", 10) == 5


def test_it_says_how_long_to_wait_and_that_is_enough(clock):
    limit = Limit(burst=1, per_minute=20, clock=clock)
    limit.spend("a")
    with pytest.raises(TooMany, match="in 3 seconds") as refused:
        limit.spend("a")
    clock.now += refused.value.wait
    limit.spend("a")


def test_one_key_does_not_pay_for_another(clock):
    limit = Limit(burst=1, per_minute=1, clock=clock)
    assert spent(limit, "a", 100) == 1
    assert spent(limit, "b", 100) == 1


def test_memory_stays_bounded_and_the_latest_keys_are_kept(clock, monkeypatch):
    monkeypatch.setattr(limits, "REMEMBERED", 100)
    limit = Limit(burst=1, per_minute=1, clock=clock)
    for number in range(1000):
        limit.spend(str(number))
    assert len(limit) == 100
    assert spent(limit, "999", 1) == 0


def test_a_window_lets_no_more_through_within_its_time_whenever_they_come(clock):
    window, through = Window(most=20, seconds=3600, clock=clock), []
    for _ in range(3 * 60):
        through += [clock.now] * spent(window, "a", 1)
        clock.now += 60
    assert len(through) == 60
    assert all(later - first >= 3600 for first, later in zip(through, through[20:]))
    assert spent(window, "b", 100) == 20


def test_a_window_says_how_long_to_wait_and_forgets_who_has_not_come_for_long(clock, monkeypatch):
    monkeypatch.setattr(limits, "REMEMBERED", 3)
    window = Window(most=1, seconds=3600, clock=clock)
    for key in "abcd":
        window.spend(key)
    with pytest.raises(TooMany) as refused:
        window.spend("d")
    clock.now += refused.value.wait
    window.spend("d")
    window.spend("a")
