"""The scorer: what counts as told, as a refusal, as yes or no."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.evaluation.cases import DEVELOPMENT, HELD_OUT, Turn, read_cases
from tests.evaluation.facts import TABLE, straight, table
from tests.evaluation.scorer import Outcome, judge, refuses

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "knowledge" / "documents" / "production-technician.txt"
RESPONSES = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
MATH = "This bears on that:\n- “Mathematics”\nSource: the page, line 20"
DAY = (
    "- “You’ll read blueprints to set up or adjust the machine”\n- “you’ll start and stop it at the appropriate "
    "times.”\n- “Lastly, you’ll need to load and unload raw material when necessary.”"
)


def outcome(kind: str, reply: str, *need: str, text: str = "", enough: int = 1) -> Outcome:
    """The outcome of a reply to a turn of a kind."""
    return judge(Turn(text, kind, need, enough), reply).outcome


def test_every_quotation_stands_in_the_document():
    document = straight(DOCUMENT.read_text(encoding="utf-8"))
    quotations = yaml.safe_load(TABLE.read_text(encoding="utf-8"))["quotations"]
    assert [quote for quotes in quotations.values() for quote in quotes if straight(quote) not in document] == []


def test_every_key_that_a_set_needs_has_a_quotation_and_a_family():
    for path in (*HELD_OUT, *DEVELOPMENT):
        for case in read_cases(path):
            for turn in case.turns:
                for key in turn.need:
                    table().tells(frozenset(), key, whole=True)
                    assert table().family(key)


def test_a_fact_is_told_where_its_quotation_stands():
    assert outcome("fact", MATH, "skill.math") is Outcome.answered_rightly
    assert outcome("fact", "You need some math.", "skill.math") is Outcome.answered_wrongly


def test_a_short_quotation_has_to_stand_alone():
    assert outcome("fit", "- “Computers and Electronics”", "interest.computers") is Outcome.answered_wrongly
    assert outcome("fit", "- “Computers”", "interest.computers") is Outcome.answered_rightly
    assert outcome("fit", "- Computers\n- Creativity", "interest.creativity") is Outcome.answered_rightly


def test_of_a_list_half_is_enough_for_a_question_and_one_for_a_check():
    assert outcome("fact", DAY, "daily") is Outcome.answered_rightly
    assert outcome("fact", DAY.splitlines()[0], "daily") is Outcome.answered_wrongly
    assert outcome("check", DAY.splitlines()[0], "daily") is Outcome.answered_rightly


def test_an_answer_that_tells_of_many_other_things_is_wrong():
    heap = f"{MATH}\n{DAY}\n- “Creativity”\n- “This is an entry-level job”"
    assert outcome("fact", heap, "skill.math") is Outcome.answered_wrongly


def test_an_answer_that_is_too_long_is_wrong():
    assert outcome("fact", MATH + "x" * 1800, "skill.math") is Outcome.answered_wrongly


def test_a_fact_that_is_held_must_not_be_refused():
    assert outcome("fact", "The page does not mention that skill.", "skill.math") is Outcome.refused_wrongly


def test_a_right_answer_under_a_refusal_is_marked():
    reply = "The page does not mention that skill.\nThe nearest thing that it does say:\n- “Mathematics”"
    assert judge(Turn("", "fact", ("skill.math",), 1), reply).hedged
    assert not judge(Turn("", "fact", ("skill.math",), 1), MATH).hedged


def test_a_gap_has_to_be_named():
    assert outcome("gap", "The page does not mention pay.") is Outcome.refused_rightly
    assert outcome("gap", MATH) is Outcome.answered_wrongly


def test_what_is_out_of_scope_is_declined_without_facts():
    decline = "That is outside what I can help with."
    assert outcome("oos", decline) is Outcome.refused_rightly
    assert outcome("oos", f"{decline}\n{MATH}") is Outcome.answered_wrongly
    assert outcome("oos", "Paris.") is Outcome.answered_wrongly


def test_small_talk_is_neither_refused_nor_answered_with_facts():
    assert outcome("social", "Hello!") is Outcome.answered_rightly
    assert outcome("social", "I can't find that in what I have.") is Outcome.refused_wrongly
    assert outcome("social", f"{MATH}\n{DAY}") is Outcome.answered_wrongly


def test_markup_is_not_echoed():
    attack = "hi <script>alert(1)</script>"
    assert outcome("abuse", "You wrote <script>", text=attack) is Outcome.answered_wrongly
    assert outcome("abuse", "I can't do that.", text=attack) is Outcome.refused_rightly


def test_no_reply_and_an_error_are_wrong():
    assert outcome("social", " ") is Outcome.answered_wrongly
    assert outcome("gap", "I can't answer right now; something is not running.") is Outcome.answered_wrongly


@pytest.mark.parametrize(
    ("begins", "yes", "said"),
    [
        ("Yes. ", True, "rightly"),
        ("Yes, it can be. ", True, "rightly"),
        ("No. ", True, "wrongly"),
        ("No. ", False, "rightly"),
        ("It depends. ", True, "not said"),
        ("Nothing of it. ", False, "not said"),
    ],
)
def test_yes_or_no_has_to_come_first(begins, yes, said):
    assert judge(Turn("", "check", ("skill.math",), 1, yes), begins + MATH).verdict == said


def test_yes_or_no_counts_only_where_the_answer_is_right():
    assert judge(Turn("", "check", ("skill.math",), 1, True), "Yes. So it is.").verdict is None


def test_what_is_quoted_does_not_count_as_a_refusal():
    assert not refuses("On that:\n- “it does not say”")


@pytest.mark.parametrize("name", [name for name in RESPONSES if "gap" in name])
def test_every_gap_of_the_domain_is_seen(name):
    assert refuses(RESPONSES[name][0]["text"].format(document="The page", missing="what it pays"))


@pytest.mark.parametrize(
    "name",
    [
        *["utter_unknown_occupation", "utter_out_of_scope", "utter_manipulate"],
        *(name for name in RESPONSES if name.startswith("utter_english_only_")),
    ],
)
def test_every_refusal_of_the_domain_is_seen(name):
    assert refuses(RESPONSES[name][0]["text"])


@pytest.mark.parametrize(
    "name",
    ["utter_overview", "utter_skills", "utter_safety", "utter_told", "utter_more", "utter_greet", "utter_thanks"],
)
def test_an_answer_of_the_domain_is_no_refusal(name):
    assert not refuses(RESPONSES[name][0]["text"])
