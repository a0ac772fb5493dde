"""What one download says, read whole and checked before anything of it is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from knowledge.model import Fact, Projection, Source, Title, Wage

Tell = Callable[[str, int, int], None]  # what is read, and how much of how many, for a progress bar


def say_nothing(what: str, done: int, of: int) -> None:
    """No progress is shown."""


@dataclass
class Described:
    """What a source says of one occupation, or of a group of them that it describes together."""

    slug: str  # how the source names it: an O*NET-SOC code, or the page of the Handbook
    title: str
    codes: list[str]  # the O*NET-SOC codes that it describes, its own among them
    titles: list[Title] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)


@dataclass
class Release:
    """One edition of a source."""

    source: Source
    described: list[Described] = field(default_factory=list)
    wages: list[Wage] = field(default_factory=list)
    projections: list[Projection] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)  # what it could hold and does not, a sentence each
