"""What was said: read, forgotten with all that belongs to it, and left to age, on SQLite and on PostgreSQL."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import inspect, text

from bot import events
from bot.events import STEP
from bot.said import Amount, Said
from bot.store import Feedback, Store
from tests.bot.rows import left, opened, say, say_much, take

FAST = 0.4  # seconds; each takes about a hundredth where the machine has nothing else to do


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path) -> Store:
    """A database of each kind in which nothing was said yet."""
    if request.param == "sqlite":
        return opened(f"sqlite:///{tmp_path / 'said.sqlite'}")
    return opened(request.getfixturevalue("postgres_database"))


@pytest.fixture
def said(store) -> Said:
    return Said(store)


def test_a_thread_is_known_by_what_anybody_said_in_it(store, said):
    say(store, "slack:T1:C1:1.2:U1", "hello")
    assert said.any("slack:T1:C1:1.2:")
    assert not said.any("slack:T1:C1:1.23:")
    assert not said.any("slack:t1:C1:1.2:")
    assert not said.any("slack:T1:C_:1.2:")


def test_conversations_are_listed_by_beginning_and_time_as_they_were_begun(store, said):
    say(store, "web:b", "one", at=10)
    say(store, "web:a", "two", at=20)
    say(store, "rest:a", "three", at=30)
    assert said.conversations() == ["web:b", "web:a", "rest:a"]
    assert said.conversations("web:") == ["web:b", "web:a"]
    assert said.conversations("web:", since=20) == ["web:a"]
    assert said.conversations(until=20) == ["web:b"]
    assert said.conversations("WEB:") == []


def test_all_that_was_said_is_read_in_order_over_many_pages(store, said):
    say(store, "web:a", *map(str, range(STEP)))
    texts = [event["text"] for _, event in said.everything("web:a") if event["event"] == "user"]
    assert texts == list(map(str, range(STEP)))


def test_forgetting_drops_events_messages_and_the_words_of_feedback_and_says_how_much(store, said):
    for conversation in ("web:a", "web:A", "web:ab"):
        say(store, conversation, "one", "two")
        take(store, f"{conversation}:m1")
        store.add_feedback(Feedback(conversation, "an answer", False, "why not", question="one"))
    assert said.forget("web:a") == Amount(conversations=1, messages=2, events=8, opinions=1, taken=1)
    assert said.conversations() == ["web:A", "web:ab"]
    assert left(store) == {"events": 16, "channel_feedback": 3, "channel_taken": 2, "channel_ended": 0}
    assert [(each.conversation, each.answer, each.why, each.question, each.helpful) for each in store.feedback()] == [
        ("web:ab", "an answer", "why not", "one", False),
        ("web:A", "an answer", "why not", "one", False),
        ("", "", "", "", False),
    ]
    assert said.forget("web:a") == Amount()


def test_amounts_add_up():
    assert Amount(1, 2, 3) + Amount(1, 0, 0, 4, 5) == Amount(2, 2, 3, 4, 5)


def test_where_nothing_is_old_nothing_goes(store, said):
    assert said.age(100) == 0
    say(store, "web:a", "one", at=100)
    store.add_feedback(Feedback("web:a", "an answer", True, given_at=100))
    take(store, "web:a:m1", at=100)
    store.end_session("a", until=100)
    before = left(store)
    assert said.age(100) == 0
    assert left(store) == before


def test_what_is_old_goes_from_every_table_and_what_is_younger_stays(store, said):
    for at in (99, 100):
        say(store, f"web:{at}", "one", at=at)
        say(store, f"slack:T1:D1:U{at}", "one", at=at)
        store.add_feedback(Feedback(f"web:{at}", "an answer", True, given_at=at))
        take(store, f"web:{at}:m1", at=at)
        take(store, f"slack:T1:D1:U{at}#1", at=at, user=f"U{at}", text="one")
        take(store, f"slack:T1:D1:U{at}#2", at=at, user=f"U{at}", text="never answered", result=None)
        store.end_session(str(at), until=at)
    assert said.age(100) == 8 + 1 + 3 + 1
    assert said.conversations() == ["web:100", "slack:T1:D1:U100"]
    assert left(store) == {"events": 8, "channel_feedback": 1, "channel_taken": 3, "channel_ended": 1}
    assert [each.conversation for each in store.feedback()] == ["web:100"]
    assert store.has_ended("100")
    assert said.age(100) == 0


def test_it_goes_in_steps(store, said):
    say(store, "web:old", *["one"] * STEP, at=1)  # four events each
    say(store, "web:new", "one", at=200)
    steps = []
    while gone := said.age(100):
        steps.append(gone)
    assert steps == [STEP] * 4
    assert left(store)["events"] == 4


def test_what_is_young_or_has_no_time_is_in_nobodys_way(store, said):
    """A server's clock may be behind, and rows may come from elsewhere: ids need not be in the order of time."""
    say(store, "web:young", *["one"] * STEP, at=200)
    say(store, "web:untimed", *["one"] * STEP, at=None)
    say(store, "web:old", *["one"] * STEP, at=1)
    say(store, "web:untimed-too", "one", at=None)
    while said.age(100):
        pass
    assert said.conversations() == ["web:young"]  # by their times
    assert left(store)["events"] == 4 * STEP + 4
    assert said.any("web:untimed-too")  # nothing after it is old, so it may be young
    assert not said.any("web:untimed:")


def test_the_indexes_are_made_once_also_by_many_servers(store):
    def made() -> set[str]:
        found = inspect(store.engine())
        return {index["name"] for table in ("events", "channel_taken") for index in found.get_indexes(table)}

    before = made()
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: events.prepare(store.engine()), range(6)))
    beginnings = events.BEGINNINGS if store.engine().dialect.name == "postgresql" else {}
    assert made() - before == {*events.INDEXES, *beginnings}


def test_where_rasa_has_made_no_table_yet_there_is_nothing_to_index(tmp_path):
    engine = Store(f"sqlite:///{tmp_path / 'new.sqlite'}").engine()
    events.prepare(engine)
    assert not events.there(engine)


def test_among_200_000_events_nothing_takes_long(store, said):
    now = time.time()
    say_much(store, 200_000, now=now)
    events.prepare(store.engine())
    slow = {}
    for name, ask, answer in (
        ("nothing is old", lambda: said.age(now - 60 * 86_400), 0),
        ("a step of what is old", lambda: said.age(now - 30 * 86_400), STEP),
        ("a thread that is known", lambda: said.any("slack:T1:C1:17.9001:"), True),
        ("a thread that is not", lambda: said.any("slack:T1:C1:17.10001:"), False),
        ("the conversations of a day", lambda: len(said.conversations(since=now - 86_400)), 250),
        ("a page", lambda: len(said.page("web:visitor9000", most=50)), 10),
        ("forgetting", lambda: said.forget("web:visitor9000").events, 20),
    ):
        began = time.perf_counter()
        assert ask() == answer, name
        slow[name] = time.perf_counter() - began
    print(f"\n{store.engine().dialect.name}: " + ", ".join(f"{name} {s * 1000:.1f} ms" for name, s in slow.items()))
    assert max(slow.values()) < FAST, slow


def test_the_old_are_found_by_an_index(store, said):
    say_much(store, 20_000, now=time.time())
    events.prepare(store.engine())
    explain = "EXPLAIN QUERY PLAN" if store.engine().dialect.name == "sqlite" else "EXPLAIN"
    with store.engine().connect() as connection:
        asked = text(f"{explain} SELECT id FROM events WHERE timestamp < 5 ORDER BY timestamp LIMIT 500")
        assert "ix_events_timestamp" in str(connection.execute(asked).all())
