"""Whether a message looks for an occupation, rather than asking about one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from actions.question import PREFIX, SURE, Question
from actions.which import OWN_JOB, POINTS

CAREERS, SUGGESTIONS = "ask_careers", "ask_suggestions"
ONWARD = ("ask_next_steps", "ask_getting_started")  # what one asks who looks for a way: "what else can I do"
PAY = "ask_pay"  # “what else pays”
ONESELF = re.compile(r"\b(?:i|i'?m|i'?ve|my|me|mine|we|our|us)\b", re.IGNORECASE)
ELSE = re.compile(r"\b(?:else|other|another|instead|different)\b", re.IGNORECASE)
MUCH = 45  # characters that somebody tells beside a question


def looking(message: dict[str, Any], asked: list[Question], *, talked: bool) -> Question | None:
    """The question of a message that looks for an occupation; `None` where none does.

    `talked`: an occupation is named, or was talked of, so that only what is sure leads away from it.
    """
    for each in asked:
        if each.intent in (CAREERS, SUGGESTIONS) and (each.confidence >= SURE or not talked):
            many = each.intent == CAREERS and _beside(message, asked) >= MUCH  # "he loves engines. what now"
            return replace(each, intent=SUGGESTIONS) if many else each
    if _wants_another(message, asked[0], talked=talked) or (not talked and _tells_of_oneself(message, asked)):
        return replace(asked[0], intent=SUGGESTIONS)
    return None


def _beside(message: dict[str, Any], asked: list[Question]) -> int:
    """How many characters of a message are no question."""
    return len(message["text"]) - sum(len(each.text) for each in asked)


def _wants_another(message: dict[str, Any], question: Question, *, talked: bool) -> bool:
    """Whether somebody asks what they could do instead of the job that they have: "what else can I do"."""
    entities = message.get("entities") or []
    has_one = any(each.get("past") or each["entity"] == OWN_JOB for each in entities)
    has_one |= not talked and _beside(message, [question]) >= MUCH  # "the mill is closing, 26 years on the machines"
    return has_one and question.intent in (*ONWARD, PAY) and ELSE.search(question.text) is not None


def _tells_of_oneself(message: dict[str, Any], asked: list[Question]) -> bool:
    """Whether somebody tells of themselves and asks about no job: "I like computers and my grades are bad"."""
    told = message["text"]
    if all(each.does in ("talk", "person") for each in asked):
        return len(told) >= MUCH and any(each.intent.startswith(PREFIX) for each in asked)
    for each in asked:
        told = told.replace(each.said, " ")
    of_oneself = len(told) >= MUCH and ONESELF.search(told) is not None
    onward = asked[0].intent in ONWARD or asked[0].confidence < SURE
    return of_oneself and onward and not POINTS.search(asked[0].text)
