"""Requests that can be read in two ways, or in none, to both servers: each is refused at once and hangs nobody."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from tests.attacks.bench import Bench, Servers
from tests.attacks.beside import beside
from tests.attacks.rows import Row
from tests.attacks.wire import Heard, exchange
from tests.bot.edge import test_protocol

ADDRESS = "127.0.0.2"
AT_ONCE = 8
PROMPT = 2  # seconds until a refusal is there and the connection closed


def attack(bench: Bench) -> list[Row]:
    """Send each kind of malformed request to each server, again and again, beside well-behaved visitors."""
    advisor = bench.advisor()
    servers = Servers.of(advisor)
    token = b"Authorization: Bearer " + servers.actions_token.encode()
    ports = {"Rasa": (advisor.port, b"/web/session", b""), "action": (servers.actions_port, b"/webhook", token)}
    [mark] = test_protocol.test_what_is_malformed_is_refused_and_closed_and_hangs_nobody.pytestmark
    malformed = mark.args[1]
    heard: dict[str, list[Heard]] = {name: [] for name in ports}

    def send(over: threading.Event) -> None:
        rounds = 0
        while not over.is_set() or not rounds:
            rounds += 1
            for name, (port, path, field) in ports.items():
                sent = [_aimed(each, path, field) for each in malformed]
                with ThreadPoolExecutor(AT_ONCE) as pool:
                    heard[name] += pool.map(lambda each, port=port: exchange(port, each, ADDRESS), sent)

    visit = beside(advisor, send, questions=bench.choose(40, 8))
    rows = [_row(name, len(malformed), found, bench) for name, found in heard.items()]
    what = f"{sum(map(len, heard.values()))} of them to both servers, {AT_ONCE} at once"
    promise = f"well-behaved visitors beside them: 95 of 100 answers within {bench.prompt:.0f} s"
    return [*rows, Row("framing", what, promise, str(visit), visit.is_well(bench.prompt))]


def _aimed(sent: bytes, path: bytes, field: bytes) -> bytes:
    """A request of the protocol's test, to a path that reads a body, with a field more."""
    aimed = sent.replace(b"/echo", path, 1)
    return aimed.replace(b"Host:", field + b"\r\nHost:", 1) if field else aimed


def _row(name: str, kinds: int, found: list[Heard], bench: Bench) -> Row:
    answered = sum(len(each.statuses) == 1 and 400 <= each.statuses[0] < 500 for each in found)
    ended = sum(each.ended for each in found)
    slowest = max(each.seconds for each in found)
    prompt = PROMPT if not bench.short else PROMPT * 4
    return Row(
        "framing",
        f"{kinds} kinds of malformed requests to the {name} server: {len(found)} requests",
        f"one refusal each and the connection closed, within {prompt} s",
        f"{answered} refused once, {ended} closed, slowest {slowest:.2f} s",
        answered == ended == len(found) and slowest < prompt,
    )
