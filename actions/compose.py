"""Question + knowledge -> an answer: what the facts decide or tell of it, and what they leave open."""

from __future__ import annotations

from actions.answer import GAP, Answer, Verdict
from actions.evidence import Evidence, places, weigh
from actions.meaning import explained
from actions.plans import ASPECT_PLANS, PLANS, STARTERS
from actions.positions import asked_for
from actions.question import Question
from actions.thread import Thread
from knowledge.base import KnowledgeBase
from knowledge.model import Occupation
from knowledge.relation import Relation

# Chosen on tests/evaluation/development-*.jsonl, where a wrong claim counts as much as three refusals.
SURE = 0.5  # confidence from which a question is of a kind, and that kind's list is told
DECIDES = 0.6  # chance from which a fact decides a question: yes or no
TELLS = 0.5  # chance from which a fact answers an open question
TOUCHES = 0.5  # chance from which a fact is on the matter, and is told beside what it lacks
MOST = 3  # facts that are told where no list was asked for


def compose(knowledge: KnowledgeBase, slug: str, question: Question, thread: Thread) -> Answer:
    """Answer one question about an occupation from what its source says, and name what it does not."""
    occupation, plan = knowledge.occupation(slug), PLANS.get(question.kind)
    sure = plan is not None and question.confidence >= SURE
    listed = places(occupation, plan.tells) if sure else []
    if question.vector is None:  # a button
        return listing(occupation, question.kind, listed, thread) if listed else gap(occupation, question)
    evidence = weigh(knowledge, occupation, question, [*listed, *thread.meant(question.text)])
    if question.kind == "titles" and sure:
        return titles(occupation)
    verdict, facts = decided(evidence)
    if facts:
        return told(occupation, facts, thread, verdict=verdict)
    if question.kind == "meaning" and sure:
        return explained(occupation, question) or gap(occupation, question)
    if listed and (question.kind == "downsides" or asks_for_all(evidence, listed)):
        return listing(occupation, question.kind, asked_for(question.text, listed), thread)
    facts = evidence.best(Relation.tells, least=TELLS, most=MOST)
    if facts:
        return told(occupation, facts, thread)
    facts = evidence.best(Relation.detail, least=TOUCHES, most=MOST - 1)
    if facts:
        return told(occupation, facts, thread, lacks=question)
    return gap(occupation, question)


def decided(evidence: Evidence) -> tuple[Verdict, list[int]]:
    """The verdict on a question, and the facts that decide it so; none where they differ, or none does."""
    facts = {
        verdict: evidence.best(relation, least=DECIDES, most=MOST)
        for verdict, relation in ((Verdict.yes, Relation.yes), (Verdict.no, Relation.no))
    }
    said = [verdict for verdict, found in facts.items() if found]
    return (said[0], facts[said[0]]) if len(said) == 1 else (Verdict.none, [])


def asks_for_all(evidence: Evidence, listed: list[int]) -> bool:
    """Whether a question is answered by a list: some fact of it bears on the question."""
    bears = evidence.chances(Relation.yes, Relation.no, Relation.tells, Relation.detail)[listed]
    return bool(bears.max() >= 1 - DECIDES)


def listing(occupation: Occupation, kind: str, facts: list[int], thread: Thread) -> Answer:
    """Everything that the source says of a kind."""
    return Answer(f"utter_{kind}", occupation, kind, facts, next=thread.fresh(PLANS[kind].next))


def told(
    occupation: Occupation,
    facts: list[int],
    thread: Thread,
    *,
    verdict: Verdict = Verdict.none,
    lacks: Question | None = None,
) -> Answer:
    """Some facts, and what they lack of what was asked."""
    kind = ASPECT_PLANS[occupation.facts[facts[0]].aspect]
    response = "utter_told" if lacks is None else "utter_lacks"
    return Answer(
        response, occupation, kind, facts, verdict=verdict, next=thread.fresh(PLANS[kind].next), missing=missing(lacks)
    )


def gap(occupation: Occupation, question: Question) -> Answer:
    """That the source does not say what was asked."""
    plan = PLANS.get(question.kind)
    following = plan.next if plan else STARTERS
    return Answer(GAP, occupation, question.kind, next=following, missing=missing(question))


def missing(question: Question | None) -> str:
    """What a question asks for, to stand behind “it does not say”: its clause, else its kind for the domain to name."""
    if question is None:
        return ""
    return question.clause or (question.kind if question.kind in PLANS else "other_detail")


def titles(occupation: Occupation, verdict: Verdict = Verdict.none) -> Answer:
    """The names that the source gives."""
    names = [title.text for title in occupation.titles if title.line]
    return Answer("utter_titles", occupation, "titles", names=names, verdict=verdict, next=PLANS["titles"].next)
