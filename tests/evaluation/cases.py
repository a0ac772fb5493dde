"""The evaluation sets: what is asked, what a right reply has to tell."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
HELD_OUT = (FOLDER / "questions.jsonl", FOLDER / "conversations.jsonl")
DEVELOPMENT = (FOLDER / "development-questions.jsonl", FOLDER / "development-conversations.jsonl")
DECIDED = FOLDER / "decided.jsonl"  # held out too
KINDS = ("fact", "check", "fit", "gap", "oos", "social", "abuse")


@dataclass(frozen=True)
class Turn:
    """One message: its kind, the keys of the facts that answer it, how many are enough, and yes or no."""

    text: str
    kind: str
    need: tuple[str, ...] = ()
    enough: int = 0
    yes: bool | None = None


@dataclass(frozen=True)
class Case:
    """A question by itself, or a conversation, whose turns lean on each other."""

    name: str
    turns: list[Turn] = field(default_factory=list)
    conversation: bool = False


def read_cases(path: Path) -> list[Case]:
    """The cases of a JSON-lines file; raises `ValueError`, naming the line, for one that is not as README.md says."""
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                cases.append(_case(json.loads(line)))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path.name}, line {number}: {error!r}.") from error
    return cases


def _case(written: dict) -> Case:
    turns = [_turn(turn) for turn in written.get("turns", [written])]
    return Case(written["id"], turns, conversation="turns" in written)


def _turn(written: dict) -> Turn:
    if written["kind"] not in KINDS:
        raise ValueError(f"the kind “{written['kind']}” is none of {', '.join(KINDS)}")
    need = tuple(written.get("need", ()))
    return Turn(written["text"], written["kind"], need, written.get("min", len(need)), written.get("yes"))
