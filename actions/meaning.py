"""What a word means: the document's own explanation, or that it uses the word without one."""

from __future__ import annotations

import re

from actions.answer import Answer
from actions.plans import STARTERS
from actions.question import Question
from knowledge.model import Occupation

MOST = 3  # facts
WORD = re.compile(r"[a-z][a-z-]{2,}")
AROUND = {  # words with which people ask what another one means
    "what", "whats", "does", "mean", "means", "meaning", "define", "definition", "explain", "term", "word", "words",
    "plain", "english", "simple", "simply", "the", "and", "for", "this", "job", "that", "page", "say", "says", "they",
    "with", "when", "stand", "stands", "short", "please", "tell", "exactly", "here", "call", "called", "are", "you",
    "your", "how", "who", "why", "can", "could", "would", "like", "its", "thing", "things",
}  # fmt: skip


def explained(occupation: Occupation, question: Question) -> Answer | None:
    """What the source says of the word that a question is about; `None` where it does not use it."""
    asked = set(WORD.findall(question.said.lower())) - AROUND
    shared = [len(asked.intersection(WORD.findall(fact.quote.lower()))) for fact in occupation.facts]
    if not any(shared):
        return None
    using = sorted((place for place, count in enumerate(shared) if count), key=lambda place: -shared[place])
    told = [place for place in using if shared[place] == shared[using[0]] and _explains(occupation, place)]
    response = "utter_explains" if told else "utter_unexplained"
    return Answer(response, occupation, "meaning", (told or using)[:MOST], next=STARTERS)


def _explains(occupation: Occupation, place: int) -> bool:
    """Whether a fact is a term with its explanation, and not a term alone."""
    fact = occupation.facts[place]
    return fact.label is not None and fact.label != fact.text
