"""Which of an occupation's hundreds of facts a question may mean: those of its likely kinds, and by their words."""

from __future__ import annotations

import numpy as np

from actions.plans import bearing_on
from actions.question import PREFIX, Question
from knowledge.base import KnowledgeBase
from knowledge.model import Aspect, Occupation

OF_A_KIND, BY_WORDS = 16, 12  # facts at most of each likely kind, and of those that share words with the question
ONWARD = {"next_steps", "schools", "getting_started", "source", "application"}  # kinds that ask where to go on
LIKELY = 0.05  # chance of a kind from which its facts are looked at


def candidates(knowledge: KnowledgeBase, occupation: Occupation, question: Question, leant_on: list[int]) -> list[int]:
    """The places of the facts that are looked at; all of them where they are few, as in a document."""
    if not occupation.imported:
        return list(range(len(occupation.facts)))
    likely = {intent.removeprefix(PREFIX) for intent, chance in question.kinds.items() if chance >= LIKELY}
    apart = set() if likely & ONWARD else {Aspect.next_steps}  # whom to ask, which answers nothing by itself
    facts = enumerate(occupation.facts)
    nation = [place for place, fact in facts if not (fact.area or fact.is_share or fact.aspect in apart)]
    found = set(leant_on)
    for intent, chance in question.kinds.items():
        if chance >= LIKELY:
            aspects = bearing_on(intent.removeprefix(PREFIX), more=True)
            found |= set([place for place in nation if occupation.facts[place].aspect in aspects][:OF_A_KIND])
    shared = knowledge.shared(occupation.slug, question.text)[nation]
    best = np.argsort(-shared, kind="stable")[:BY_WORDS]
    return sorted(found | {nation[place] for place in best if shared[place] > 0})
