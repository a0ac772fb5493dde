"""Which of the occupations that are compared has more: by the figures told of each, from most to least."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from actions.pay import MEDIAN, states
from actions.question import Question
from knowledge.base import KnowledgeBase
from knowledge.model import Aspect, Fact, Occupation
from knowledge.sources.figures import MEDIAN_PAY

OPENINGS = re.compile(r"\bopenings?\b", re.IGNORECASE)
GROWTH = re.compile(r"^(?:Employment change$|Job Outlook\b)")
PERCENT = re.compile(r"\A(-?\d+(?:\.\d+)?)%")
COUNT = re.compile(r"\((\d[\d,]*)\)$")  # “12.9 thousand (12,900)”


@dataclass(frozen=True)
class Ranking:
    """The sentence of the domain that tells it, and each occupation with its figure: “Cooks $38,000”."""

    response: str
    ranked: str


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
    area = next(iter(states(question.text) or states(question.where)), None) if kind == "pay" else None
    figures = {each.title: _figure(each, kind, area) for each in occupations}
    known = {title: figure for title, figure in figures.items() if figure is not None}
    if len(known) < len(occupations) or len(set(known.values())) == 1:
        return None
    ranked = sorted(known, key=known.__getitem__, reverse=True)
    return Ranking(f"utter_ranked_{kind}", ", ".join(f"{title} {_written(known[title], kind)}" for title in ranked))


def _figure(occupation: Occupation, kind: str, area: str | None) -> float | None:
    """The figure of an occupation by which it is ranked; `None` where it has none."""
    return next((figure for fact in occupation.facts if (figure := _read(fact, kind, area)) is not None), None)


def _read(fact: Fact, kind: str, area: str | None) -> float | None:
    if kind == "pay":
        told = fact.area == area if area else fact.label == MEDIAN_PAY
        found = MEDIAN.match(fact.text) if told and fact.aspect is Aspect.pay else None
    elif kind == "growth":
        found = PERCENT.match(fact.text) if GROWTH.match(fact.label or "") else None
    else:
        found = COUNT.search(fact.text) if (fact.label or "").startswith("Openings a year") else None
    return float(found[1].replace(",", "")) if found else None


def _written(figure: float, kind: str) -> str:
    if kind == "growth":
        return f"{figure:g}%"
    return f"${figure:,.0f}" if kind == "pay" else f"{figure:,.0f}"
