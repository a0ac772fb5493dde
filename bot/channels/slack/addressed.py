"""Whom a message in a thread is for, by how it is written and what it asks: the advisor, or the people there; pure."""

from __future__ import annotations

import re
from enum import Enum
from typing import Any

from bot.channels.slack.names import calls_advisor, calls_person

LONGEST = 300  # characters; what is longer in a thread is told to people, and takes long to understand

QUESTION = re.compile(
    r"\?|^(?:(?:and|so|ok|okay|also|but|then|hm+|btw|now|well|please)[ ,]+)*"
    r"(?:what|whats|which|who|how|when|where|why|tell (?:me|us)|show me|explain|compare)\b",
    re.IGNORECASE,
)
OURSELVES = re.compile(r"\b(?:we|we're|we'll|we've|us|our|ours|let's|lets|he|she|him|his|her|hers)\b", re.IGNORECASE)
ONESELF = re.compile(r"\b(?:you|you're|you've|your|yours|u|ur)\b", re.IGNORECASE)
ANYBODY = re.compile(  # “you” that means whoever does the job, or the advisor as well as anybody
    r"\b(?:do|would|will|can|could|should|did|must|if|that|until|before|when|how long|what|where) (?:you|u) "
    r"(?:(?:also|ever|really|usually|still) )?"
    r"(?:need|have to|has to|get|become|want to|got to|must|learn|study|start|work as|"
    r"tell|know|explain|list|show|say)\b",
    re.IGNORECASE,
)
MYSELF = re.compile(r"\b(?:i|i'm|i'd|i'll|my|me)\b", re.IGNORECASE)
IT = re.compile(r"\b(?:it|this|that)\b", re.IGNORECASE)
SOMEBODY = re.compile(r"\b(?:the|this|that|my|your|their|another|which)\s+(?:new |old |other )?$", re.IGNORECASE)
WHEN = re.compile(  # a time of those who talk, which no document is about
    r"\b(?:today|tonight|tomorrow|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday|o'clock|"
    r"(?:this|next|last) (?:morning|afternoon|evening|week|weekend|month|quarter|sprint|time))\b|\b\d{1,2} ?[ap]m\b",
    re.IGNORECASE,
)
OTHER = re.compile(r"<@([UW][^|>]*)(?:\|[^>]*)?>|<!(?:subteam|here|channel|everyone)")

NOT_ON_CAREERS = {
    "ask_advice", "ask_bot", "ask_correction", "ask_human", "ask_maker", "ask_memory", "ask_other_detail",
    "ask_privacy", "ask_source",
}  # fmt: skip
SMALL_TALK = {
    "goodbye", "greet", "how_are_you", "insult", "manipulate", "nlu_fallback", "out_of_scope", "thanks",
}  # fmt: skip
OCCUPATIONS = ("occupation", "career")  # the entities that name one
ANSWERED, OVERHEARD, AMID = 0.65, 0.8, 0.9  # how sure the kind of a question has to be, in each `Scene`


class Scene(Enum):
    """What stands in a thread right before a message."""

    answered = ANSWERED  # the advisor's answer to the same person, or nothing but that person's own words
    overheard = OVERHEARD  # the advisor's answer to another person
    amid = AMID  # what another person said


def is_for_others(raw: str, words: str, bot_user: str | None) -> bool:
    """Whether a message, as Slack has it and in its words, is without words or plainly for somebody else."""
    if not any(character.isalnum() for character in words) or words.startswith("/") or len(words) > LONGEST:
        return True
    return names_another(raw, bot_user) or (not calls_advisor(words) and calls_person(words))


def names_another(raw: str, bot_user: str | None) -> bool:
    """Whether a message mentions another person, a group or everybody."""
    return any(mention[1] is None or mention[1] != bot_user for mention in OTHER.finditer(raw))


def asks(words: str) -> bool:
    """Whether a message has the form of a question."""
    return QUESTION.search(words) is not None


def is_for_advisor(words: str, understood: dict[str, Any], scene: Scene, *, asked_back: bool) -> bool:
    """Whether the advisor would answer what it understood of a message (Rasa's parse), and nobody else is meant.

    `asked_back`: the advisor's answer, which stands right before the message, asked something.
    """
    if scene is Scene.answered and asked_back and _replies(words, understood):
        return True
    if not asks(words) or OURSELVES.search(words) or WHEN.search(words):
        return False
    spoken_to = ONESELF.search(words) is not None and not ANYBODY.search(words)
    if scene is not Scene.answered and (spoken_to or not _is_plain(words, understood, scene)):
        return False
    return any(_is_answerable(question, scene, spoken_to) for question in _questions(understood))


def _is_plain(words: str, understood: dict[str, Any], scene: Scene) -> bool:
    """Whether one sees without having followed the talk that a message is about a kind of work.

    Amid people's talk it has to name an occupation, and not a person by it (“the electrician”); right after the
    advisor's answer to another it names one, or is not about who asks and nothing else.
    """
    named = [entity for entity in understood.get("entities") or [] if entity["entity"] in OCCUPATIONS]
    if any(SOMEBODY.search(words[: entity.get("start", 0)]) for entity in named):
        return False
    return bool(named) or (scene is Scene.overheard and (not MYSELF.search(words) or IT.search(words) is not None))


def _is_answerable(question: dict[str, Any], scene: Scene, spoken_to: bool) -> bool:
    intent = question["intent"]
    on_careers = intent.startswith("ask_") and intent not in NOT_ON_CAREERS and not spoken_to
    leans = scene is Scene.answered and intent.startswith("follow_")
    return (on_careers or leans) and question.get("does") != "talk" and question["confidence"] >= scene.value


def _replies(words: str, understood: dict[str, Any]) -> bool:
    """Whether a message can answer what the advisor asked, and is no talk with others."""
    intents = {question["intent"] for question in _questions(understood)}
    return not intents & SMALL_TALK and not OURSELVES.search(words) and not (asks(words) and ONESELF.search(words))


def _questions(understood: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of a message with their kinds; the kind of the whole where it was not looked at part by part."""
    intent = understood.get("intent") or {}
    whole = {"intent": intent.get("name") or "nlu_fallback", "confidence": intent.get("confidence") or 0.0}
    return understood.get("questions") or [whole]
