"""Each process killed at random moments while visitors chat: no answer is lost or given twice, nothing is left over."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.advisor import Advisor, until
from tests.attacks.bench import Bench, Servers, command, tell
from tests.attacks.callers import Answer, Visitor
from tests.attacks.rows import Row
from tests.attacks.texts import ORDINARY

PEOPLE = 6
PACE = 3.2  # seconds between two messages of a visitor, who may write 20 a minute
READY = 300  # seconds until both servers are there again
LATEST = 400  # seconds for a message that is sent again and again
GONE = 5  # seconds until nothing is left of an advisor whose watcher died
SEED = 11


def attack(bench: Bench) -> list[Row]:
    """Kill the Rasa server, the action server and the watcher, in rounds; a round begins with a start."""
    rounds, source = bench.choose(20, 1), random.Random(SEED)
    advisor = bench.another()
    people = [Visitor(advisor.port) for _ in range(PEOPLE)]
    for person in people:
        person.begin()
    over, killed, left = threading.Event(), Counter(), 0
    with ThreadPoolExecutor(PEOPLE) as pool:
        chats = [pool.submit(_chat, person, over) for person in people]
        try:
            for number in range(rounds):
                for name in source.sample(("rasa", "actions"), 2):
                    time.sleep(source.uniform(1, 8))
                    _kill_server(advisor, name)
                    killed[name] += 1
                time.sleep(source.uniform(0, 8))
                left += _kill_watcher(advisor)
                killed["watcher"] += 1
                tell(f"  round {number + 1} of {rounds}")
                advisor.start()
        finally:
            over.set()
        sent = [each.result() for each in chats]
    answers = [answer for each in sent for answer in each.values()]
    again = sum(times for _, times in answers)
    what = ", ".join(f"{count} times the {NAMES[name]}" for name, count in killed.items())
    found = [_judge(person, messages) for person, messages in zip(people, sent)]
    lost, twice = (sum(each[place] for each in found) for place in range(2))
    return [
        Row(
            "kills",
            f"SIGKILL at random moments, {what}, while {PEOPLE} visitors chat",
            "each message answered exactly once in the history, if need be when it is sent again",
            f"{len(answers)} messages, sent again {again} times; {lost} lost, {twice} answered twice",
            not lost and not twice and bool(answers),
        ),
        Row(
            "kills", f"{killed['watcher']} times the watcher", f"nothing runs {GONE} s later", f"{left} left", not left
        ),
    ]


NAMES = {"rasa": "Rasa server", "actions": "action server", "watcher": "watcher"}


def _chat(person: Visitor, over: threading.Event) -> dict[str, tuple[bool, int]]:
    """Messages one after the other; which were answered in the end, and how often each was sent again."""
    sent: dict[str, tuple[bool, int]] = {}
    while not over.is_set():
        message, began, times = uuid.uuid4().hex, time.monotonic(), 0
        answer = Answer()
        while time.monotonic() - began < LATEST:
            answer = person.chat(ORDINARY[len(sent) % len(ORDINARY)], message)
            person.close()
            if answer.is_whole:
                break
            times += 1
            time.sleep(max(PACE, answer.wait))
        sent[message] = (answer.is_whole, times)
        over.wait(PACE)
    return sent


def _judge(person: Visitor, sent: dict[str, tuple[bool, int]]) -> tuple[int, int]:
    """How many messages were lost, and how many stand twice in the history or have an answer twice."""
    entries = person.history()
    ids = Counter(entry["id"] for entry in entries)
    texts = Counter((entry["id"].partition(".")[0], entry["text"]) for entry in entries if entry["who"] == "advisor")
    lost = sum(not whole or not ids[message] or not ids[f"{message}.1"] for message, (whole, _) in sent.items())
    doubled = {key.partition(".")[0] for key, count in ids.items() if count > 1}
    doubled |= {message for (message, _), count in texts.items() if count > 1}
    return lost, len(doubled)


def _kill_server(advisor: Advisor, name: str) -> None:
    os.kill(process := getattr(Servers.of(advisor), name), signal.SIGKILL)
    until(lambda: not command(process), 30)
    until(lambda: Servers.of(advisor) is not None and _is_ready(advisor), READY)


def _kill_watcher(advisor: Advisor) -> int:
    """How many of its processes are left a little later."""
    children = advisor.children()
    advisor.process.kill()
    advisor.process.wait()
    end = time.monotonic() + GONE
    while (left := sum(bool(command(child)) for child in children)) and time.monotonic() < end:
        time.sleep(0.2)
    return left


def _is_ready(advisor: Advisor) -> bool:
    answer = Visitor(advisor.port, patience=10).call("GET", "/ready")
    return answer.status == 200
