"""Three people and the advisor in a thread: it answers what is for it, and leaves them alone otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.core.agent import Agent

from bot.channels.slack.addressed import Scene, is_for_advisor
from bot.channels.slack.events import Turn
from bot.channels.slack.listening import Listening
from bot.channels.slack.metadata import metadata_of
from bot.channels.slack.text import mentions
from bot.settings import MODEL
from tests.advisor import Advisor
from tests.slack.stand_in import BOT
from tests.slack.threads import Line, threads

PLACE = "slack:T1:C1:1.0"
WRONG, MISSED = 0.01, 0.08  # of all messages: interruptions, and questions left unanswered


class Model:
    """The trained model of the running advisor, with the occupations that it knows."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self._understood: dict[str, dict[str, Any]] = {}

    async def understand(self, words: str) -> dict[str, Any]:
        """What it understands of a text."""
        if words not in self._understood:
            self._understood[words] = await self._agent.parse_message(words)
        return self._understood[words]


@pytest.fixture(scope="module")
def model(advisor: Advisor) -> Iterator[Model]:
    """That model."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{advisor.folder / 'advisor.sqlite'}")
        yield Model(Agent.load(str(MODEL)))


class Thread:
    """What Slack and the advisor's memory hold of a thread: its lines up to one, each that is for it answered."""

    def __init__(self, lines: list[Line]) -> None:
        self._messages: list[dict[str, Any]] = []
        self._last: dict[str, Any] = {}
        for line in lines:
            self._add(user=line.user, text=line.text)
            if line.answered:
                self._add(user=BOT, text="Told.", metadata=metadata_of(f"{PLACE}:{line.user}#{self._now}"))
                self._last = {"ts": self._now, "asks": line.asks_back}

    async def api_call(self, method: str, *, data: dict[str, Any]) -> dict[str, Any]:
        """The messages of the thread, as Slack tells them."""
        assert (method, data["inclusive"]) == ("conversations.replies", "true")
        since, until = float(data.get("oldest", 0)), float(data["latest"])
        return {"messages": [each for each in self._messages if since <= float(each["ts"]) <= until]}

    async def last(self, place: str) -> dict[str, Any]:
        """What is kept of the advisor's last answer."""
        assert place == PLACE
        return self._last

    async def is_for_advisor(self, line: Line, advisor: Any) -> bool:
        """Whether the advisor answers what is said next, as `Listening` finds out."""
        if mentions(line.text, BOT):
            return True
        self._add(user=line.user, text=line.text)
        turn = Turn(f"{PLACE}:{line.user}#{self._now}", "message", line.user, "C1", line.text, "1.0", self._now)
        listening = Listening(self, self, said=self, advisor=lambda: advisor)
        return await listening.is_for_us(turn, line.text, BOT)

    def any(self, place: str) -> bool:
        """Whether the advisor has said something in a thread."""
        return bool(self._last)

    @property
    def _now(self) -> str:
        return f"{len(self._messages)}.0"

    def _add(self, **message: Any) -> None:
        self._messages.append(message)
        message["ts"] = self._now


def test_what_sounds_like_a_question_for_it_is_told_from_one(model):
    cases = yaml.safe_load(Path(__file__).with_name("alike.yml").read_text(encoding="utf-8"))
    wrong = {"yes": [], "no": []}
    for before, questions in cases.items():
        for expected in wrong:
            taken = {
                words: is_for_advisor(words, asyncio.run(model.understand(words)), Scene[before], asked_back=False)
                for words in questions[expected]
            }
            wrong[expected] += [words for words, is_taken in taken.items() if is_taken != (expected == "yes")]
    assert len(wrong["no"]) <= 2, wrong
    assert len(wrong["yes"]) <= 1, wrong


def test_it_does_not_butt_in(model):
    said = [(title, place, lines) for title, lines in threads().items() for place in range(len(lines))]
    wrong, missed = [], []
    for title, place, lines in said:
        line = lines[place]
        answered = asyncio.run(Thread(lines[:place]).is_for_advisor(line, model))
        if answered != line.answered:
            (wrong if answered else missed).append(f"{title}: {line.text}")
    print(f"\nof {len(said)} messages: wrong interruptions {wrong}, left unanswered {missed}")
    assert len(said) >= 250
    assert len(wrong) <= WRONG * len(said), wrong
    assert len(missed) <= MISSED * len(said), missed
