"""What visitors asked, taken up from the conversations: told apart by the answers, late, doubled, forgotten."""

from __future__ import annotations

import json
import time

import pytest
from sqlalchemy import insert

from bot.desk.asked.collect import SETTLES, Collector, forget_all
from bot.desk.asked.outcome import Outcome
from bot.desk.asked.questions import Filter, Questions
from bot.desk.tables import Database
from bot.events import EVENTS
from bot.said import Said
from bot.store import Store
from tests.bot.desk.conftest import SECRET, on_the_desk
from tests.bot.desk.said import ANSWERED, GAP, GREETED, LACKING, LOST, WHICH, ask, told
from tests.bot.rows import opened

EVERY = Filter(outcome="")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path) -> str:
    """A database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'advisor.sqlite'}"
    return request.getfixturevalue("postgres_database")


@pytest.fixture
def store(url) -> Store:
    return opened(url)


@pytest.fixture
def database(url, store) -> Database:
    return Database(url)


@pytest.fixture
def collector(database) -> Collector:
    return Collector(database, SECRET)


@pytest.fixture
def questions(database) -> Questions:
    return Questions(database)


@pytest.mark.parametrize(
    ("replies", "intent", "outcome"),
    [
        ([ANSWERED], "ask_pay", Outcome.answered),
        ([LACKING], "ask_pay", Outcome.unsure),
        ([ANSWERED, GAP], "ask_pay", Outcome.unsure),
        ([WHICH], "ask_pay", Outcome.unsure),
        ([GAP], "ask_pay", Outcome.refused),
        ([LOST], "nlu_fallback", Outcome.refused),
        ([told("utter_unknown_occupation")], "other_career", Outcome.refused),
        ([], "ask_pay", Outcome.refused),
        ([GREETED], "greet", Outcome.talk),
        ([LOST], "help", Outcome.talk),
    ],
)
def test_a_question_is_told_by_its_answers(store, collector, questions, replies, intent, outcome):
    number = ask(store, "what does it pay", *replies, intent=intent)
    collector.collect()
    assert questions.one(number).outcome is outcome


def test_an_answer_that_comes_late_is_counted_at_the_next_look(store, collector, questions):
    number = ask(store, "what does it pay")
    collector.collect()
    assert questions.one(number).outcome is Outcome.refused
    with store.engine().begin() as connection:
        row = {"sender_id": "web:v1", "type_name": "bot", "timestamp": time.time(), "data": json.dumps(ANSWERED)}
        connection.execute(insert(EVENTS).values(**row))
    collector.collect()
    assert questions.one(number).outcome is Outcome.answered


def test_conversations_that_go_on_at_the_same_time_keep_their_answers_apart(store, collector, questions):
    with_answer = ask(store, "what does it pay", conversation="web:a")
    without = ask(store, "which visa", conversation="slack:T:C:1:U")
    ask(store, "", ANSWERED, conversation="web:b")
    collector.collect()
    assert questions.one(with_answer).outcome is Outcome.refused
    assert questions.one(without).channel == "slack"


def test_a_question_without_a_name_is_about_what_was_talked_of(store, collector, questions):
    ask(store, "what does a zookeeper earn", ANSWERED)
    number = ask(store, "and with a degree?", GAP, occupation=None)
    collector.collect()
    assert questions.one(number).occupation == "zookeeper"


def test_nothing_is_counted_twice_however_often_one_looks(store, collector, questions):
    old = time.time() - 2 * SETTLES
    for number in range(5):
        ask(store, f"question {number}", GAP, at=old)
    for _ in range(3):
        collector.collect()
    assert len(questions.page(EVERY)) == 5


def test_what_is_more_than_one_reading_takes_is_read_whole(store, collector, questions, monkeypatch):
    monkeypatch.setattr("bot.desk.asked.collect.STEP", 7)
    for number in range(30):
        ask(store, f"question {number}", GAP, ANSWERED, conversation=f"web:{number % 3}")
    collector.collect()
    assert [each.outcome for each in questions.page(EVERY)] == [Outcome.unsure] * 30


def test_what_a_visitor_deletes_is_gone_from_the_pages_at_once_and_from_the_rows_at_the_next_look(
    store, collector, questions, database
):
    number = ask(store, "my secret", GAP, conversation="web:gone")
    ask(store, "another", GAP, conversation="web:stays")
    collector.collect()
    Said(store).forget("web:gone")
    assert questions.one(number) is None
    assert [each.text for each in questions.page(EVERY)] == ["another"]
    collector.collect()
    with database.engine().connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM desk_questions").scalar() == 1


def test_the_desk_keeps_no_words(store, collector, database):
    ask(store, "my very own words", GAP)
    collector.collect()
    kept = on_the_desk(database)
    assert "own words" not in kept
    assert "web:v1" not in kept


def test_a_button_that_was_pressed_is_no_question_in_the_list(store, collector, questions):
    ask(store, '/ask_pay{"occupation": "zookeeper"}', ANSWERED)
    collector.collect()
    assert questions.page(EVERY) == []
    [(_, channel, counted)] = questions.counts(2)
    assert (channel, counted) == ("web", {"answered": 1})


@pytest.mark.parametrize("text", ["", "   ", "🙁", "a" * 2000, "'; DROP TABLE events; --", "{}[]%s"])
def test_odd_words_are_taken_as_words(store, collector, questions, text):
    number = ask(store, text, GAP)
    collector.collect()
    assert questions.one(number).text == text


def test_before_an_advisor_has_run_there_is_nothing(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'new.sqlite'}")
    assert Collector(database, SECRET).collect() == 0
    assert Questions(database).page(EVERY) == []
    assert Questions(database).thumbs() == []


def test_all_can_be_worked_out_anew(store, collector, questions, database):
    number = ask(store, "what does it pay", GAP)
    collector.collect()
    forget_all(database)
    assert questions.one(number) is None
    collector.collect()
    assert questions.one(number) is not None
