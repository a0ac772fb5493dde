"""Question + knowledge -> an answer: what the facts decide or tell of it, and what they leave open."""

from __future__ import annotations

from dataclasses import replace

from actions.answer import Answer, Verdict
from actions.evidence import first_of_each, places, says_of_it, weigh
from actions.findings import (
    MOST,
    TELLS,
    bearing,
    clearer,
    decided,
    deciding,
    elsewhere_told,
    how_paid,
    lasting,
    nearest,
    telling,
)
from actions.meaning import explained
from actions.pay import amount, is_of_states
from actions.plans import PLANS
from actions.positions import asked_for
from actions.question import SURE, Question
from actions.telling import LISTED, compared, counted, gap, helps, listing, pay, titles, told, told_of
from actions.thread import Thread
from actions.wanted import WHETHER, asks_count, asks_detail, asks_time, asks_whether, chooses, compares, is_bare
from knowledge import form
from knowledge.base import KnowledgeBase
from knowledge.reader import Relation

TOUCHES = 1.0  # chance and nearness of a fact, together, from which it is told beside what it lacks
SURELY = 1.4  # the same where the question is of a kind that the source says nothing of


def compose(knowledge: KnowledgeBase, slug: str, question: Question, thread: Thread) -> Answer:
    """Answer one question about an occupation from what its source says, and name what it does not."""
    occupation, plan = knowledge.occupation(slug), PLANS.get(question.kind)
    if question.compared:
        return compared(occupation, question, thread)
    sure = plan is not None and question.confidence >= SURE
    listed = places(occupation, told_of(occupation, question.kind)) if sure else []
    asks_of_it = question.does == "whether" and question.clause.startswith(WHETHER)  # "do they make over 100k"
    plainly_pay = question.kind == "pay" and listed and (not asks_of_it or amount(question.text) is not None)
    if occupation.imported and (plainly_pay or is_of_states(occupation, question, thread)):
        paid = places(occupation, PLANS["pay"].tells)
        return pay(occupation, question, paid, thread, how_paid(knowledge, occupation, question, paid))
    if question.vector is None or (listed and is_bare(question)):  # a button, or as good as one
        return listing(occupation, question.kind, listed, thread) if listed else gap(occupation, question)
    polar = asks_whether(question, named=not listed)
    leading = first_of_each(occupation, listed, LISTED) if occupation.imported and polar else []
    evidence = weigh(knowledge, occupation, question, thread.meant(question.text), leading)
    if question.kind == "titles" and sure:
        return titles(occupation)
    picked = asked_for(question.text, listed)
    if picked != listed:  # "name three duties"
        return listing(occupation, question.kind, picked, thread)
    facts, relation = bearing(evidence), evidence.relation
    undecidable = chooses(question) or (compares(question) and not occupation.confirmed)
    verdict = decided(evidence) if polar and not undecidable else Verdict.none
    if verdict is not Verdict.none:
        facts = deciding(evidence, verdict)
        return told(occupation, facts, thread, verdict=verdict, denied=form.denies(question.text))
    if question.kind == "meaning" and sure:
        return explained(occupation, question) or gap(occupation, question)
    lacking = asks_detail(question) and relation[Relation.detail] >= max(TELLS, relation[Relation.tells])
    if occupation.imported and question.kind == "demographics" and sure and not asks_count(question):
        return gap(occupation, question)  # how many they are is all that public data tell of who they are
    if figures := counted(occupation, question, listed):
        return told(occupation, figures[:1], thread)
    if timed := lasting(knowledge, occupation, question, listed):
        answer = listing(occupation, question.kind, listed, thread, timed)
        return replace(answer, facts=answer.facts[:MOST])
    if listed and asks_time(question) and not polar and not occupation.confirmed:
        return told(occupation, first_of_each(occupation, listed, MOST), thread, lacks=question)
    if listed and not polar and not lacking and (facts[0] in listed or not clearer(evidence, facts[0], listed)):
        said = [place for place in listed if says_of_it(occupation.facts[place])]
        first = [] if occupation.confirmed else elsewhere_told(occupation, evidence, listed)
        if len(listed) > LISTED and not occupation.imported and not occupation.confirmed:
            first += [place for place in telling(evidence, evidence.likeliest) if place in listed]
        first += nearest(evidence, said) if asks_detail(question) and not occupation.confirmed else []
        return listing(occupation, question.kind, listed, thread, first)
    if leading and question.kind == "appeal":  # of what makes a job good or bad, which is for the person to weigh
        return told(occupation, leading, thread, lacks=question)
    unheld = sure and plan.tells and not listed  # a kind of which nothing is said
    if not unheld and (tell := telling(evidence, leading)):
        return told(occupation, tell[:MOST], thread)
    tells = relation[Relation.yes] + relation[Relation.no] + (0 if polar else relation[Relation.tells])
    if facts and not evidence.confirmed:
        tells = max(tells, evidence.relations[facts, Relation.tells].max())
    if facts and tells >= TELLS and not unheld and (polar or not lacking):
        return told(occupation, facts, thread)
    near = [place for place in leading if evidence.relations[place, Relation.beside] < TELLS]
    if near := [place for place in near if helps(occupation, place, question)]:
        return told(occupation, near, thread, lacks=question)
    touches = 1 - relation[Relation.beside] + evidence.likely[facts[0]] if facts else 0.0
    helpful = [place for place in facts if helps(occupation, place, question)]
    if helpful and touches >= (SURELY if unheld else TOUCHES):
        return told(occupation, helpful[: MOST - 1], thread, lacks=question)
    if listed and not leading and not occupation.confirmed:  # much is said of the kind, and not that
        return told(occupation, first_of_each(occupation, listed, MOST), thread, lacks=question)
    return gap(occupation, question)
