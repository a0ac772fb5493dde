"""Anything at all, as messages and as requests (seeded): no failure, no exception, a short log, memory that stays."""

from __future__ import annotations

import json
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.attacks.bench import Bench, Servers, logged, now, tell
from tests.attacks.callers import Answer, Caller, Visitor
from tests.attacks.mutations import mutated, requests
from tests.attacks.rows import Row
from tests.attacks.texts import anything, sentence
from tests.attacks.wire import exchange

SEED = 7
CALLERS = 8
LONGEST_LINE = 1000  # characters
GROWN = 30.0  # megabytes
LIMIT = 3 * 3600  # seconds for all messages of one kind
NOTHING = object()
UNAVAILABLE = "something behind me is not running"


def attack(bench: Bench) -> list[Row]:
    """Messages, requests, and then messages whose words nobody has ever said."""
    advisor = bench.advisor()
    began = now()
    messages = [*anything(SEED, bench.choose(10_000, 100))]
    said = _say(advisor.port, messages)
    rows = [_answered("random messages over REST", said, len(messages))]
    fuzzed = _request(bench)
    rows.append(fuzzed)
    lines = logged(advisor, began)
    rows.append(_log(lines, said.total() + bench.choose(3000, 200)))
    return [*rows, _memory(bench)]


def _say(port: int, messages: Iterable[Any]) -> Counter[str]:
    """Say messages, some at once, each in a conversation of its own or in one of a hundred; returns what came back."""
    waiting, lock, found = iter(messages), threading.Lock(), Counter()
    end = time.monotonic() + LIMIT

    def go_on(number: int) -> None:
        caller, source = Caller(port, f"127.0.0.{20 + number}"), random.Random(number)
        while time.monotonic() < end:
            with lock:
                if (message := next(waiting, NOTHING)) is NOTHING:  # `None` is a message like any other
                    return
            sender = uuid.UUID(int=source.randrange(100)).hex if source.random() < 0.5 else None
            answer = caller.insist(message, sender)
            with lock:
                found[_kind(answer)] += 1
                if found.total() % 1000 == 0:
                    tell(f"  {found.total()} messages: {dict(found)}")

    with ThreadPoolExecutor(CALLERS) as pool:
        list(pool.map(go_on, range(CALLERS)))
    return found


def _kind(answer: Answer) -> str:
    if answer.status == 200:
        replies = json.loads(answer.content)
        return "answered" if replies and UNAVAILABLE not in replies[0]["text"] else "not answered"
    return f"status {answer.status}" if answer.status else "no reply"


def _answered(what: str, found: Counter[str], count: int) -> Row:
    told = ", ".join(f"{number} {kind}" for kind, number in found.most_common())
    good = found["answered"] + found["status 400"] + found["status 413"]
    return Row(
        "fuzz",
        f"{count} {what}",
        "each answered, or refused as too large or none of the format",
        told,
        good == count == found.total(),
    )


def _request(bench: Bench) -> Row:
    advisor, count = bench.advisor(), bench.choose(3000, 200)
    visitor = Visitor(advisor.port)
    visitor.begin()
    valid = requests(visitor.token)
    found: Counter[int] = Counter()

    def send(number: int) -> list[int]:
        source = random.Random(f"{SEED} {number}")
        heard = exchange(advisor.port, mutated(source, valid), f"127.0.0.{40 + number % CALLERS}", patience=2)
        busy = heard.content.count(b"etry-") if b" 503 " in heard.content else 0
        return [503_000 if status == 503 and busy else status for status in heard.statuses] or [0]

    with ThreadPoolExecutor(2 * CALLERS) as pool:
        for statuses in pool.map(send, range(count)):
            found.update(statuses)
    failed = {status: number for status, number in found.items() if 500 <= status < 600}
    good = sum(number for status, number in found.items() if 200 <= status < 300)
    refused = sum(number for status, number in found.items() if 300 <= status < 500)
    return Row(
        "fuzz",
        f"{count} mutated requests",
        "no answer of 5xx but an honest 503, and the server alive",
        f"{good} answered, {refused} refused, {found[503_000]} busy, {found[0]} ended or still waiting for the rest"
        + (f", failed: {failed}" if failed else ""),
        not failed and Caller(advisor.port).call("GET", "/health").status == 200,
    )


def _log(lines: list[str], requests: int) -> Row:
    errors = [line for line in lines if any(sign in line for sign in (" error ", " critical ", "Traceback"))]
    longest = max(map(len, lines), default=0)
    return Row(
        "fuzz",
        f"the logs of these {requests} requests",
        f"no exception, at most one line a request, of at most {LONGEST_LINE} characters",
        f"{len(errors)} errors, {len(lines)} lines, the longest of {longest} characters"
        + (f"; the first error: `{errors[0][:200]}`" if errors else ""),
        not errors and len(lines) <= requests and longest <= LONGEST_LINE,
    )


def _memory(bench: Bench) -> Row:
    advisor = bench.advisor()
    servers, source = Servers.of(advisor), random.Random(SEED)
    count = bench.choose(20_000, 100)

    def sentences(number: int) -> Iterator[str]:
        return (sentence(source) for _ in range(number))

    _say(advisor.port, sentences(bench.choose(1000, 50)))
    before, began = servers.memory, time.monotonic()
    found = _say(advisor.port, sentences(count))
    grown = servers.memory - before
    return Row(
        "fuzz",
        f"{found.total()} messages of random words, in {time.monotonic() - began:.0f} s",
        f"the memory of both servers, files aside, grows by at most {GROWN:.0f} MB",
        f"{before:.0f} MB before, {grown:+.1f} MB",
        grown <= GROWN and found.total() == count,
    )
