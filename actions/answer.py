"""What is to be said, before it is put into words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from actions.verdict import Verdict
from knowledge.model import Fact, Occupation

if TYPE_CHECKING:
    from actions.fit import Fit


@dataclass
class Answer:
    """What is to be said: a sentence of the domain, the facts it holds, and what to remember."""

    response: str
    occupation: Occupation
    kind: str
    facts: list[int] = field(default_factory=list)  # places among the occupation's facts
    names: list[str] = field(default_factory=list)
    verdict: Verdict = Verdict.none
    next: tuple[str, ...] = ()
    count: int = 0  # how many items the last list had, where an item beyond it was asked for
    lists: bool = True  # whether its facts are a list of its own, which "the second one" then means
    words: str = ""  # the question, where it names what the source does not mention
    fit: Fit | None = None  # what is known of a person, where that was asked

    @property
    def quoted(self) -> list[Fact]:
        """The facts told, in their order."""
        return [self.occupation.facts[index] for index in self.facts]
