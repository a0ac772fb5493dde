"""What is measured of a bot that runs: seconds of its answers, answers a second, memory, and what it kept."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError

from tests.benchmarks.bots import Bot
from tests.benchmarks.said import messages
from tests.evaluation.asking import Ask, over_rest

BUSY = (429, 503)  # statuses that say when to ask again
LOOK = 0.25  # seconds between two looks at the memory of a bot under load


@dataclass
class Burst:
    """What came of some users who asked at once: seconds of each answer, and of all together."""

    seconds: list[float] = field(default_factory=list)
    together: float = 0.0
    lost: int = 0  # messages without an answer
    again: int = 0  # times that somebody was told to ask again later, and did
    out_of_order: int = 0  # conversations whose messages were not kept as they were said


def burst(bot: Bot, users: int, each: int, *, number: int = 0) -> Burst:
    """So many users say so many messages each, in conversations of their own, as fast as they are answered.

    Bursts of other numbers say other things, so that nothing is gained by remembering answers.
    """
    texts = messages(number, users * each)
    result = Burst()

    def answered(ask: Ask, text: str, sender: str) -> bool:
        try:
            return any(ask(text, sender))
        except HTTPError as error:
            if error.code not in BUSY:
                raise
            result.again += 1
            time.sleep(float(error.headers["Retry-After"]))
            return answered(ask, text, sender)

    def one(user: int) -> tuple[str, list[str], list[float], int]:
        sender, seconds, lost, said = f"u{user}-{uuid.uuid4().hex}", [], 0, []
        ask = over_rest(bot.url, {"X-Forwarded-For": f"10.0.0.{user + 1}"})  # people have addresses of their own
        for turn in range(each):
            said.append(texts[user * each + turn])
            began = time.perf_counter()
            lost += not answered(ask, said[-1], sender)
            seconds.append(time.perf_counter() - began)
        return sender, said, seconds, lost

    began = time.perf_counter()
    with ThreadPoolExecutor(users) as pool:
        found = list(pool.map(one, range(users)))
    result.together = time.perf_counter() - began
    for sender, said, seconds, lost in found:
        result.seconds += seconds
        result.lost += lost
        result.out_of_order += kept(bot.store, sender) != said
    return result


def turns(bot: Bot, sender: str, first: int, count: int) -> list[float]:
    """The seconds of so many turns of one conversation, of which `first` were said before."""
    ask, seconds = over_rest(bot.url), []
    for text in messages(first // count, count):
        began = time.perf_counter()
        ask(text, sender)
        seconds.append(time.perf_counter() - began)
    return seconds


def kept(store: Path, sender: str) -> list[str]:
    """What a bot has kept of what somebody said, in order; prefixes that a channel gives to names do not count."""
    with sqlite3.connect(store, timeout=30) as connection:
        rows = connection.execute(
            "SELECT data FROM events WHERE type_name = 'user' AND sender_id LIKE ? ORDER BY id", (f"%{sender}",)
        )
        return [json.loads(data)["text"] for (data,) in rows]


def memory(bot: Bot) -> float:
    """Megabytes of all its processes together: the proportional set size, which shares what processes share."""
    processes = set().union(*(_family(root) for root in bot.processes))
    return sum(map(_own, processes)) / 1024


@contextmanager
def watched(bot: Bot) -> Iterator[list[float]]:
    """The memory of a bot while something is done with it, looked at again and again."""
    looks, done = [memory(bot)], threading.Event()

    def look() -> None:
        while not done.wait(LOOK):
            looks.append(memory(bot))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield looks
    finally:
        done.set()
        looking.join()


def _family(process: int) -> set[int]:
    found = {process}
    try:
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                found |= _family(int(child))
    except OSError:  # it has ended
        pass
    return found


def _own(process: int) -> int:
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
