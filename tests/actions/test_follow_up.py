"""Follow-ups lean on what was last said."""

from __future__ import annotations

import json

import pytest

from actions.answer import GAP, Answer, Verdict
from actions.compose import compose
from actions.fit import Fit, match_person
from actions.follow_up import follow_up
from actions.plans import PLANS
from actions.positions import asked_for, pointed_at, positions
from actions.render import phrase, values
from actions.thread import Thread
from tests.actions.conftest import JOB


@pytest.fixture
def after_skills(knowledge, ask) -> Thread:
    """The thread once the skills were told."""
    answer = compose(knowledge, JOB, ask("skills please", "ask_skills"), Thread())
    return Thread().after(answer)


@pytest.mark.parametrize(
    ("text", "count", "picked"),
    [
        ("tell me more about the second one", 12, [1]),
        ("and the last one?", 12, [11]),
        ("number 3 pls", 12, [2]),
        ("the first two", 12, [0, 1]),
        ("the last 2", 5, [3, 4]),
        ("second to last", 5, [3]),
        ("1st", 4, [0]),
        ("the 9th", 4, [8]),
        ("hm", 4, []),
        ("the tenth one", 12, [9]),
        ("number 12", 12, [11]),
        ("number one", 12, [0]),
        ("the 99th", 12, [98]),
        ("the last one", 1, [0]),
        ("second to last", 1, [0]),
        ("the 0th", 4, []),
    ],
)
def test_items_are_picked_by_position(text, count, picked):
    assert positions(text, count) == picked


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("name 3 duties", [7, 8, 9]),
        ("just the top two please", [7, 8]),
        ("which duty comes last in the list?", [10]),
        ("what's the first one on the list", [7]),
        ("list 20 of them", [7, 8, 9, 10]),
        ("what is one of the skills", [7, 8, 9, 10]),
        ("what do they do in the first year", [7, 8, 9, 10]),
    ],
)
def test_of_a_list_as_many_are_told_as_are_asked_for(text, picked):
    assert asked_for(text, [7, 8, 9, 10]) == picked


def test_an_item_is_the_one_of_the_list_that_was_shown(knowledge, ask, after_skills):
    answer = follow_up(knowledge, JOB, ask("the second one", "follow_item"), after_skills)
    assert answer.facts == [after_skills.listed[1]]


def test_the_next_item_still_counts_on_the_same_list(knowledge, ask, after_skills):
    second = follow_up(knowledge, JOB, ask("the second one", "follow_item"), after_skills)
    thread = after_skills.after(second)
    assert follow_up(knowledge, JOB, ask("and the last", "follow_item"), thread).facts == [after_skills.listed[-1]]


def test_an_item_beyond_the_list_is_said_to_be_none(knowledge, ask):
    two = Thread().after(Answer("utter_skills", knowledge.occupation(JOB), "skills", [1, 2]))
    answer = follow_up(knowledge, JOB, ask("the 9th", "follow_item"), two)
    assert (answer.response, answer.count) == ("utter_no_item", 2)


def test_what_else_tells_only_what_is_new_until_nothing_is_left(knowledge, ask, after_skills):
    thread, seen = after_skills, set(after_skills.told)
    for _ in range(40):
        answer = follow_up(knowledge, JOB, ask("what else", "follow_more"), thread)
        if answer.response == "utter_no_more":
            break
        assert not seen & set(answer.facts)
        seen |= set(answer.facts)
        thread = thread.after(answer)
    assert answer.response == "utter_no_more"
    assert len(seen) == len(knowledge.occupation(JOB).facts)


def test_why_is_answered_with_what_was_said_and_that_no_reason_is_given(knowledge, ask, after_skills):
    assert follow_up(knowledge, JOB, ask("why?", "follow_why"), after_skills).response == "utter_why"


@pytest.mark.parametrize(
    "intent", ["follow_more", "follow_item", "follow_detail", "follow_why", "follow_back", "repeat"]
)
def test_before_anything_was_said_a_follow_up_says_so(knowledge, ask, intent):
    assert follow_up(knowledge, JOB, ask("and?", intent), Thread()).response == "utter_nothing_yet"


