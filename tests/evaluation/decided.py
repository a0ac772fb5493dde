"""Yes and no only where a fact decides the very thing asked: questions with what the page's facts are to them."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.evaluation.asking import Ask
from tests.evaluation.facts import straight
from tests.evaluation.progress import Progress
from tests.evaluation.scorer import NO, YES, refuses

RELATIONS = ("yes", "no", "tells", "detail", "near")


@dataclass(frozen=True)
class Decided:
    """A question, what the page is to it (as in data/pairs/README.md), and the quotations that bear on it.

    `group` names the questions that ask of the same matter in another form.
    """

    name: str
    text: str
    relation: str
    quotes: tuple[str, ...]
    group: str | None = None


@dataclass(frozen=True)
class Answered:
    """A question with the reply, and how it was: right, or what is wrong with it."""

    question: Decided
    reply: str
    found: str


def read_decided(path: Path) -> list[Decided]:
    """The questions of a file: {"id", "text", "relation", "quotes"} a line, and "group" where it has one."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Decided(each["id"], each["text"], each["relation"], tuple(each["quotes"]), each.get("group")) for each in lines
    ]


def put_decided(questions: list[Decided], ask: Ask) -> list[Answered]:
    """Ask each question in a conversation of its own."""
    progress, answered = Progress("Decided or not", len(questions)), []
    for question in questions:
        reply = "\n".join(ask(question.text, f"decided-{question.name}"))
        answered.append(Answered(question, reply, judged(question, reply)))
        progress.step()
    return answered


def judged(question: Decided, reply: str) -> str:
    """What a reply is to its question.

    `right`; `opposite` where it says the wrong one of yes and no; `unsupported` where it says one and no fact decides
    it; `unsaid` where it says none and one does; `untold` where it tells none of the quotations; `unnamed` where it
    does not say that something is left open.
    """
    said = "yes" if YES.match(reply) else "no" if NO.match(reply) else None
    told = any(straight(quote) in straight(reply) for quote in question.quotes)
    if question.relation in ("yes", "no"):
        if said is None:
            return "unsaid" if told else "untold"
        return ("right" if told else "untold") if said == question.relation else "opposite"
    if said is not None:
        return "unsupported"
    if question.relation == "tells":
        return "right" if told else "untold"
    return "right" if refuses(reply) else "unnamed"


def rows(answered: list[Answered]) -> list[list[object]]:
    """A row for each relation: how many, the share right, and what was wrong with the others."""
    found = []
    for relation in RELATIONS:
        some = [each for each in answered if each.question.relation == relation]
        faults = Counter(each.found for each in some if each.found != "right")
        told = ", ".join(f"{fault} {count}" for fault, count in faults.most_common())
        found.append([relation, len(some), sum(each.found == "right" for each in some) / max(1, len(some)), told])
    return found


def agreeing(answered: list[Answered]) -> tuple[int, int]:
    """How many groups are answered rightly throughout, and how many there are."""
    groups: dict[str, list[bool]] = {}
    for each in answered:
        if each.question.group is not None:
            groups.setdefault(each.question.group, []).append(each.found == "right")
    return sum(map(all, groups.values())), len(groups)


def unsupported(answered: list[Answered]) -> tuple[int, int]:
    """How many of the answers that say yes or no say it where no fact decides it or the other one, and of how many."""
    said = [each for each in answered if YES.match(each.reply) or NO.match(each.reply)]
    return sum(each.found in ("unsupported", "opposite") for each in said), len(said)
