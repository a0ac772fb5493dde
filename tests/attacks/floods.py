"""More than anybody may ask, from one session, one address and several, beside well-behaved visitors."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

from tests.attacks.bench import Bench, tell
from tests.attacks.beside import Attack, Visit, beside
from tests.attacks.callers import Answer, Caller, Visitor
from tests.attacks.rows import Row
from tests.attacks.texts import LENGTH, ORDINARY, long_texts

ADDRESS = "127.0.0.2"
SEVERAL = [f"127.0.0.{number}" for number in range(3, 9)]
RATE = 100  # requests a second of a flood, more of which would take the processors from those whom it floods
AT_ONCE = 64  # requests of one address
CONNECTIONS = 90  # of one address, which may have 100
REFUSED = 1.0  # seconds within which a refusal has to be there
TOO_MANY = f"{len(SEVERAL)} addresses with as many sessions as they get, {CONNECTIONS} requests at once"
ONE_SESSION = "one session, 8 requests at once"
MANY_SESSIONS = f"one address with as many sessions as it gets, {AT_ONCE} requests at once"
LONG = "long messages that cost much, 40 at once"
IN_SHORT = (ONE_SESSION, MANY_SESSIONS, LONG)
Send = Callable[[int], Answer]


def attack(bench: Bench) -> list[Row]:
    """Flood the advisor in each way, and once not at all."""
    advisor = bench.advisor()
    rows = []
    for name in FLOODS if not bench.short else IN_SHORT:
        said: list[Answer] = []
        visit = beside(advisor, *FLOODS[name](advisor.port, said), questions=bench.choose(40, 8))
        tell(f"  {name}: {visit}")
        rows += [_of_flood(name, said, bench)] * bool(said) + [_of_visitors(name, visit, bench)]
        time.sleep(bench.choose(45, 4))  # what waits is answered, the limits of the addresses fill up again
    return rows


def _of_visitors(name: str, visit: Visit, bench: Bench) -> Row:
    promise = f"well-behaved visitors beside it: 95 of 100 answers within {bench.prompt:.0f} s, none refused"
    return Row("floods", name, promise, str(visit), visit.is_well(bench.prompt))


def _of_flood(name: str, said: list[Answer], bench: Bench) -> Row:
    answered = sum(each.status == 200 for each in said)
    refused = [each for each in said if each.status in (429, 503)]
    slowest = max((each.seconds for each in refused), default=0.0)
    honest, others = sum(each.is_honest for each in refused), len(said) - answered - len(refused)
    full = sum(each.status == 503 for each in refused)
    within = bench.prompt if bench.short else REFUSED
    return Row(
        "floods",
        f"{name}: {len(said)} requests",
        f"answered, or refused within {within:.0f} s with a Retry-After",
        f"{answered} answered, {len(refused)} refused ({full} because the line was full), slowest refusal "
        f"{slowest:.2f} s" + (f", {others} neither" if others else ""),
        honest == len(refused) and not others and slowest < within,
    )


def _one_session(port: int, said: list[Answer]) -> list[Attack]:
    owner = Visitor(port, ADDRESS)
    owner.begin()

    def sender() -> Send:
        visitor = Visitor(port, ADDRESS)
        visitor.token = owner.token
        return lambda number: visitor.chat(ORDINARY[number % len(ORDINARY)])

    return [_flood(sender(), said, 8) for _ in range(8)]


def _many_sessions(port: int, said: list[Answer], addresses: tuple[str, ...] = (ADDRESS,)) -> list[Attack]:
    def sender(address: str) -> Send:
        tokens, greedy = [], Visitor(port, address)
        while len(tokens) < 300 and greedy.begin().status == 200:  # as many as there are to be had
            tokens.append(greedy.token)

        def send(number: int) -> Answer:
            visitor = Visitor(port, address)
            visitor.token = tokens[number % len(tokens)]
            answer = visitor.chat(ORDINARY[number % len(ORDINARY)])
            visitor.close()
            return answer

        return send

    threads = AT_ONCE if len(addresses) == 1 else CONNECTIONS
    starts = range(threads // len(addresses))
    return [_flood(send, said, threads, start) for send in map(sender, addresses) for start in starts]


def _several_addresses(port: int, said: list[Answer]) -> list[Attack]:
    return _many_sessions(port, said, tuple(SEVERAL))


def _punctuation(port: int, said: list[Answer]) -> list[Attack]:
    source = random.Random(2)
    texts = ["".join(source.choices("?!.,;:-()'\"", k=source.choice((5, 200, LENGTH)))) for _ in range(60)]
    return _once(port, said, texts)


def _questions(port: int, said: list[Answer]) -> list[Attack]:
    return _once(port, said, [each for _, each in zip(range(200), cycle(ORDINARY))])


def _once(port: int, said: list[Answer], texts: list[str]) -> list[Attack]:
    """Each text once, as soon as possible over REST; what is refused is sent again, as it is asked to be."""

    def send_all(over: threading.Event) -> None:
        def send(text: str) -> None:
            caller = Caller(port, ADDRESS)
            end = time.monotonic() + 60
            while time.monotonic() < end:
                said.append(answer := caller.say(text))
                if not answer.is_honest:
                    break
                time.sleep(answer.wait)
            caller.close()

        with ThreadPoolExecutor(CONNECTIONS) as pool:
            list(pool.map(send, texts))

    return [send_all]


def _long(port: int, said: list[Answer]) -> list[Attack]:
    texts = cycle([*long_texts().values()])

    def sender() -> Send:
        caller = Caller(port, ADDRESS)
        return lambda number: caller.say(next(texts))

    return [_flood(sender(), said, 40) for _ in range(40)]


def _flood(send: Send, said: list[Answer], threads: int, start: int = 0) -> Attack:
    def go_on(over: threading.Event) -> None:
        for number in _numbers(over, start):
            began = time.monotonic()
            said.append(send(number))
            time.sleep(max(0.0, threads / RATE - (time.monotonic() - began)))

    return go_on


def _numbers(over: threading.Event, start: int, most: int = 20_000) -> Iterator[int]:
    for number in range(start, start + most):
        if over.is_set():
            return
        yield number


FLOODS: dict[str, Callable[[int, list[Answer]], list[Attack]]] = {
    "no flood": lambda port, said: [],
    ONE_SESSION: _one_session,
    MANY_SESSIONS: _many_sessions,
    "60 messages of punctuation at once": _punctuation,
    f"200 ordinary questions, {CONNECTIONS} at once": _questions,
    LONG: _long,
    TOO_MANY: _several_addresses,
}
