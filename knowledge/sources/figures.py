"""Published figures -> facts: what an occupation pays, how its employment changes, what it takes to enter it."""

from __future__ import annotations

import re

from knowledge.model import Aspect, Fact, Projection, Source, Wage

MEDIAN_PAY = "Median pay"  # how the median wage of the nation is labelled
NEEDED = "What is typically needed"
TOP = "at or above the highest wage that is published"  # what BLS marks "#"


def wage_facts(wage: Wage, source: Source, *, group: str | None = None) -> list[Fact]:
    """What is published of the pay in one area; none where nothing is. The most asked for first."""
    heading = f"{wage.area}, {source.edition or source.date}"
    names = ("10th percentile", "25th percentile", MEDIAN_PAY, "75th percentile", "90th percentile")
    told = {name: _both(annual, hourly) for name, annual, hourly in zip(names, wage.annual, wage.hourly)}
    told["Mean pay"] = _both(wage.annual_mean, wage.hourly_mean)
    order = (MEDIAN_PAY, "10th percentile", "90th percentile", "Mean pay", "25th percentile", "75th percentile")
    return [
        Fact(Aspect.pay, told[name], None, heading, name, 200.0 - place, source=source, group=group)
        for place, name in enumerate(order)
        if told[name]
    ]


def state_fact(wage: Wage, source: Source, *, group: str | None = None) -> Fact | None:
    """What is published of the pay in one state, in one fact; `None` where nothing is."""
    names = {2: "median", 0: "10th percentile", 4: "90th percentile"}
    told = [(name, _both(wage.annual[place], wage.hourly[place])) for place, name in names.items()]
    text = "; ".join(f"{name} {figures}" for name, figures in told if figures)
    if not text:
        return None
    heading = f"Pay by state, {source.edition or source.date}"
    return Fact(Aspect.pay, text, None, heading, wage.area, source=source, group=group, area=wage.area)


def projection_facts(projection: Projection, source: Source, *, group: str | None = None) -> list[Fact]:
    """What is published of an occupation's future, and of what is typically needed to enter it."""
    years = f"{projection.base_year}–{projection.target_year}"
    found: list[tuple[Aspect, str, str, str | None]] = [
        (Aspect.outlook, f"Employment {years}", "Employment change", _change(projection)),
        (Aspect.outlook, f"Employment {years}", "Openings a year, nationally", _thousand(projection.openings)),
        (Aspect.outlook, f"Employment {years}", "Why it changes", projection.factors),
        (Aspect.education, NEEDED, "Education for entry", projection.education),
        (Aspect.experience, NEEDED, "Work experience in a related occupation", projection.experience),
        (Aspect.training_length, NEEDED, "On-the-job training", projection.training),
    ]
    return [
        Fact(aspect, text, None, heading, label, 150.0 - place, source=source, group=group)
        for place, (aspect, heading, label, text) in enumerate(found)
        if text
    ]


def _both(annual: str | None, hourly: str | None) -> str:
    """A figure by the year and by the hour, as far as both are published."""
    if "#" in (annual, hourly):
        return TOP
    by_year, by_hour = annual and f"${annual} a year", hourly and f"${hourly} an hour"
    return ", ".join(filter(None, (by_year, by_hour)))


def _change(projection: Projection) -> str | None:
    if projection.percent is None:
        return None
    jobs = ""
    if projection.employment and projection.projected:
        jobs = f" (from {projection.employment} to {projection.projected} thousand jobs)"
    return f"{projection.percent}%{jobs}"


def _thousand(number: str | None) -> str | None:
    """A number of thousands as it is published, and written out where it is one: "29.5 thousand (29,500)"."""
    plain = (number or "").replace(",", "")
    if not re.fullmatch(r"\d+(?:\.\d)?", plain):
        return number and f"{number} thousand"
    return f"{number} thousand ({round(float(plain) * 1000):,})"
