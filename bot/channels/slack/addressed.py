"""Whom a message in a thread is for, by how it is written and what it asks: the advisor, or the people there; pure."""

from __future__ import annotations

import re
from enum import Enum
from typing import Any

from bot.channels.slack.names import calls_advisor, calls_person

LONGEST = 300  # characters; what is longer in a thread is told to people, and takes long to understand

OPENERS = r"^(?:(?:and|so|ok|okay|also|but|then|hm+|btw|now|well|please|no|yes|seriously)[ ,]+)*"
QUESTION = re.compile(
    rf"\?|{OPENERS}(?:what|whats|which|who|how|when|where|why|tell (?:me|us)|show me|explain|compare|"
    r"(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have)(?:n't)?)\b|"
    r", (?:is|are|do|does|can|will) (?:it|that|this|they|there|those|you)\b",
    re.IGNORECASE,
)
REST = re.compile(r"^(?:(?:ok|okay|so|but) )?(?:and|or) (?:\S+ ){0,5}\S+$", re.IGNORECASE)  # of one: “and pastry chefs”
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
OCCUPATIONS = ("occupation", "several", "career")  # the entities that name one
ANOTHER = "other_career"  # the kind of “what about pastry chefs?”
ON_ALL = {"ask_careers", "ask_suggestions"}  # what is asked about no occupation in particular


class Scene(Enum):
    """What stands in a thread right before a message, and how sure the kind of a question has to be there."""

    answered = 0.65  # the advisor's answer to the same person, or nothing but that person's own words
    overheard = 0.8  # the advisor's answer to another person
    resumed = 0.85  # what others have said since the advisor answered the same person
    amid = 0.9  # what another person said


def is_for_others(raw: str, words: str, bot_user: str | None) -> bool:
    """Whether a message, as Slack has it and in its words, is without words or plainly for somebody else."""
    if not any(character.isalnum() for character in words) or words.startswith("/") or len(words) > LONGEST:
        return True
    return names_another(raw, bot_user) or (not calls_advisor(words) and calls_person(words))


def names_another(raw: str, bot_user: str | None) -> bool:
    """Whether a message mentions another person, a group or everybody."""
    return any(mention[1] is None or mention[1] != bot_user for mention in OTHER.finditer(raw))


def asks(words: str, scene: Scene | None = None) -> bool:
    """Whether a message has the form of a question; where its `scene` is not known, whether it could have."""
    goes_on = scene in (None, Scene.answered, Scene.resumed) and REST.search(words) is not None
    return goes_on or QUESTION.search(words) is not None


def is_for_advisor(words: str, understood: dict[str, Any], scene: Scene, *, asked_back: bool) -> bool:
    """Whether the advisor would answer what it understood of a message (Rasa's parse), and nobody else is meant.

    `asked_back`: the advisor's answer, which stands right before the message, asked something.
    """
    if scene is Scene.answered and asked_back and _replies(words, understood):
        return True
    if not asks(words, scene) or OURSELVES.search(words) or WHEN.search(words):
        return False
    spoken_to = ONESELF.search(words) is not None and not ANYBODY.search(words)
    if scene is not Scene.answered and (spoken_to or not _is_plain(words, understood, scene)):
        return False
    return any(_is_answerable(question, scene, spoken_to, _named(understood)) for question in _questions(understood))


def _is_plain(words: str, understood: dict[str, Any], scene: Scene) -> bool:
    """Whether one sees without having followed the talk that a message is about a kind of work.

    Amid people's talk it has to name an occupation, and not a person by it (“the electrician”), or ask about all of
    them; right after the advisor's answer to another it names one, or is not about who asks and nothing else. Who was
    answered last may go on.
    """
    named = _named(understood)
    if any(SOMEBODY.search(words[: entity.get("start", 0)]) for entity in named):
        return False
    about_all = any(question["intent"] in ON_ALL for question in _questions(understood))
    overheard = scene is Scene.overheard and (not MYSELF.search(words) or IT.search(words) is not None)
    return bool(named) or about_all or overheard or scene is Scene.resumed


def _is_answerable(question: dict[str, Any], scene: Scene, spoken_to: bool, named: list[dict[str, Any]]) -> bool:
    intent = question["intent"]
    on_careers = intent.startswith("ask_") and intent not in NOT_ON_CAREERS or (intent == ANOTHER and bool(named))
    leans = scene is Scene.answered and intent.startswith("follow_")
    fits = (on_careers and not spoken_to) or leans
    return fits and question.get("does") != "talk" and question["confidence"] >= scene.value


def _named(understood: dict[str, Any]) -> list[dict[str, Any]]:
    """The places where occupations are named."""
    return [entity for entity in understood.get("entities") or [] if entity["entity"] in OCCUPATIONS]


def _replies(words: str, understood: dict[str, Any]) -> bool:
    """Whether a message can answer what the advisor asked, and is no talk with others."""
    intents = {question["intent"] for question in _questions(understood)}
    return not intents & SMALL_TALK and not OURSELVES.search(words) and not (asks(words) and ONESELF.search(words))


def _questions(understood: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of a message with their kinds; the kind of the whole where it was not looked at part by part."""
    intent = understood.get("intent") or {}
    whole = {"intent": intent.get("name") or "nlu_fallback", "confidence": intent.get("confidence") or 0.0}
    return understood.get("questions") or [whole]
