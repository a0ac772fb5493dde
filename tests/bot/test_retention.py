"""What is too old is dropped as long as the server runs, a little at a time, and nothing else is."""

from __future__ import annotations

import asyncio
import time

import pytest
from sqlalchemy import inspect

from bot import retention
from bot.retention import DAY, Retention
from bot.said import STEP, Said
from bot.store import Feedback, Store
from tests.bot.rows import left, opened, say, take


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path) -> Store:
    """A database of each kind in which nothing was said yet."""
    if request.param == "sqlite":
        return opened(f"sqlite:///{tmp_path / 'said.sqlite'}")
    return opened(request.getfixturevalue("postgres_database"))


def kept_until(store: Store, days: int, condition) -> None:
    """Let a server keep what is younger than so many days, until something is so."""

    async def serve() -> None:
        keeping = asyncio.create_task(Retention(store, days=days).keep())
        end = time.monotonic() + 20
        while not condition():
            assert not keeping.done()
            assert time.monotonic() < end
            await asyncio.sleep(0.02)
        keeping.cancel()

    asyncio.run(serve())


def test_what_is_older_than_the_days_goes_and_what_is_younger_stays(store):
    now = time.time()
    for age in (8, 6):
        at = now - age * DAY
        say(store, f"web:{age}", "one", at=at)
        say(store, f"slack:T1:D1:U{age}", "one", at=at)
        store.add_feedback(Feedback(f"web:{age}", "an answer", True, given_at=at))
        take(store, f"web:{age}:m1", at=at)
        take(store, f"slack:T1:D1:U{age}#1", at=at, user=f"U{age}")
        store.end_session(str(age), until=at)
    kept_until(store, 7, lambda: left(store)["channel_ended"] == 1)
    assert Said(store).conversations() == ["web:6", "slack:T1:D1:U6"]
    assert left(store) == {"events": 8, "channel_feedback": 1, "channel_taken": 2, "channel_ended": 1}


def test_others_write_between_two_steps(store, monkeypatch):
    monkeypatch.setattr(retention, "PAUSE", 0.05)
    say(store, "web:old", *["one"] * STEP, at=1)
    seen = set()

    def written() -> bool:
        number = left(store)["events"]
        seen.add(number)
        if "new" not in seen and number < 4 * STEP:
            seen.add("new")
            say(store, "web:new", "hello", at=time.time())
        return number == 4

    kept_until(store, 30, written)
    assert len(seen) > 3
    assert Said(store).conversations() == ["web:new"]


def test_it_makes_the_index_that_it_needs(store):
    def there() -> bool:
        return "ix_events_timestamp" in {index["name"] for index in inspect(store.engine()).get_indexes("events")}

    assert not there()
    kept_until(store, 30, there)


def test_a_database_that_is_away_is_waited_for(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(retention, "REST", 0.05)
    place = tmp_path / "later"
    store = Store(f"sqlite:///{place / 'said.sqlite'}")

    def back() -> bool:
        if "could not be dropped" not in caplog.text:
            return False
        if not place.exists():
            place.mkdir()
            opened(f"sqlite:///{place / 'said.sqlite'}")
            say(store, "web:old", "one", at=1)
        return left(store)["events"] == 0

    kept_until(store, 30, back)
