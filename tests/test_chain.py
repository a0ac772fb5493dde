"""One name all along: intent -> examples -> rule -> plan -> sentences; what is missing is named."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from actions.decide import FALLBACK, OTHER_CAREER
from actions.follow_up import FOLLOW_UPS
from actions.plans import PLANS, STARTERS

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
RULES = {
    rule["steps"][0]["intent"]: rule["steps"][1]["action"]
    for rule in yaml.safe_load((ROOT / "data" / "rules.yml").read_text(encoding="utf-8"))["rules"]
    if "condition" not in rule  # that of a form, which begins with no intent
}
INTENTS = [intent for intent in DOMAIN["intents"] if not intent.startswith("signal_")]
# questions about the advisor, which no document answers
ABOUT = ("advice", "bot", "careers", "correction", "human", "maker", "memory", "privacy", "source", "suggestions")
TALK = {f"ask_{kind}" for kind in ABOUT}
KINDS = [intent.removeprefix("ask_") for intent in INTENTS if intent.startswith("ask_") and intent not in TALK]


@pytest.mark.parametrize("intent", INTENTS)
def test_an_intent_has_a_file_of_examples_named_after_it(intent):
    blocks = yaml.safe_load((ROOT / "data" / "nlu" / f"{intent}.yml").read_text(encoding="utf-8"))["nlu"]
    assert [block["intent"] for block in blocks] == [intent]


def test_every_file_of_examples_is_an_intent():
    assert {path.stem for path in (ROOT / "data" / "nlu").glob("*.yml")} == set(INTENTS)


@pytest.mark.parametrize("intent", [*DOMAIN["intents"], "nlu_fallback"])
def test_an_intent_has_one_rule_and_its_action_exists(intent):
    assert RULES[intent] in [*DOMAIN["responses"], *DOMAIN["actions"]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_question_has_a_plan_a_sentence_and_a_gap(kind):
    assert kind in PLANS
    assert kind in DOMAIN["responses"]["utter_gap"][0]["metadata"]
    assert f"utter_{kind}" in DOMAIN["responses"] or not PLANS[kind].tells


@pytest.mark.parametrize("kind", sorted({kind for plan in PLANS.values() for kind in plan.next} | set(STARTERS)))
def test_a_next_question_has_a_button_and_an_intent(kind):
    assert f"button_{kind}" in DOMAIN["responses"]
    assert f"ask_{kind}" in INTENTS


@pytest.mark.parametrize("intent", [intent for intent, action in RULES.items() if action == "action_answer"])
def test_what_is_answered_is_a_follow_up_has_a_plan_or_is_talk_with_a_sentence(intent):
    kind = intent.removeprefix("ask_")
    elsewhere = intent in (OTHER_CAREER, FALLBACK)
    assert elsewhere or intent in FOLLOW_UPS or kind in PLANS or f"utter_{kind}" in DOMAIN["responses"]


def test_every_follow_up_has_its_function():
    assert {intent for intent in INTENTS if intent.startswith("follow_")} | {"repeat"} == set(FOLLOW_UPS)