def test_a_job_in_one_line_is_what_it_is_in_short_where_nothing_was_said_before(knowledge, ask):
    answer = follow_up(knowledge, JOB, ask("this job in one line pls", "follow_shorter"), Thread())
    assert answer.response == "utter_overview"


def test_back_returns_to_what_was_told_before(knowledge, ask, after_skills):
    thread = after_skills.after(Answer("utter_safety", knowledge.occupation(JOB), "safety", [12]))
    answer = follow_up(knowledge, JOB, ask("back to what we had before", "follow_back"), thread)
    assert (answer.response, answer.facts) == ("utter_skills", after_skills.listed)


def test_a_thread_survives_its_slot(after_skills):
    assert Thread.of(json.loads(json.dumps(after_skills.slot())), "") == after_skills


def test_a_thread_about_another_occupation_or_build_is_not_gone_on_with(after_skills):
    assert Thread.of(after_skills.slot(), "welder 12ab") == Thread("welder 12ab")
    assert Thread.of({"kind": "skills"}, "") == Thread("")


def test_talk_does_not_end_a_thread(knowledge, after_skills):
    unsure = Answer("utter_nothing_yet", knowledge.occupation(JOB), "follow_up")
    assert after_skills.after(unsure) == after_skills


def test_a_check_is_decided_by_what_was_said_or_by_nothing(knowledge, ask, reads):
    about = Answer("utter_requirements", knowledge.occupation(JOB), "requirements", [36])
    reads(yes="Heavy Lifting")
    answer = follow_up(knowledge, JOB, ask("so is that a must?", "follow_check"), Thread().after(about))
    assert (answer.response, answer.facts, answer.verdict) == ("utter_told", [36], Verdict.yes)
    reads(yes="Mathematics")
    check = ask("so is that a must?", "follow_check", clause="whether that is a must")
    answer = follow_up(knowledge, JOB, check, Thread().after(about))
    assert (answer.response, answer.verdict, answer.missing) == ("utter_lacks", Verdict.none, "whether that is a must")


def test_a_check_that_may_be_of_a_kind_of_its_own_is_decided_by_any_fact(knowledge, ask, reads):
    about = Answer("utter_overview", knowledge.occupation(JOB), "overview", [0])
    reads(yes="dangerous area")
    check = ask("and is it dangerous?", "follow_check", 0.5, also={"ask_safety": 0.4}, clause="whether it is dangerous")
    answer = follow_up(knowledge, JOB, check, Thread().after(about))
    assert answer.verdict is Verdict.yes
    assert "dangerous area" in answer.quoted[0].text


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("could he skip the second one?", [1]),
        ("and that last bit, really?", [4]),
        ("only the first two then", [0, 1]),
        ("so not the 3rd?", [2]),
        ("would two or three do?", []),
        ("is that true at sixty four too", []),
        ("also in the first year?", []),
        ("not from a first timer, surely", []),
    ],
)
def test_an_item_is_pointed_at_and_nothing_else_that_is_counted(text, places):
    assert pointed_at(text, 5) == places


def test_a_check_of_one_item_is_about_that_item(knowledge, ask, after_skills):
    answer = follow_up(knowledge, JOB, ask("is the third one a must?", "follow_check"), after_skills)
    assert answer.facts == [after_skills.listed[2]]


def test_a_check_that_names_what_it_is_about_is_answered_about_that(knowledge, ask, reads, after_skills):
    reads(no="blueprints")
    answer = follow_up(knowledge, JOB, ask("so he never reads a blueprint?", "follow_check"), after_skills)
    assert "blueprints" in knowledge.occupation(JOB).facts[answer.facts[0]].text


@pytest.mark.parametrize("confidence", [0.9, 0.3])
def test_a_check_of_nothing_said_before_is_a_question(knowledge, ask, reads, confidence):
    reads(yes="Heavy Lifting")
    answer = follow_up(knowledge, JOB, ask("so you must lift?", "follow_check", confidence), Thread())
    assert answer.facts == [36]


@pytest.mark.parametrize(("text", "leans"), [("and that?", True), ("do people in here lift very heavy parts", False)])
def test_what_says_all_by_itself_leans_on_nothing(after_skills, text, leans):
    assert bool(after_skills.meant(text)) is leans


