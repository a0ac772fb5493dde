"""Is it for me? Each thing that a person tells is matched with what the document says, over one message or several."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from actions.answer import Answer
from actions.evidence import KIND, of_zone, places, weigh
from actions.plans import PLANS
from actions.question import Question, Statement
from knowledge.base import KnowledgeBase
from knowledge.model import Aspect as A
from knowledge.model import Occupation

MEETS = 0.45  # how likely a fact is meant from which it meets what a person says of themselves
MOST_OF_ALL = 1  # facts that a whole message meets, beside those that its parts do
MOST_QUESTIONS = 2
NEEDED = (A.requirements, A.experience)  # what an occupation asks for; it is asked back, in this order
MATCHED = (A.skills, A.knowledge, A.abilities, A.interests, A.tasks, A.typical_day, A.requirements, A.appeal,
           A.experience, A.entry_level)  # fmt: skip
NOTHING = "None"  # what a source says where nothing of a kind is needed
OPEN = 5  # how many facts that a person has not mentioned are told at most


@dataclass
class Fit:
    """What is known of a person, kept in the slot `fit`: places of facts, each with the words that met it."""

    about: str = ""  # the occupation, and the build that its facts are counted in
    fits: dict[int, str] = field(default_factory=dict)
    against: dict[int, str] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)  # the facts that the person was asked about
    pending: int | None = None  # the one that has no answer yet

    @classmethod
    def of(cls, slot: dict[str, Any] | None, about: str) -> Fit:
        """The fit that a slot holds, JSON having made texts of its places; a new one where that is about another."""
        if not slot or slot.get("about") != about:
            return cls(about)
        by_place = {name: {int(place): words for place, words in slot[name].items()} for name in ("fits", "against")}
        return cls(about, **by_place, asked=slot["asked"], pending=slot["pending"])

    def slot(self) -> dict[str, Any]:
        """The fit as the slot keeps it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def add(self, place: int, words: str, *, holds: bool) -> None:
        """A statement of the person meets a fact; the latest one counts."""
        for side in (self.fits, self.against):
            side.pop(place, None)
        (self.fits if holds else self.against)[place] = words


def match_person(knowledge: KnowledgeBase, slug: str, question: Question, told: list[Statement], fit: Fit) -> Answer:
    """Match what a person tells with an occupation; `fit` takes up what was found, and what is asked next."""
    occupation = knowledge.occupation(slug)
    pool = _pool(occupation)
    fit.pending = None
    for statement in told:
        likely = weigh(knowledge, occupation, _as_question(statement)).likely[pool]
        if len(pool) and likely.max() >= MEETS:
            fit.add(pool[int(np.argmax(likely))], statement.text, holds=statement.holds)
    if question.vector is not None and not (fit.fits or fit.against):  # what the parts leave out, the whole may hold
        likely = weigh(knowledge, occupation, question).likely
        for place in sorted(pool, key=lambda place: -likely[place])[:MOST_OF_ALL]:
            if likely[place] >= MEETS + KIND and place not in fit.against:
                fit.fits.setdefault(place, "")
    return _answer(occupation, fit)


def reply_to_pending(knowledge: KnowledgeBase, slug: str, words: str, fit: Fit, *, holds: bool) -> Answer:
    """Take a yes or a no to what was asked back."""
    place, fit.pending = fit.pending, None
    fit.add(place, words, holds=holds)
    answer = _answer(knowledge.occupation(slug), fit)
    if fit.pending is not None:  # not everything again, only what is new, until nothing more is asked
        answer.facts = [place]
    return answer


def _answer(occupation: Occupation, fit: Fit) -> Answer:
    met = {*fit.fits, *fit.against}
    wanted = NEEDED if met else (*NEEDED, A.interests)
    unmentioned = [place for place in _demands(occupation, wanted) if place not in met]
    needed = [place for place in _demands(occupation, NEEDED) if place not in met and place not in fit.asked]
    if needed and len(fit.asked) < MOST_QUESTIONS:
        fit.pending = needed[0]
        fit.asked = [*fit.asked, needed[0]]
    facts = [*fit.fits, *fit.against, *unmentioned[:OPEN]]
    return Answer("utter_fit", occupation, "fit", facts, fit=fit, next=PLANS["fit"].next)


def _demands(occupation: Occupation, aspects: tuple[A, ...]) -> list[int]:
    """What an occupation asks of a person: neither how many of those asked said so, nor that nothing is needed."""
    facts = occupation.facts
    demands = [place for place in places(occupation, aspects) if not (facts[place].is_share or of_zone(facts[place]))]
    return [place for place in demands if facts[place].text != NOTHING]


def _pool(occupation: Occupation) -> list[int]:
    return [place for place, fact in enumerate(occupation.facts) if fact.aspect in MATCHED]


def _as_question(statement: Statement) -> Question:
    return Question(statement.text, "ask_fit", 1.0, vector=statement.vector)
