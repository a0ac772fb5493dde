"""What speaks for each fact of an occupation as the answer to a question."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from itertools import islice, zip_longest

import numpy as np
from scipy.special import softmax

from actions.candidates import candidates
from actions.plans import bearing_on
from actions.question import PREFIX, Question
from knowledge.base import KnowledgeBase
from knowledge.encoder import meaning
from knowledge.form import plain
from knowledge.model import Aspect, Fact, Occupation
from knowledge.reader import Relation

READ, FEWEST = 6, 2  # facts that are read against a question at most, and against each of several in a message; ...
FAINT = 0.2  # ... of those that are at least so likely meant, beside the likeliest
LEANT_ON = 3  # facts of those told last that are read where a question leans on them
SHARPNESS = 10.0  # of the softmax that says which fact is meant, ...
BLUNT = 5.0  # ... and the same where no questions are confirmed for the facts, and their words alone speak for them
CONFIRMED = 0.8  # what likeness to the questions confirmed for a fact adds to its nearness
KIND = 0.15  # what belonging to the kind of question adds to it, or having been told last where it leans on that
POLARITY = 2.0  # how much the questions confirmed for a document say of yes or no, beside what its facts do
BEGINS = 9.0  # of the softmax that says how an answer begins
RATINGS = ("Work Styles", "Work Values", "Interests")  # headings of O*NET
ZONE = "Job Zone"  # how a heading begins that says what many occupations need
HEDGED = re.compile(
    r"\b(?:may|might|sometimes|some(?! of (?:the|their))|vary|varies|depend(?:s|ing)?|not always|in certain)\b",
    re.IGNORECASE,
)
SHARES = 2  # of those asked, the largest first, that are told of one aspect
LEAST = 1e-3  # chance below which none is told apart


class Evidence:
    """How likely each of n facts is meant, (n,), and what each is to the question, (n, 5); all 0 where it is not read.

    `likely` is how near each is to the question, (n,), with all else that speaks for it but what it is to the question.
    """

    def __init__(
        self, likely: np.ndarray, meant: np.ndarray, read: Callable[[], np.ndarray], *, confirmed: bool = True
    ) -> None:
        """`read` gives the relations; it costs the most by far, and is called once they are needed.

        `confirmed`: questions are confirmed for the facts, so that `meant` tells which of them is meant.
        """
        self.likely = likely
        self.meant = meant
        self.confirmed = confirmed
        self._read = read

    @cached_property
    def relations(self) -> np.ndarray:
        """The chance of each relation of each fact, (n, 5)."""
        return self._read()

    @cached_property
    def bearing(self) -> np.ndarray:
        """How likely each fact is the one that bears on the question, (n,); sums to how likely any does."""
        bears = 1 - self.relations[:, Relation.beside]
        chances = self.meant * bears
        return bears.max(initial=0.0, where=self.meant > 0) * chances / (chances.sum() or 1)

    @property
    def relation(self) -> np.ndarray:
        """What the fact that bears on the question is to it: (5,), sums to 1."""
        bears = 1 - self.relations[:, Relation.beside]
        found = (self.bearing / np.maximum(bears, LEAST)) @ self.relations
        found[Relation.beside] = 1 - self.bearing.sum()
        return found

    @property
    def likeliest(self) -> list[int]:
        """The places of the facts that were read, the one that is likeliest meant and bears on the question first."""
        return [int(place) for place in np.argsort(-self.bearing, kind="stable") if self.meant[place] > 0]

    def only(self, facts: list[int]) -> Evidence:
        """The same of some facts alone."""
        meant = np.zeros_like(self.meant)
        meant[facts] = self.meant[facts]
        return Evidence(self.likely, meant / (meant.sum() or 1), lambda: self.relations, confirmed=self.confirmed)


def weigh(
    knowledge: KnowledgeBase,
    occupation: Occupation,
    question: Question,
    leant_on: list[int] = (),
    leading: list[int] = (),
) -> Evidence:
    """Weigh an occupation's facts against a question that leans on some of them.

    `leading`: those that are told first of its kind, which are read however little their words say for them.
    """
    count = len(occupation.facts)
    if question.vector is None or not count:
        nothing = np.zeros(count, dtype=np.float32)
        return Evidence(nothing, nothing, lambda: np.zeros((count, len(Relation)), dtype=np.float32))
    match = knowledge.match(occupation.slug, question.text, question.vector)
    confirmed = match.facts if match else np.zeros(count, dtype=np.float32)
    looked_at = candidates(knowledge, occupation, question, [*leant_on, *leading])
    likely = knowledge.similarities(occupation.slug, meaning(question.vector), tuple(looked_at)) + CONFIRMED * confirmed
    likely[looked_at] += KIND * _of_kind(occupation, question)[looked_at]
    likely[list(leant_on)] += KIND
    most = READ if question.among == 1 else max(FEWEST, (READ + FEWEST) // question.among)  # so that many cost little
    most = min(most, READ // 2) if leading else most
    sharpness = SHARPNESS if match else BLUNT
    worth = sorted({*_worth_reading(likely, list(leant_on), most, sharpness), *leading})
    meant = np.zeros(count, dtype=np.float32)
    meant[worth] = softmax(sharpness * likely[worth])

    def read() -> np.ndarray:
        relations = np.zeros((count, len(Relation)), dtype=np.float32)
        text, turned = question.said or question.text, False
        if match is None:
            text, turned = plain(text)
        found = knowledge.read(occupation.slug, text, tuple(worth))
        if turned:
            found = np.array(found)
            found[:, [Relation.yes, Relation.no]] = found[:, [Relation.no, Relation.yes]]
        if match is not None:
            found = [_confirmed(relation, confirmed[place], match.begins) for place, relation in zip(worth, found)]
        relations[worth] = found
        if match is None:
            facts = occupation.facts
            _without_verdict(relations, [place for place in worth if only_rates(facts[place])], Relation.detail)
            _without_verdict(relations, [place for place in worth if _hedges(facts[place])], Relation.tells)
        return relations

    return Evidence(likely, meant, read, confirmed=match is not None)


def only_rates(fact: Fact) -> bool:
    """Whether a fact rates a trait, counts those who said something, or is of all occupations that need as much.

    Neither yes nor no follows from it.
    """
    rates = fact.label is not None and fact.heading in RATINGS
    return rates or fact.is_share or of_zone(fact)


def of_zone(fact: Fact) -> bool:
    """Whether a fact is of all occupations that need as much preparation."""
    return (fact.heading or "").startswith(ZONE)


def says_of_it(fact: Fact) -> bool:
    """Whether a fact says something of the occupation in a sentence, and not of all that need as much preparation."""
    return fact.label is None and not (fact.heading or "").startswith(ZONE)


def _hedges(fact: Fact) -> bool:
    """Whether a fact says that something may be so, or is so for some: it tells of it, and decides nothing for all."""
    return HEDGED.search(fact.text) is not None


def _without_verdict(relations: np.ndarray, places: list[int], instead: Relation) -> None:
    """Take from facts that they decide a question: what they are to it `instead`."""
    sides = [Relation.yes, Relation.no]
    relations[places, instead] += relations[places][:, sides].sum(axis=1)
    relations[np.ix_(places, sides)] = 0


def _worth_reading(likely: np.ndarray, leant_on: list[int], most: int, sharpness: float) -> list[int]:
    """The places of the likeliest facts that are not too faint to count, and of the likeliest that are leant on."""
    order = [int(place) for place in np.argsort(-likely)]
    enough = likely[order[0]] + np.log(FAINT) / sharpness
    leant_on = sorted(leant_on, key=lambda place: -likely[place])[:LEANT_ON]
    return sorted({*(place for place in order[:most] if likely[place] >= enough), *leant_on})


def _of_kind(occupation: Occupation, question: Question) -> np.ndarray:
    """How likely each fact is of the kind that a question is of, (n,)."""
    chances: dict[Aspect, float] = {}
    for intent, confidence in question.kinds.items():
        for aspect in dict.fromkeys(bearing_on(intent.removeprefix(PREFIX), more=not occupation.confirmed)):
            chances[aspect] = chances.get(aspect, 0.0) + confidence
    return np.array([chances.get(fact.aspect, 0.0) for fact in occupation.facts], dtype=np.float32)


def _confirmed(relation: np.ndarray, like: float, begins: dict[str, float]) -> np.ndarray:
    """What a fact is to a question that is like those confirmed for it, which say how their answers begin."""
    yes, no, tells, detail, beside = relation
    opens = softmax([BEGINS * score for score in begins.values()])[list(begins).index("open")]
    bears = like * beside
    decided = yes + no + bears * (1 - opens)
    odds = np.log(yes + LEAST) - np.log(no + LEAST) + POLARITY * (begins["yes"] - begins["no"])
    yes = decided / (1 + np.exp(-odds))
    return np.array([yes, decided - yes, tells + bears * opens, detail, beside - bears])


def places(occupation: Occupation, aspects: tuple[Aspect, ...]) -> list[int]:
    """The places of the facts of some aspects, aspect by aspect."""
    return [index for aspect in aspects for index, fact in enumerate(occupation.facts) if fact.aspect is aspect]


def first_of_each(occupation: Occupation, facts: list[int], most: int) -> list[int]:
    """So many of some facts, the first of each aspect before the second of any; in the order of their aspects."""
    by_aspect: dict[Aspect, list[int]] = {}
    for place in facts:
        fact = occupation.facts[place]
        same = by_aspect.setdefault(fact.aspect, [])
        shares = sum(occupation.facts[each].is_share for each in same)
        if fact.is_share and shares >= SHARES:
            continue
        if fact.area is None and fact.text not in {occupation.facts[each].text for each in same}:
            same.append(place)
    rounds = (place for row in zip_longest(*by_aspect.values()) for place in row if place is not None)
    kept = set(islice(rounds, most))
    return [place for same in by_aspect.values() for place in same if place in kept]
