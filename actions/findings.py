"""Which facts an answer rests on: those that decide a question, bear on it, tell it, or are the nearest to it."""

from __future__ import annotations

import re

from actions.answer import Verdict
from actions.evidence import Evidence, of_zone, places, weigh
from actions.plans import TOLD_MORE
from actions.question import Question
from actions.wanted import asks_time, tells_time
from knowledge.base import KnowledgeBase
from knowledge.encoder import meaning
from knowledge.model import Occupation
from knowledge.reader import Relation

# Chosen on tests/evaluation/development-*.jsonl, where a wrong claim counts as much as three refusals.

DECIDES = 0.45  # chance from which a question is decided: yes or no, ...
ALONE = 0.8  # ... and from which one fact decides it where no questions are confirmed for any
TELLS = 0.5  # chance from which a fact answers a question, or from which it surely lacks what is asked
CLEARER = 0.2  # by how much a fact of another kind is nearer where it is told in place of a list
ABOUT = 0.1  # by which what is about as near to a question as the nearest is less near
FIGURES = re.compile(r"\$|median wage is|[Ww]age data")  # in a sentence that says no more than the figures do
MOST = 3  # facts that are told where no list was asked for


def decided(evidence: Evidence) -> Verdict:
    """The verdict on a question; none where neither is likely enough, or both are.

    Where no questions are confirmed, one fact that surely decides it does, unless another nearly says the opposite.
    """
    sides = [Relation.yes, Relation.no]
    if evidence.confirmed:
        (yes, no), least = evidence.relation[sides], DECIDES
    else:
        (yes, no), least = evidence.relations[evidence.meant > 0][:, sides].max(axis=0, initial=0.0), ALONE
    if max(yes, no) < least or min(yes, no) > max(yes, no) / 2:
        return Verdict.none
    return Verdict.yes if yes > no else Verdict.no


def deciding(evidence: Evidence, verdict: Verdict) -> list[int]:
    """The facts that decide a question so, the likeliest first."""
    relation = Relation[verdict.value]
    alike = [place for place in evidence.likeliest if evidence.relations[place, relation] >= DECIDES]
    return bearing(evidence, alike or None)


def bearing(evidence: Evidence, facts: list[int] | None = None) -> list[int]:
    """The facts that bear on a question: the likeliest, those at least half as likely, and what surely tells it."""
    facts = evidence.likeliest if facts is None else facts
    tell = telling(evidence, facts)
    least = evidence.bearing[facts[0]] / 2 if facts else 0.0
    return [place for place in facts if evidence.bearing[place] >= least or place in tell][:MOST]


def telling(evidence: Evidence, facts: list[int]) -> list[int]:
    """Those of some facts that surely tell what a question asks for, whatever they say of it."""
    tells = 1 - evidence.relations[:, [Relation.detail, Relation.beside]].sum(axis=1)
    return [place for place in facts if tells[place] >= TELLS]


def clearer(evidence: Evidence, fact: int, listed: list[int]) -> bool:
    """Whether a fact that no list of the kind holds is nearer to the question than all of that list."""
    return bool(evidence.likely[fact] >= evidence.likely[listed].max() + CLEARER)


def nearest(evidence: Evidence, facts: list[int]) -> list[int]:
    """The nearest of some facts to a question, and another that is about as near."""
    order = sorted(facts, key=lambda place: -evidence.likely[place])[:2]
    return [place for place in order if evidence.likely[place] >= evidence.likely[order[0]] - ABOUT]


def elsewhere_told(occupation: Occupation, evidence: Evidence, listed: list[int]) -> list[int]:
    """The sentences that surely tell what is asked, and are not among what is told of its kind."""
    tells = evidence.relations[:, Relation.tells]
    said = [place for place in evidence.likeliest if occupation.facts[place].label is None and place not in listed]
    return [place for place in said if tells[place] >= ALONE][:MOST]


def lasting(knowledge: KnowledgeBase, occupation: Occupation, question: Question, listed: list[int]) -> list[int]:
    """Where it is asked how long something of a kind takes: of public data, the nearest facts that tell a time.

    How long it takes to get in is also told of the schooling and the training.
    """
    if occupation.confirmed or not (listed and asks_time(question)):
        return []
    aspects = {occupation.facts[place].aspect for place in listed}
    more = places(occupation, TOLD_MORE["training_length"]) if aspects & set(TOLD_MORE["training_length"]) else []
    facts = {place: occupation.facts[place] for place in [*listed, *more]}
    plain = {place: fact.text for place, fact in facts.items() if not (fact.is_share or of_zone(fact))}
    timed = [place for place, text in plain.items() if tells_time(text)]
    if not timed:
        return []
    near = knowledge.similarities(occupation.slug, meaning(question.vector), tuple(timed))
    timed.sort(key=lambda place: -near[place])
    return [place for place in timed[:MOST] if near[place] >= near[timed[0]] - 2 * ABOUT]


def how_paid(knowledge: KnowledgeBase, occupation: Occupation, question: Question, paid: list[int]) -> list[int]:
    """Of what is said of pay in a sentence, what has words of a question and is about as near: "on commission"."""
    facts, shared = occupation.facts, knowledge.shared(occupation.slug, question.text)
    said = [place for place in paid if facts[place].label is None and not FIGURES.search(facts[place].text)]
    said = [place for place in said if shared[place] > 0]
    if question.vector is None or not said:
        return []
    likely = weigh(knowledge, occupation, question).likely
    best = max(said, key=lambda place: likely[place])
    return [best] if likely[best] >= likely[paid].max() - 2 * ABOUT else []
