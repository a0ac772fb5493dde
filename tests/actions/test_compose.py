"""What the facts decide or tell of a question is told; what they leave open is named."""

from __future__ import annotations

import numpy as np
import pytest

from actions.answer import GAP, Answer, Verdict
from actions.beside import says_nothing
from actions.compose import compose
from actions.evidence import Evidence
from actions.findings import decided
from actions.telling import ON_THIS
from actions.thread import Thread
from knowledge.model import Aspect, Fact, Occupation, Source
from knowledge.reader import Relation
from tests.actions.conftest import JOB

CLAUSE = "whether robots are used"


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


@pytest.mark.parametrize(("relation", "verdict"), [("yes", Verdict.yes), ("no", Verdict.no)])
def test_a_fact_that_decides_the_question_is_quoted_with_its_verdict(knowledge, ask, reads, relation, verdict):
    reads(**{relation: "blueprints"})
    answer = compose(knowledge, JOB, ask("do i read blueprints", "ask_one_task", clause=CLAUSE), Thread())
    assert (answer.response, answer.verdict, answer.missing) == ("utter_told", verdict, "")
    assert ["blueprints" in quote for quote in told(answer)] == [True]


def test_where_facts_decide_it_both_ways_there_is_no_verdict():
    relations = np.eye(len(Relation))[[Relation.yes, Relation.no]]
    assert decided(Evidence(np.zeros(2), np.array([0.9, 0.1]), lambda: relations)) is Verdict.yes
    assert decided(Evidence(np.zeros(2), np.array([0.1, 0.9]), lambda: relations)) is Verdict.no
    assert decided(Evidence(np.zeros(2), np.array([0.6, 0.4]), lambda: relations)) is Verdict.none


def test_a_fact_that_tells_what_was_asked_is_quoted(knowledge, ask, reads):
    reads(tells="raw material")
    answer = compose(knowledge, JOB, ask("what goes into the machine, raw material?", "ask_pay", 0.1), Thread())
    assert (answer.response, answer.verdict, len(told(answer))) == ("utter_told", Verdict.none, 1)


def test_of_a_fact_that_lacks_the_detail_both_are_said(knowledge, ask, reads):
    reads(detail="Mathematics")
    answer = compose(knowledge, JOB, ask("how much math", "ask_one_skill", clause="how much math"), Thread())
    assert (answer.response, told(answer), answer.missing) == ("utter_lacks", ["Mathematics"], "how much math")


def test_beside_a_fact_what_could_not_be_reported_is_only_that_there_is_no_more(knowledge, ask, reads):
    reads(detail="Mathematics")
    answer = compose(knowledge, JOB, ask("ya the math tho", "ask_one_skill"), Thread())
    assert (answer.response, told(answer), answer.missing) == ("utter_lacks", ["Mathematics"], ON_THIS)


def test_all_facts_that_surely_tell_it_are_told_and_not_the_likeliest_alone(knowledge, ask, reads):
    reads(tells="ertification")
    answer = compose(knowledge, JOB, ask("a certification or a course, what helps", "ask_pay", 0.1), Thread())
    likeliest, other = told(answer)
    assert likeliest.startswith("Gaining certifications")
    assert "certification courses" in other


def test_an_answer_that_only_tells_what_others_told_repeats_them(knowledge):
    def answer(**more) -> Answer:
        return Answer("utter_told", knowledge.occupation(JOB), "skills", [1, 2], **more)

    assert answer().repeats({1, 2, 3}, set())
    assert not answer().repeats({1}, set())
    assert not answer(verdict=Verdict.no).repeats({1, 2}, set())
    assert not answer(missing=CLAUSE).repeats({1, 2}, set())
    assert answer(missing=CLAUSE).repeats({1, 2}, {CLAUSE})
    gap = Answer(GAP, knowledge.occupation(JOB), "pay", missing="pay")
    assert not gap.repeats({1, 2}, {CLAUSE})
    assert gap.repeats(set(), {"pay"})
    assert not Answer("utter_no_more", knowledge.occupation(JOB), "follow_up").repeats({1}, {CLAUSE})


def test_an_answer_says_nothing_that_could_not_even_report_its_question(knowledge, ask, reads):
    reads()
    assert says_nothing(compose(knowledge, JOB, ask("pizza", "ask_tasks", 0.2), Thread()))
    reported = ask("is it cold", "ask_tasks", clause="whether it is cold")
    assert not says_nothing(compose(knowledge, JOB, reported, Thread()))
    assert not says_nothing("utter_thanks")


def test_what_no_fact_bears_on_is_a_gap_without_filler(knowledge, ask, reads):
    reads()
    for kind in ("pay", "one_skill", "tasks"):
        answer = compose(knowledge, JOB, ask("do they use robots", f"ask_{kind}", clause=CLAUSE), Thread())
        assert (answer.response, answer.facts, answer.missing) == (GAP, [], CLAUSE)


def test_a_gap_without_a_clause_is_named_by_its_kind(knowledge, ask, reads):
    reads()
    assert compose(knowledge, JOB, ask("moneywise?", "ask_pay"), Thread()).missing == "pay"


def test_a_gap_is_filled_as_soon_as_a_document_says_it(ask, tmp_path):
    from knowledge.base import KnowledgeBase
    from knowledge.encoder import Encoder

    fact = Fact(Aspect.pay, "Welders earn about $47,000 a year.", 1)
    paid = Occupation("welder", "Welder", Source("welder", "Welder page"), facts=[fact])
    store = KnowledgeBase(f"sqlite:///{tmp_path / 'paid.sqlite'}")
    store.build([paid], Encoder().encode, "paid")
    answer = compose(store, "welder", ask("how much does it pay", "ask_pay"), Thread())
    assert told(answer) == [fact.text]


def test_the_names_are_told_with_their_line(knowledge, ask):
    answer = compose(knowledge, JOB, ask("what else is it called", "ask_titles"), Thread())
    assert "Process Engineer" in answer.names
    assert len(answer.names) == 6


def test_a_word_is_explained_where_the_document_explains_it_and_else_said_to_be_unexplained(knowledge, ask):
    explained = compose(knowledge, JOB, ask("what does operation monitoring mean", "ask_meaning"), Thread())
    assert (explained.response, len(explained.facts)) == ("utter_explains", 1)
    assert "Watching gauges" in told(explained)[0]
    unexplained = compose(knowledge, JOB, ask("define dexterity", "ask_meaning"), Thread())
    assert (unexplained.response, told(unexplained)) == ("utter_unexplained", ["Physical Strength and Dexterity"])
    unused = compose(knowledge, JOB, ask("what does hydroforming mean", "ask_meaning"), Thread())
    assert unused.response == GAP


def test_downsides_are_what_bears_on_them_and_never_what_speaks_for_it(knowledge, ask, reads):
    reads()
    answer = compose(knowledge, JOB, ask("what do people hate about it", "ask_downsides"), Thread())
    assert {fact.aspect for fact in answer.quoted} == {Aspect.safety, Aspect.requirements}


def test_what_was_told_already_is_not_offered_again(knowledge, ask):
    thread = Thread(answers=[["typical_day", "utter_typical_day", [7], "", "none"]])
    assert "typical_day" not in compose(knowledge, JOB, ask("what is it", "ask_overview"), thread).next
