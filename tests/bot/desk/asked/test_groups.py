"""Questions of one meaning stand together, about one occupation, and a group stays what it is."""

from __future__ import annotations

import time

import pytest

from bot.desk.asked.background import Background
from bot.desk.asked.questions import Questions
from bot.desk.tables import Database
from bot.said import Said
from tests.bot.desk.conftest import SECRET
from tests.bot.desk.said import ANSWERED, GAP, GREETED, ask


@pytest.fixture
def database(url) -> Database:
    return Database(url)


@pytest.fixture
def questions(database) -> Questions:
    return Questions(database)


@pytest.fixture(scope="module")
def encoder():
    """One encoder for all tests here; loading it takes a second."""
    from knowledge.encoder import Encoder

    return Encoder()


@pytest.fixture
def work(database, store, encoder):
    """Works out what was asked, as the thread beside the pages does."""
    background = Background(database, SECRET)
    background.__dict__["_encoder"] = encoder
    return background.once


def test_the_same_question_in_other_words_is_one_group_with_the_people_who_asked(store, questions, work):
    ask(store, "what does a zookeeper earn", GAP, conversation="web:a")
    ask(store, "how much does a zookeeper earn?", GAP, conversation="web:b")
    ask(store, "How much does a zookeeper earn", GAP, conversation="web:b")
    ask(store, "do I need a driving licence", GAP, conversation="web:c")
    work()
    pay, licence = questions.groups()
    assert (pay.people, pay.asked, pay.refused) == (2, 3, 3)
    assert "earn" in pay.text
    assert licence.text == "do I need a driving licence"


def test_the_same_question_about_another_occupation_is_another_group(store, questions, work):
    ask(store, "what does it pay", GAP, occupation="zookeeper")
    ask(store, "what does it pay", GAP, occupation="welder")
    work()
    assert {group.occupation for group in questions.groups()} == {"zookeeper", "welder"}


def test_what_got_no_answer_comes_first(store, questions, work):
    for number in range(3):
        ask(store, "what are the hours", ANSWERED, conversation=f"web:{number}")
    ask(store, "is there a union", GAP)
    work()
    assert [group.text for group in questions.groups()] == ["is there a union", "what are the hours"]


def test_talk_and_buttons_are_in_no_group(store, questions, work):
    ask(store, "hello", GREETED, intent="greet")
    ask(store, "/ask_pay", ANSWERED)
    work()
    assert questions.groups() == []


def test_a_group_keeps_its_number_when_more_is_asked(store, questions, work):
    ask(store, "what does a zookeeper earn", GAP)
    work()
    [before] = questions.groups()
    ask(store, "what do zookeepers earn", GAP, conversation="web:b")
    work()
    [after] = questions.groups()
    assert after.id == before.id
    assert after.people == 2


def test_a_group_that_nobody_asks_any_more_is_dropped(store, questions, work, database):
    ask(store, "what does it pay", GAP, conversation="web:gone")
    work()
    Said(store).forget("web:gone")
    assert questions.groups() == []
    work()
    with database.engine().connect() as connection:
        for table in ("desk_groups", "desk_vectors", "desk_questions"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0


def test_what_is_dealt_with_stays_so_also_for_the_same_words_later(store, questions, work):
    ask(store, "is there a union", GAP)
    work()
    questions.settle(questions.groups()[0].id, "by hand", by="ada")
    ask(store, "is there a union", GAP, conversation="web:b")
    work()
    assert questions.groups() == []
    [settled] = questions.groups(settled=True)
    questions.unsettle(settled.id)
    work()
    assert len(questions.groups()) == 1


def test_the_thread_takes_up_what_is_asked_by_itself(store, database, questions, encoder):
    background = Background(database, SECRET)
    background.__dict__["_encoder"] = encoder
    background.start()
    ask(store, "is there a union", GAP)
    background.soon()
    end = time.monotonic() + 30
    while not questions.groups():
        assert time.monotonic() < end
        background.soon()
        time.sleep(0.2)


def test_before_an_advisor_has_run_there_is_nothing_to_group(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'new.sqlite'}")
    Background(database, SECRET).once()
    assert Questions(database).groups() == []
