"""The threads in threads.yml, as the stand-in's people and the advisor would have them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.slack.stand_in import BOT

PEOPLE = {"ada": "U1", "bob": "U2", "cyd": "U3"}
LINE = re.compile(r"(>{0,2}) ?(\w+): ?(.*)")


@dataclass(frozen=True)
class Line:
    """What somebody says, as Slack has it: whether it is for the advisor, and whether its answer asks back."""

    user: str
    text: str
    answered: bool
    asks_back: bool


def threads() -> dict[str, list[Line]]:
    """The lines of each thread, by its title."""
    kept = yaml.safe_load(Path(__file__).with_name("threads.yml").read_text(encoding="utf-8"))
    return {thread["title"]: [_line(line) for line in thread["lines"].splitlines()] for thread in kept}


def _line(line: str) -> Line:
    mark, who, text = LINE.fullmatch(line).groups()
    for name, user in {**PEOPLE, "advisor": BOT}.items():
        text = text.replace(f"@{name}", f"<@{user}>")
    return Line(PEOPLE[who], text, answered=bool(mark), asks_back=mark == ">>")
