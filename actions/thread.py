"""What was last said in a conversation, kept in the slot `thread` so that follow-ups can lean on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

REMEMBERED = 12  # kinds of question, the latest last


@dataclass
class Thread:
    """The thread of a conversation: facts are named by their place among the facts of the occupation."""

    kind: str | None = None
    listed: list[int] = field(default_factory=list)  # what the last answer listed, in its order
    focus: list[int] = field(default_factory=list)  # what "that" means
    told: list[int] = field(default_factory=list)
    trail: list[str] = field(default_factory=list)  # kinds answered

    @classmethod
    def of(cls, slot: dict[str, Any] | None) -> Thread:
        """The thread that a slot holds; a new one where it holds none."""
        return cls(**slot) if slot else cls()

    def after(self, kind: str, facts: list[int], *, listed: bool = True) -> Thread:
        """The thread once an answer of `kind` has told those facts, as a new list or out of the last one."""
        told = list(dict.fromkeys([*self.told, *facts]))
        trail = [*self.trail, kind][-REMEMBERED:]
        return Thread(kind, facts if listed and facts else self.listed, facts or self.focus, told, trail)

    def slot(self) -> dict[str, Any]:
        """The thread as the slot keeps it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}
