"""How much slower than an empty Rasa bot the advisor is: the same messages to both, in turn."""

from __future__ import annotations

import tempfile
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.evaluation.asking import Ask, over_rest
from tests.evaluation.progress import Progress
from tests.evaluation.servers import rasa_bot, train

EMPTY = Path(__file__).resolve().parent / "empty"
FRESH = 60  # messages, each in a conversation of its own
CONVERSATIONS = 10
WARM_UP = 5
MESSAGES = (  # every one holds a keyword of the empty bot
    "what does a production technician do",
    "what skills do I need",
    "is it safe",
    "how do I get into it",
    "what does it pay",
    "do certificates help",
)


@dataclass(frozen=True)
class Comparison:
    """The seconds that each message took the advisor and the empty bot."""

    what: str
    advisor: list[float]
    empty: list[float]

    @property
    def ratio(self) -> float:
        """How many times the empty bot's median the advisor's is."""
        return float(np.median(self.advisor) / np.median(self.empty))


def compare_with_empty(url: str, environment: dict[str, str]) -> list[Comparison]:
    """Train and start the empty bot, and ask it and the advisor at `url` in turn."""
    with tempfile.TemporaryDirectory(prefix="advisor-empty-") as name:
        folder = Path(name)
        files = ["--domain", EMPTY / "domain.yml", "--config", EMPTY / "config.yml", "--data", EMPTY / "data.yml"]
        place = ["--out", folder, "--fixed-model-name", "empty"]
        arguments = [str(part) for part in [*files, *place]]
        train(arguments, environment, folder / "train.log", "Training the empty bot")
        with rasa_bot(folder / "empty.tar.gz", "tests.evaluation.empty.actions", folder, environment) as empty:
            return alternate(over_rest(url), over_rest(empty))


def alternate(advisor: Ask, empty: Ask) -> list[Comparison]:
    """Ask both in turn: messages in fresh conversations, then conversations of six turns."""
    for number in range(WARM_UP):
        _timed(advisor, empty, MESSAGES[number], uuid.uuid4().hex)
    progress = Progress("Latency beside an empty bot", FRESH + CONVERSATIONS * len(MESSAGES))
    fresh, turns = [], []
    for number in range(FRESH):
        fresh.append(_timed(advisor, empty, MESSAGES[number % len(MESSAGES)], uuid.uuid4().hex))
        progress.step()
    for _ in range(CONVERSATIONS):
        sender = uuid.uuid4().hex
        for message in MESSAGES:
            turns.append(_timed(advisor, empty, message, sender))
            progress.step()
    pairs = {"each message in a fresh conversation": fresh, f"conversations of {len(MESSAGES)} turns": turns}
    return [Comparison(what, [pair[0] for pair in timed], [pair[1] for pair in timed]) for what, timed in pairs.items()]


def _timed(advisor: Ask, empty: Ask, message: str, sender: str) -> tuple[float, float]:
    seconds = []
    for ask in (advisor, empty):
        began = time.perf_counter()
        replies = ask(message, sender)
        seconds.append(time.perf_counter() - began)
        if not any(replies):
            raise RuntimeError(f"No reply to “{message}”, so there is no latency to measure.")
    return seconds[0], seconds[1]
