"""A conversation of 300 messages: turns stay as fast as in a young one, and reading it keeps nobody waiting."""

from __future__ import annotations

import sqlite3
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import cycle, islice

from tests.advisor import Advisor
from tests.attacks.bench import Bench
from tests.attacks.beside import beside
from tests.attacks.callers import Answer, Caller, Visitor
from tests.attacks.rows import Row
from tests.attacks.texts import ORDINARY

YOUNG = 10  # messages before those that are measured
TIMED = 20  # messages, in turn with the long conversation's
RATIO = 1.5
READERS = 60
ADDRESS = "127.0.0.2"


def attack(bench: Bench) -> list[Row]:
    """Talk long, measure, and read all of it from many sides at once."""
    advisor, length = bench.advisor(), bench.choose(300, 40)
    questions = cycle(ORDINARY)
    caller = Caller(advisor.port, ADDRESS)
    for conversation, count in (("long", length - TIMED), ("young", YOUNG)):
        assert all(caller.insist(next(questions), conversation).status == 200 for _ in range(count))
    times: dict[str, list[float]] = {"long": [], "young": []}
    for question in islice(questions, TIMED):
        for conversation, taken in times.items():  # in turn, so that the machine is the same for both
            taken.append(caller.insist(question, conversation).seconds)
    old, young = (statistics.median(taken) for taken in times.values())
    ratio, most = old / young, RATIO if not bench.short else 2 * RATIO
    reader = _given(advisor, "rest:long")
    read: list[Answer] = []

    def all_at_once(over: threading.Event) -> None:
        with ThreadPoolExecutor(READERS) as pool:
            while not over.is_set() and len(read) < 120:  # what an address may read at once
                read.extend(pool.map(_read, [reader.token] * READERS, [advisor.port] * READERS))
        time.sleep(0.1)

    visit = beside(advisor, all_at_once, questions=bench.choose(40, 8))
    bad = sum(each.status not in (200, 429) for each in read)
    return [
        Row(
            "a long conversation",
            f"{length} messages in one conversation; a young one beside it",
            f"a turn takes at most {most:g} times as long as in the young one, of {YOUNG} to {YOUNG + TIMED} messages",
            f"medians of {TIMED}: {old:.3f} s and {young:.3f} s, {ratio:.2f} times",
            ratio <= most,
        ),
        Row(
            "a long conversation",
            f"its history read {len(read)} times, {READERS} at once",
            f"well-behaved visitors beside it: 95 of 100 answers within {bench.prompt:.0f} s, none refused",
            f"{visit}; slowest reading {max(each.seconds for each in read):.2f} s" + (f", {bad} failed" if bad else ""),
            visit.is_well(bench.prompt) and not bad,
        ),
    ]


def _given(advisor: Advisor, conversation: str) -> Visitor:
    """A new visitor of the website, who is given a conversation that was held over REST, without that one's limits."""
    visitor = Visitor(advisor.port, ADDRESS)
    visitor.begin()
    with closing(sqlite3.connect(advisor.folder / "advisor.sqlite", timeout=30)) as connection:
        connection.execute("UPDATE events SET sender_id = ? WHERE sender_id = ?", (visitor.conversation, conversation))
        connection.commit()
    assert len(visitor.history()) > 2 * YOUNG
    return visitor


def _read(token: str, port: int) -> Answer:
    visitor = Visitor(port, ADDRESS)
    visitor.token = token
    answer = visitor.read()
    visitor.close()
    return answer
