"""What was last said in a conversation, kept in the slot `thread` so that follow-ups can lean on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

REMEMBERED = 12  # answers, the latest last


@dataclass
class Thread:
    """The thread of a conversation: facts are named by their place among the facts of the occupation."""

    kind: str | None = None
    listed: list[int] = field(default_factory=list)  # what the last answer listed, in its order
    focus: list[int] = field(default_factory=list)  # what "that" means
    told: list[int] = field(default_factory=list)
    answers: list[list[Any]] = field(default_factory=list)  # [kind, facts] of each
    others: list[str] = field(default_factory=list)  # the kinds that the last question could also have been

    @classmethod
    def of(cls, slot: dict[str, Any] | None) -> Thread:
        """The thread that a slot holds; a new one where it holds none."""
        return cls(**slot) if slot else cls()

    @property
    def trail(self) -> list[str]:
        """The kinds answered, the latest last."""
        return [kind for kind, _ in self.answers]

    def after(self, kind: str, facts: list[int], *, listed: bool = True, others: list[str] | None = None) -> Thread:
        """The thread once an answer of `kind` has told those facts, as a new list or out of the last one."""
        told = list(dict.fromkeys([*self.told, *facts]))
        answers = [*self.answers, [kind, facts]][-REMEMBERED:]
        lists = facts if listed and facts else self.listed
        return Thread(kind, lists, facts or self.focus, told, answers, others or [])

    def slot(self) -> dict[str, Any]:
        """The thread as the slot keeps it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}