@pytest.mark.parametrize("intent", ["repeat", "follow_check", "follow_detail", "follow_why"])
def test_of_a_gap_no_more_is_told_than_that_it_is_one(knowledge, ask, reads, after_skills, intent):
    reads()
    gap = compose(knowledge, JOB, ask("what does it pay", "ask_pay", clause="what it pays"), Thread())
    for thread in (after_skills.after(gap), Thread().after(gap)):
        again = follow_up(knowledge, JOB, ask("and that?", intent), thread)
        assert (again.response, again.facts, again.missing) == (GAP, [], "what it pays")


@pytest.mark.parametrize("text", ["the last one", "second to last", "the software one", "the 3rd"])
def test_where_nothing_is_listed_no_item_is_picked(knowledge, ask, reads, text):
    reads()
    gap = compose(knowledge, JOB, ask("what does it pay", "ask_pay"), Thread())
    answer = follow_up(knowledge, JOB, ask(text, "follow_item"), Thread().after(gap))
    assert answer.response == GAP


@pytest.mark.parametrize(
    ("intent", "of_facts", "of_a_gap"),
    [
        ("follow_verdict", "utter_verdict", "utter_verdict_gap"),
        ("follow_sure", "utter_sure", "utter_sure_gap"),
        ("follow_place", "utter_placed", "utter_placed_gap"),
        ("follow_shorter", "utter_shorter", "utter_shorter_gap"),
        ("follow_simply", "utter_shorter", "utter_shorter_gap"),
        ("follow_said", "utter_said", "utter_said"),
    ],
)
def test_what_was_said_last_is_said_in_the_way_asked_for(
    knowledge, domain, ask, after_skills, intent, of_facts, of_a_gap
):
    gap = Answer(GAP, knowledge.occupation(JOB), "pay", missing="what it pays")
    for thread, response in ((after_skills, of_facts), (after_skills.after(gap), of_a_gap)):
        answer = follow_up(knowledge, JOB, ask("hm?", intent), thread)
        assert answer.response == response
        assert "{" not in phrase(domain, answer.response, **values(domain, answer))


def test_the_other_one_is_the_one_that_was_not_told(knowledge, ask):
    two = Answer("utter_workplace", knowledge.occupation(JOB), "workplace", [4, 13])
    one = Answer("utter_item", knowledge.occupation(JOB), "workplace", [4], lists=False)
    answer = follow_up(knowledge, JOB, ask("no, the other one", "follow_other"), Thread().after(two).after(one))
    assert answer.facts == [13]


@pytest.mark.parametrize("text", ["say that again", "show me all of it", "back to what we had before"])
@pytest.mark.parametrize("kind", sorted(PLANS))
def test_whatever_was_told_can_be_told_again(knowledge, domain, ask, kind, text):
    first = compose(knowledge, JOB, ask("what about it", f"ask_{kind}"), Thread())
    if kind == "fit":
        first = match_person(knowledge, JOB, ask("i fix cars", "ask_fit"), [], Fit())
    thread = Thread().after(first)
    for intent in ("repeat", "follow_more", "follow_back", "follow_item"):
        answer = follow_up(knowledge, JOB, ask(text, intent), thread)
        assert "{" not in phrase(domain, answer.response, **values(domain, answer))


def test_what_is_one_quotation_already_cannot_be_shorter(knowledge, ask):
    thread = Thread().after(compose(knowledge, JOB, ask("what is it", "ask_overview"), Thread()))
    answer = follow_up(knowledge, JOB, ask("shorter please", "follow_shorter"), thread)
    assert (answer.response, answer.facts) == ("utter_shortest", thread.focus)


def test_of_what_is_pointed_at_that_item_is_told(knowledge, ask, after_skills):
    answer = follow_up(knowledge, JOB, ask("say the second one simply", "follow_simply"), after_skills)
    assert (answer.response, answer.facts) == ("utter_item", after_skills.listed[1:2])


def test_a_correction_that_says_what_was_meant_is_answered(knowledge, ask, reads, after_skills):
    reads(yes="blueprints")
    question = ask("no, I meant: do they read blueprints?", "follow_other", clause="whether they read blueprints")
    assert follow_up(knowledge, JOB, question, after_skills).verdict is Verdict.yes
