"""Which facts answer a question, in which order, and when a gap is named instead."""

from __future__ import annotations

import pytest

from actions.compose import compose
from actions.thread import Thread
from actions.verdict import Verdict
from actions.verdict import verdict as begin
from knowledge.model import Aspect
from tests.actions.conftest import JOB


def told(answer) -> list[str]:
    """The quotes of an answer."""
    return [fact.quote for fact in answer.quoted]


@pytest.mark.parametrize(
    ("kind", "count"), [("skills", 12), ("tasks", 9), ("typical_day", 6), ("workplace", 2), ("experience", 2)]
)
def test_a_list_is_told_whole(knowledge, ask, kind, count):
    answer = compose(knowledge, JOB, ask(f"tell me about the {kind.replace('_', ' ')}", f"ask_{kind}"), Thread())
    assert answer.response == f"utter_{kind}"
    assert sum(fact.aspect is Aspect(kind) for fact in answer.quoted) == count


@pytest.mark.parametrize("text", ["what duties are there", "give me the duties", "duties please"])
def test_a_list_plainly_asked_for_begins_with_its_own_first_line(knowledge, ask, text):
    answer = compose(knowledge, JOB, ask(text, "ask_tasks", 0.99), Thread())
    assert told(answer)[0] == "Adhere to all safety and environmental regulations"


def test_a_question_about_one_skill_is_answered_with_that_skill_first(knowledge, ask):
    answer = compose(knowledge, JOB, ask("im failing algebra, is that bad", "ask_one_skill"), Thread())
    assert told(answer)[0] == "Mathematics"
    assert len(told(answer)) <= 3


def test_a_question_about_one_task_is_answered_with_that_task_first(knowledge, ask):
    answer = compose(knowledge, JOB, ask("do they read blueprints", "ask_one_task"), Thread())
    assert "blueprints" in told(answer)[0]


def test_what_the_document_does_not_say_is_a_gap(knowledge, ask):
    for kind in ("pay", "hours", "education", "union", "remote", "age"):
        assert compose(knowledge, JOB, ask("what about it", f"ask_{kind}"), Thread()).response == f"utter_gap_{kind}"


@pytest.mark.parametrize(
    ("text", "kind"),
    [("how many PTO days do they get", "benefits"), ("is overtime forced", "hours"), ("is it in a union", "union")],
)
def test_beside_a_gap_stands_no_fact_that_could_be_taken_for_an_answer(knowledge, ask, text, kind):
    answer = compose(knowledge, JOB, ask(text, f"ask_{kind}"), Thread())
    assert (answer.response, told(answer)) == (f"utter_gap_{kind}", [])


def test_a_gap_is_filled_as_soon_as_a_document_says_it(knowledge, ask, tmp_path):
    from knowledge.base import KnowledgeBase
    from knowledge.encoder import Encoder
    from knowledge.model import Fact, Occupation, Source

    paid = Occupation("welder", "Welder", Source("welder", "Welder page"), facts=[Fact(Aspect.pay, "It pays.", 1)])
    store = KnowledgeBase(f"sqlite:///{tmp_path / 'paid.sqlite'}")
    store.build([paid], Encoder().encode, "paid")
    answer = compose(store, "welder", ask("how much does it pay", "ask_pay"), Thread())
    assert (answer.response, told(answer)) == ("utter_pay", ["It pays."])


def test_where_no_kind_is_sure_a_fact_that_is_plainly_meant_answers(knowledge, ask):
    answer = compose(knowledge, JOB, ask("who puts the raw material in", "ask_union", 0.1), Thread())
    assert answer.response == "utter_told"
    assert any("load and unload raw material" in quote for quote in told(answer))


def test_where_nothing_is_sure_the_nearest_facts_are_told_as_no_more_than_that(knowledge, ask):
    answer = compose(knowledge, JOB, ask("some business with suppliers", "ask_union", 0.1), Thread())
    assert answer.response == "utter_nearest"
    assert answer.facts


def test_the_names_are_told_with_their_line(knowledge, ask):
    answer = compose(knowledge, JOB, ask("what else is it called", "ask_titles"), Thread())
    assert "Process Engineer" in answer.names
    assert len(answer.names) == 6


@pytest.mark.parametrize(
    ("text", "verdicts", "verdict"),
    [
        ("do i need math", {"yes": 0.8, "no": 0.1, "open": 0.1}, Verdict.yes),
        ("can i skip the math", {"yes": 0.4, "no": 0.5, "open": 0.1}, Verdict.no),
        ("is it dangerous", {"depends": 0.7, "yes": 0.2, "open": 0.1}, Verdict.depends),
        ("which math do i need", {"yes": 0.8, "open": 0.2}, Verdict.none),
        ("so what was i asking, do i need math", {"yes": 0.9, "open": 0.1}, Verdict.yes),
        ("not the sums. which tools do they take?", {"yes": 0.9, "open": 0.1}, Verdict.none),
        ("hi there. what if i am fifty?", {"yes": 0.8, "open": 0.2}, Verdict.yes),
        ("i have kids. when i'm on shift, can i use my phone?", {"yes": 0.8, "open": 0.2}, Verdict.yes),
        ("the course is good for what?", {"yes": 0.9, "open": 0.1}, Verdict.none),
        ("what math, and is it hard", {"yes": 0.9, "open": 0.1}, Verdict.yes),
        ("pneumatics?", {"yes": 0.2, "open": 0.8}, Verdict.yes),
        ("bad eyesight?", {"no": 0.2, "open": 0.8}, Verdict.no),
        ("just pneumatics", {"no": 0.2, "open": 0.8}, Verdict.no),
    ],
)
def test_an_answer_begins_with_the_verdict_that_is_asked_for(ask, text, verdicts, verdict):
    undecided = dict.fromkeys(("yes", "no", "depends", "open"), 0.0)
    assert begin(ask(text, "ask_one_skill", **verdicts), undecided) is verdict


@pytest.mark.parametrize(("text", "kind"), [("Interests?", "interests"), ("technology?", "technology")])
def test_a_word_that_names_a_whole_kind_is_neither_affirmed_nor_denied(ask, text, kind):
    assert begin(ask(text, f"ask_{kind}", yes=0.9, open=0.1), {"yes": 0.5, "no": -0.5, "open": -0.5}) is Verdict.none


def test_where_nobody_has_judged_what_a_document_decides_there_is_no_verdict(ask):
    assert begin(ask("do i need a licence", "ask_one_skill", yes=1.0), {}) is Verdict.none


def test_what_was_told_already_is_not_offered_again(knowledge, ask):
    thread = Thread(answers=[["typical_day", "utter_typical_day", [7], ""]])
    assert "typical_day" not in compose(knowledge, JOB, ask("what is it", "ask_overview"), thread).next
