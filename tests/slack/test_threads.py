"""Three people and the advisor in a thread: it answers what is for it, and leaves them alone otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.core.agent import Agent

from bot.channels.slack.addressed import Scene, asks, is_for_advisor, is_for_others, names_another
from bot.channels.slack.names import calls_advisor
from bot.channels.slack.text import mentions, plain
from bot.settings import MODEL
from tests.advisor import Advisor
from tests.slack.stand_in import BOT
from tests.slack.threads import Line, threads

WRONG, MISSED = 0.01, 0.05  # of all messages: interruptions, and questions left unanswered


@pytest.fixture(scope="module")
def understand(advisor: Advisor) -> Iterator[Callable[[str], dict[str, Any]]]:
    """What the trained model of the running advisor understands of a text, with the occupations that it knows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{advisor.folder / 'advisor.sqlite'}")
        agent, loop = Agent.load(str(MODEL)), asyncio.new_event_loop()
        yield lambda words: loop.run_until_complete(agent.parse_message(words))
        loop.close()


def scene(before: list[Line], user: str) -> Scene:
    """What stands before the message of somebody; the advisor has answered each line that it should."""
    for line in reversed(before):
        if line.answered:
            return Scene.answered if line.user == user else Scene.overheard
        if line.user != user or names_another(line.text, BOT):
            return Scene.amid
    return Scene.answered


def is_answered(line: Line, before: list[Line], understand: Callable[[str], dict[str, Any]]) -> bool:
    """Whether the advisor answers a line, as `Listening` finds out."""
    words = plain(line.text)
    if mentions(line.text, BOT):
        return True
    if is_for_others(line.text, words, BOT):
        return False
    asked_back = next((each.asks_back for each in reversed(before) if each.answered), False)
    if calls_advisor(words) or not (asked_back or asks(words)):
        return calls_advisor(words)
    return is_for_advisor(words, understand(words), scene(before, line.user), asked_back=asked_back)


def test_what_sounds_like_a_question_for_it_is_told_from_one(understand):
    cases = yaml.safe_load(Path(__file__).with_name("alike.yml").read_text(encoding="utf-8"))
    wrong = {"yes": [], "no": []}
    for before, questions in cases.items():
        for expected in wrong:
            taken = {
                words: is_for_advisor(words, understand(words), Scene[before], asked_back=False)
                for words in questions[expected]
            }
            wrong[expected] += [words for words, is_taken in taken.items() if is_taken != (expected == "yes")]
    assert len(wrong["no"]) <= 2, wrong
    assert len(wrong["yes"]) <= 1, wrong


def test_it_does_not_butt_in(understand):
    said = [(title, place, lines) for title, lines in threads().items() for place in range(len(lines))]
    wrong, missed = [], []
    for title, place, lines in said:
        line = lines[place]
        answered = is_answered(line, lines[:place], understand)
        if answered != line.answered:
            (wrong if answered else missed).append(f"{title}: {line.text}")
    print(f"\nof {len(said)} messages: wrong interruptions {wrong}, left unanswered {missed}")
    assert len(said) >= 100
    assert len(wrong) <= WRONG * len(said), wrong
    assert len(missed) <= MISSED * len(said), missed
