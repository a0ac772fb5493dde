"""What was last said in a conversation, kept in the slot `thread` so that follow-ups can lean on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from actions.answer import GAP, Answer

REMEMBERED = 12  # answers, the latest last
JUST = 3  # answers within which a person remembers what was said
FEW = 4  # words of a question that cannot say by itself what it is about
LEANS = re.compile(r"\b(?:it|its|that|this|those|these|them|they|there|both|ones?|all|any)\b", re.IGNORECASE)


@dataclass
class Thread:
    """The thread of a conversation: facts are named by their place among the facts of the occupation."""

    about: str = ""  # the occupation, and the build that its facts are counted in
    kind: str | None = None
    listed: list[int] = field(default_factory=list)  # what the last answer listed, in its order
    focus: list[int] = field(default_factory=list)  # what "that" means
    told: list[int] = field(default_factory=list)
    answers: list[list[Any]] = field(default_factory=list)  # [kind, response, facts, missing, verdict] of each
    others: list[str] = field(default_factory=list)  # the kinds that the last question could also have been

    @classmethod
    def of(cls, slot: dict[str, Any] | None, about: str) -> Thread:
        """The thread that a slot holds; a new one where it holds none, or one about something else."""
        return cls(**slot) if slot and slot.get("about") == about else cls(about)

    def meant(self, text: str) -> list[int]:
        """The facts that a question leans on: those told last, where it says "that", or too little by itself."""
        leans = len(text.split()) <= FEW or LEANS.search(text) is not None
        return self.focus if leans and not self.ends_in_gap else []

    @property
    def trail(self) -> list[str]:
        """The kinds answered, the latest last."""
        return [kind for kind, *_ in self.answers]

    def fresh(self, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """Those of some kinds that were not answered yet; all of them where each was."""
        return tuple(kind for kind in kinds if kind not in self.trail) or kinds

    def has_just(self, answer: Answer) -> bool:
        """Whether the same was answered a moment ago."""
        said = [answer.response, answer.facts, answer.missing]
        return answer.tells and any(said == answered[1:4] for answered in self.answers[-JUST:])

    @property
    def ends_in_gap(self) -> bool:
        """Whether what was answered last was that the source does not mention something."""
        return bool(self.answers) and self.answers[-1][1] == GAP

    def after(self, answer: Answer, others: list[str] | None = None) -> Thread:
        """The thread once an answer was given, with a new list or out of the last one; the same where it tells nothing.

        `others` are the kinds that its question could also have been.
        """
        if not answer.tells:
            return self
        facts = answer.facts
        told = list(dict.fromkeys([*self.told, *facts]))
        answers = [*self.answers, [answer.kind, answer.response, facts, answer.missing, answer.verdict.value]][
            -REMEMBERED:
        ]
        lists = facts if answer.lists and facts else self.listed
        return Thread(self.about, answer.kind, lists, facts or self.focus, told, answers, others or [])

    def slot(self) -> dict[str, Any]:
        """The thread as the slot keeps it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}
