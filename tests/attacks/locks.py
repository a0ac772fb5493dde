"""What an answer needs is held for 20 seconds: the database by another process, then the action server's own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

from tests.advisor import Advisor
from tests.attacks.bench import Bench, Servers
from tests.attacks.callers import Answer, Caller, Visitor
from tests.attacks.rows import Row
from tests.attacks.texts import ORDINARY

PEOPLE = 4
ALIVE = 1.0  # seconds within which GET /health has to answer
LATEST = 300  # seconds after which a message that was sent again and again has to be answered
HOLDER = """
import sqlite3, sys, time
with sqlite3.connect(sys.argv[1], isolation_level=None, timeout=10) as connection:
    connection.execute("BEGIN EXCLUSIVE")
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
    connection.execute("ROLLBACK")
"""


def attack(bench: Bench) -> list[Row]:
    """Hold each of them while people ask."""
    seconds = bench.choose(20, 6)
    return [
        *_while(bench, "the SQLite database locked by another process", _locked, seconds),
        *_while(bench, "the action server stopped (SIGSTOP)", _stopped, seconds),
    ]


def _while(bench: Bench, what: str, held: Callable, seconds: float) -> list[Row]:
    advisor = bench.advisor()
    people = [Visitor(advisor.port) for _ in range(PEOPLE)]
    for person in people:
        person.begin()
        person.chat("hello", "m-hello")
    over, pulses = threading.Event(), []
    first: list[Answer] = []

    def chat(person: Visitor) -> float:
        """Three messages, each sent again until it is answered; returns how long the slowest took."""
        slowest = 0.0
        for number in range(3):
            began = time.monotonic()
            answer = person.chat(ORDINARY[number], f"m{number}")
            first.append(answer)
            while not answer.is_whole and time.monotonic() - began < LATEST:
                time.sleep(answer.wait)
                answer = person.chat(ORDINARY[number], f"m{number}")
            slowest = max(slowest, time.monotonic() - began if answer.is_whole else float("inf"))
        return slowest

    with ThreadPoolExecutor(PEOPLE + 1) as pool:
        with held(advisor, seconds):
            pulse = pool.submit(_feel, advisor.port, over, pulses)
            chats = [pool.submit(chat, person) for person in people]
            time.sleep(seconds)
        over.set()
        pulse.result()
        slowest = max(each.result() for each in chats)
    refused = sum(not each.is_whole for each in first)
    honest = sum(each.is_whole or each.is_honest or told(each) for each in first)
    whole = sum(_has_once(person) for person in people)
    prompt = bench.prompt if bench.short else ALIVE
    row = ("locks", f"{what} for {seconds} s while {PEOPLE} visitors write {3 * PEOPLE} messages")
    return [
        Row(*row, f"GET /health answers within {prompt:.0f} s", _pulse(pulses), max(pulses) < prompt),
        Row(
            *row,
            "each message is answered, or refused in a sentence and answered when sent again with its id; the history "
            "has each once",
            f"{len(first) - refused} answered at once, {refused} refused "
            f"({honest - len(first) + refused} in a sentence), "
            f"all answered after {slowest:.0f} s at most; {whole} of {PEOPLE} histories have all, each once",
            honest == len(first) and slowest < LATEST and whole == PEOPLE,
        ),
    ]


def _feel(port: int, over: threading.Event, pulses: list[float]) -> None:
    while not over.is_set():
        caller = Caller(port, patience=30)
        answer = caller.call("GET", "/health")
        pulses.append(answer.seconds if answer.status == 200 else float("inf"))
        caller.close()
        over.wait(0.5)


def _pulse(pulses: list[float]) -> str:
    return f"asked {len(pulses)} times, slowest {max(pulses):.2f} s"


def told(answer: Answer) -> bool:
    """Whether somebody who was not answered was told so in a sentence."""
    return any(line.get("error") for line in answer.lines) or answer.content.startswith(b'{"error"')


def _has_once(person: Visitor) -> bool:
    """Whether a history has each message once, and after it its replies, each once."""
    ids = [entry["id"] for entry in person.history()]
    asked = [each for each in ids if "." not in each]
    answered = all(f"{each}.1" in ids for each in asked)
    return len(ids) == len(set(ids)) and asked == ["m-hello", "m0", "m1", "m2"] and answered


@contextmanager
def _locked(advisor: Advisor, seconds: float) -> Iterator[None]:
    path = advisor.folder / "advisor.sqlite"
    command = [sys.executable, "-c", HOLDER, str(path), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        yield
        holder.wait(timeout=seconds + 10)


@contextmanager
def _stopped(advisor: Advisor, seconds: float) -> Iterator[None]:
    process = Servers.of(advisor).actions
    os.kill(process, signal.SIGSTOP)
    yield
    with suppress(ProcessLookupError):  # its watcher may have started another one
        os.kill(process, signal.SIGCONT)
