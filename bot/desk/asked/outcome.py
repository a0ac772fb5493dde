"""How a question was answered, by what Rasa kept of its replies."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

REFUSING = {  # sentences of the domain that give no answer to a question
    "utter_gap",
    "utter_again_gap",
    "utter_shorter_gap",
    "utter_sure_gap",
    "utter_verdict_gap",
    "utter_placed_gap",
    "utter_unknown_occupation",
    "utter_no_occupation",
    "utter_which_unknown",
    "utter_out_of_scope",
    "utter_unavailable",
}
ASKING_BACK = {"which", "suggestions"}  # kinds of replies


class Outcome(str, Enum):
    """What became of a question."""

    answered = "answered"  # quoted from a source
    unsure = "unsure"  # quoted, and said that it does not decide it; or asked back what is meant
    refused = "refused"  # said that the sources do not say it, or not answered at all
    talk = "talk"  # no question: greetings, and what is asked of the advisor itself


MEANS = {
    Outcome.answered: "quoted from a document or a public source",
    Outcome.unsure: "something was quoted, but it does not decide what was asked; or the advisor asked back",
    Outcome.refused: "the advisor said that its sources do not say it, or could not answer",
    Outcome.talk: "greetings, thanks, and questions about the advisor itself",
}


def outcome(intent: str | None, replies: Iterable[dict[str, Any]]) -> Outcome:
    """What became of a message, by the events of its replies; without any, nobody answered it."""
    quoted = lacking = asked_back = said = False
    for reply in replies:
        said = True
        custom = (reply.get("data") or {}).get("custom") or {}
        sentence = (reply.get("metadata") or {}).get("utter_action")
        asked_back = asked_back or custom.get("kind") in ASKING_BACK
        quoted = quoted or bool(custom.get("sources"))
        lacking = lacking or bool(custom.get("gap")) or sentence in REFUSING
    if asked_back and not lacking:
        return Outcome.unsure
    if quoted:
        return Outcome.unsure if lacking else Outcome.answered
    if lacking or not said or intent == "nlu_fallback":
        return Outcome.refused
    return Outcome.talk


def occupation(asked: dict[str, Any], replies: Iterable[dict[str, Any]]) -> str | None:
    """The occupation that a message was about, where the message or its replies tell."""
    for reply in replies:
        for source in ((reply.get("data") or {}).get("custom") or {}).get("sources") or []:
            if source.get("document"):
                return str(source["document"])
    for entity in (asked.get("parse_data") or {}).get("entities") or []:
        if entity.get("entity") == "occupation" and isinstance(entity.get("value"), str):
            return entity["value"]
    return None
