"""Which of the occupations that are compared has more: by the figures told of each, from most to least."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from actions.pay import MEDIAN, NATION, states
from actions.question import Question
from knowledge.base import KnowledgeBase
from knowledge.model import Aspect, Fact, Occupation
from knowledge.sources.figures import MEDIAN_PAY

OPENINGS = re.compile(r"\bopenings?\b", re.IGNORECASE)
PERCENT = re.compile(r"\A(-?\d+(?:\.\d+)?)%")
COUNT = re.compile(r"\((\d[\d,]*)\)$")  # “12.9 thousand (12,900)”
OUTLOOK, CHANGE, OPENED = "Job Outlook", "Employment change", "Openings a year"  # how such figures are labelled
LABELS = {"pay": (MEDIAN_PAY,), "growth": (OUTLOOK, CHANGE), "openings": (OPENED,)}  # never one of each
READ = {MEDIAN_PAY: MEDIAN, OUTLOOK: PERCENT, CHANGE: PERCENT, OPENED: COUNT}


@dataclass(frozen=True)
class Ranking:
    """The sentence of the domain that tells it, and each occupation with its figure: “Cooks $38,000”."""

    response: str
    ranked: str
    where: str = ""  # the state that the figures are of


def ranking(knowledge: KnowledgeBase, groups: Iterable[tuple[str, list[Question]]]) -> list[Ranking]:
    """What the questions that compare occupations ask the order of; none where one of them has no such figure."""
    slugs: dict[tuple[str, str], list[str]] = {}
    asked: dict[tuple[str, str], Question] = {}
    for slug, questions in groups:
        for question in questions:
            key = question.text, question.compared or ""
            slugs.setdefault(key, []).append(slug)
            asked[key] = question
    found = (_ranking([knowledge.occupation(slug) for slug in slugs[key]], asked[key]) for key in slugs)
    return [each for each in found if each]


def _ranking(occupations: list[Occupation], question: Question) -> Ranking | None:
    kind = question.compared
    if len(occupations) < 2 or kind not in ("pay", "outlook"):
        return None
    if kind == "outlook":
        kind = "openings" if OPENINGS.search(question.text) else "growth"
    named = states(question.text) or states(question.where)
    if kind == "pay" and (len(named) > 1 or (named and NATION.search(question.text))):
        return None
    area = named[0] if named and kind == "pay" else None
    for label in LABELS[kind]:
        figures = {each.slug: _figure(each, label, area) for each in occupations}
        known = {slug: figure for slug, figure in figures.items() if figure is not None}
        if not known:
            continue
        if len(known) < len(occupations) or len(set(known.values())) < len(known):
            return None
        titles = {each.slug: each.title for each in occupations}
        ranked = sorted(known, key=known.__getitem__, reverse=True)
        written = ", ".join(f"{titles[slug]} {_written(known[slug], kind)}" for slug in ranked)
        return Ranking(f"utter_ranked_{kind}", written, f" in {area}" if area else "")
    return None


def _figure(occupation: Occupation, label: str, area: str | None) -> float | None:
    """The figure by which an occupation is ranked; `None` where it has none, or several of different groups."""
    facts = [fact for fact in occupation.facts if _is_told(fact, label, area)]
    if not facts or len({fact.group for fact in facts}) > 1:
        return None
    found = READ[label].search(facts[0].text)
    return float(found[1].replace(",", "")) if found else None


def _is_told(fact: Fact, label: str, area: str | None) -> bool:
    if label == MEDIAN_PAY and area:
        return fact.aspect is Aspect.pay and fact.area == area
    return (fact.label or "").startswith(label) and fact.area is None


def _written(figure: float, kind: str) -> str:
    if kind == "growth":
        return f"{figure:g}%"
    return f"${figure:,.0f}" if kind == "pay" else f"{figure:,.0f}"
