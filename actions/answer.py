"""What is to be said, before it is put into words."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from knowledge.model import Fact, Occupation

if TYPE_CHECKING:
    from actions.fit import Fit

GAP = "utter_gap"


class Verdict(str, Enum):
    """How an answer begins where a fact decides the very thing that was asked."""

    yes = "yes"
    no = "no"
    none = "none"


@dataclass
class Answer:
    """What is to be said: a sentence of the domain, the facts it holds, and what to remember."""

    response: str
    occupation: Occupation
    kind: str
    facts: list[int] = field(default_factory=list)  # places among the occupation's facts
    names: list[str] = field(default_factory=list)
    verdict: Verdict = Verdict.none
    denied: bool = False  # the question states that it is not so: "nobody reads them, do they?"
    next: tuple[str, ...] = ()
    count: int = 0  # how many items the last list had, where an item beyond it was asked for
    lists: bool = True  # whether its facts are a list of its own, which "the second one" then means
    missing: str = ""  # what the source does not say: a clause, or the kind of question
    by_month: list[str] = field(default_factory=list)  # a twelfth of each yearly pay, where that was asked for
    reached: tuple[str, str] | None = None  # how many earn an amount that was asked about, and it
    fit: Fit | None = None  # what is known of a person, where that was asked

    @property
    def tells(self) -> bool:
        """Whether it tells something of the occupation, or that there is nothing to tell; talk does neither."""
        return bool(self.facts or self.names or self.response == GAP)

    def repeats(self, told: set[int], left: set[str]) -> bool:
        """Whether it only tells facts that were told, and leaves open what was left open."""
        if self.verdict is not Verdict.none or self.fit is not None or self.names:
            return False
        return bool(self.facts or self.missing) and told.issuperset(self.facts) and self.missing in {"", *left}

    def says_as_much_as(self, other: Answer | str) -> bool:
        """Whether another answer has the same verdict, and no fact that this one has not."""
        if not isinstance(other, Answer) or self.verdict is Verdict.none or self.verdict is not other.verdict:
            return False
        return set(other.facts) <= set(self.facts)

    @property
    def quoted(self) -> list[Fact]:
        """The facts told, in their order."""
        return [self.occupation.facts[index] for index in self.facts]
