"""What the channels keep: each message is taken once, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import create_engine, inspect
from sqlalchemy.schema import CreateTable

from bot.said import Said
from bot.store import Feedback, Store
from bot.tables import METADATA
from bot.tracker_store import WindowStore


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite'}"
    return request.getfixturevalue("postgres_database")


def test_of_many_servers_one_takes_a_message(url):
    servers = [Store(url) for _ in range(4)]
    with ThreadPoolExecutor(16) as pool:
        taken = list(pool.map(lambda number: servers[number % 4].take("slack:Ev1"), range(40)))
    assert taken.count(True) == 1


def test_many_servers_open_an_empty_database_at_once(url):
    servers = [Store(url) for _ in range(12)]
    together = Barrier(len(servers))

    def opened(server: Store) -> list[Feedback]:
        together.wait()
        return server.feedback()

    with ThreadPoolExecutor(len(servers)) as pool:
        assert list(pool.map(opened, servers)) == [[]] * len(servers)
    with ThreadPoolExecutor(len(servers)) as pool:
        taken = list(pool.map(lambda server: server.take("slack:Ev1"), servers))
    assert taken.count(True) == 1


def test_an_index_that_is_missing_is_made(url):
    """As where a server died between making the tables and making their indexes."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for table in METADATA.sorted_tables:
            connection.execute(CreateTable(table))
    Store(url).feedback()
    made = {index["name"] for table in METADATA.tables for index in inspect(engine).get_indexes(table)}
    assert made == {index.name for table in METADATA.sorted_tables for index in table.indexes}


def test_a_message_is_unfinished_until_it_has_a_result(url):
    store = Store(url)
    store.take("slack:Ev1", "the event")
    store.take("slack:Ev2")
    store.take("web:1")
    store.finish("slack:Ev2", "the answer")
    [(key, payload, taken_at)] = store.unfinished("slack:", before=time.time() + 1)
    assert (key, payload) == ("slack:Ev1", "the event")
    assert store.unfinished("slack:", before=taken_at) == []
    assert store.result("slack:Ev1") is None
    assert store.result("slack:Ev2") == "the answer"


def test_a_message_is_taken_over_once(url):
    store = Store(url)
    store.take("slack:Ev1")
    [(key, _, taken_at)] = store.unfinished("slack:", before=time.time() + 1)
    assert [store.retake(key, taken_at), store.retake(key, taken_at)] == [True, False]


def test_old_messages_are_forgotten(url):
    store = Store(url)
    store.take("slack:Ev1")
    assert store.forget(before=time.time() - 60) == 0
    assert store.forget(before=time.time() + 60) == 1
    assert store.take("slack:Ev1")


def test_feedback_is_kept_the_latest_first(url):
    store = Store(url)
    store.add_feedback(Feedback("web:a", "It is entry-level.", True))
    store.add_feedback(Feedback("web:b", "It does not say.", False, "not what I asked 🙁"))
    assert [(each.conversation, each.helpful, each.why) for each in store.feedback()] == [
        ("web:b", False, "not what I asked 🙁"),
        ("web:a", True, ""),
    ]


def test_feedback_can_be_changed_for_one_answer(url):
    store = Store(url)
    store.set_feedback(Feedback("web:a", "No wage is named.", False, question="what does it pay?"))
    store.set_feedback(Feedback("web:a", "No wage is named.", True, "thanks", question="what does it pay?"))
    store.set_feedback(Feedback("web:a", "No wage is named.", False, question="is it paid?"))
    store.set_feedback(Feedback("web:b", "No wage is named.", False, question="what does it pay?"))
    given = [(each.question, each.helpful, each.why) for each in store.feedback("web:a")]
    assert given == [("is it paid?", False, ""), ("what does it pay?", True, "thanks")]


def test_messages_of_one_channel_are_forgotten_alone(url):
    store = Store(url)
    store.take("slack:Ev1")
    store.take("web:a:1")
    assert store.forget(before=time.time() + 60, prefix="web:") == 1
    assert not store.take("slack:Ev1")


def test_a_conversation_is_forgotten_with_all_that_was_said_in_it(url):
    tracker_store = WindowStore(Domain.empty(), host=url)
    for conversation in ("web:a", "web:ab"):
        tracker = DialogueStateTracker(conversation, [])
        tracker.update(UserUttered("I have a question"))
        asyncio.run(tracker_store.save(tracker))
    store = Store(url)
    store.take("web:a:1")
    store.take("web:ab:1")
    store.set_feedback(Feedback("web:a", "It is entry-level.", True, "thanks", question="is it hard?"))
    Said(store).forget("web:a")
    assert asyncio.run(tracker_store.retrieve("web:a")) is None
    assert asyncio.run(tracker_store.retrieve("web:ab")).latest_message.text == "I have a question"
    assert [store.take("web:a:1"), store.take("web:ab:1")] == [True, False]
    assert [(each.conversation, each.answer, each.why, each.question, each.helpful) for each in store.feedback()] == [
        ("", "", "", "", True)
    ]


def test_of_many_servers_one_takes_each_of_many_messages(url):
    servers = [Store(url) for _ in range(4)]
    messages = [(f"slack:Ev{number}", "", None) for number in range(20)]
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda server: server.take_all(messages), servers))
    assert [sum(each) for each in zip(*taken)] == [1] * 20


def test_a_message_twice_among_several_is_taken_once(url):
    store = Store(url)
    assert store.take_all([("b", "", None), ("a", "", "done"), ("b", "", None)]) == [True, True, False]
    assert store.result("a") == "done"


def test_a_message_that_its_server_is_still_at_is_not_left(url):
    store = Store(url)
    store.take("slack:1")
    store.take("slack:2")
    store.renew(["slack:1"], taken_at=time.time() + 100)
    store.renew([], taken_at=0)
    assert [key for key, _, _ in store.unfinished("slack:", before=time.time() + 1)] == ["slack:2"]


def test_a_message_given_back_can_be_taken_again_unless_it_was_answered(url):
    store = Store(url)
    store.take("web:a:1")
    store.release("web:a:1")
    assert store.take("web:a:1")
    store.finish("web:a:1", "the answer")
    store.release("web:a:1")
    assert not store.take("web:a:1")


def test_a_session_that_was_ended_stays_so(url):
    store = Store(url)
    store.end_session("a", until=time.time() + 60)
    store.end_session("a", until=time.time() + 60)
    assert [store.has_ended("a"), store.has_ended("b")] == [True, False]


def test_a_database_that_takes_writes_is_told_from_one_that_is_gone(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    assert store.writable()
    (tmp_path / "store.sqlite").unlink()
    assert not store.writable()


def test_a_locked_or_corrupt_database_takes_no_writes(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.database.LOCKED", 0.1)
    path = tmp_path / "store.sqlite"
    store = Store(f"sqlite:///{path}")
    assert store.writable()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not store.writable()
    assert store.writable()
    for each in tmp_path.iterdir():
        each.write_bytes(b"no database" * 1000)
    assert not Store(f"sqlite:///{path}").writable()


def test_a_postgresql_that_takes_writes_is_writable(postgres_database):
    assert Store(postgres_database).writable()
