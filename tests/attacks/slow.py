"""Clients that send slowly, never read, or only hold connections, up to the caps, beside well-behaved visitors."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import ExitStack, suppress

from bot.edge.connections import MOST, MOST_OF_ONE
from bot.edge.protocol import ARRIVAL
from tests.attacks.bench import Bench, Servers
from tests.attacks.beside import beside
from tests.attacks.rows import Row
from tests.attacks.wire import connect, is_open

ADDRESS = "127.0.0.2"
SEVERAL = [f"127.0.0.{number}" for number in range(10, 22)]
HEAD = (
    b"POST /web/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2000\r\n\r\n"
)
PAGE = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
DRIP = 0.2  # seconds between two bytes
LATE = 5  # seconds after its time that a slow request may still be there
HELD = 20.0  # megabytes more that both servers may hold for clients that do not read
TRIED = 1.5  # connections that are opened for each that may be


def attack(bench: Bench) -> list[Row]:
    """Each kind of slow client, as many as there can be."""
    rows = [*_never_read(bench), *_hold(bench, [ADDRESS], MOST_OF_ONE)]
    if bench.short:  # a slow one takes as long as it may
        return rows
    return [*rows, *_hold(bench, SEVERAL, MOST), *_drip(bench)]


def _drip(bench: Bench) -> list[Row]:
    advisor, lived = bench.advisor(), []

    def drip(over: threading.Event) -> None:
        began = time.monotonic()
        with ExitStack() as held:
            dripping = {}
            for number in range(MOST_OF_ONE - 10):
                connection = held.enter_context(connect(advisor.port, ADDRESS))
                sent = HEAD if number % 2 else HEAD[:-4] + b"\r\nX: "
                connection.sendall(sent[:40])
                dripping[connection] = sent[40:] + b"a" * 1900
            for place in range(int((ARRIVAL + 2 * LATE) / DRIP)):
                for connection in [*dripping]:
                    try:
                        connection.sendall(dripping[connection][place : place + 1])
                    except OSError:
                        lived.append(time.monotonic() - began)
                        del dripping[connection]
                time.sleep(DRIP)
            lived.extend([float("inf")] * len(dripping))

    visit = beside(advisor, drip, questions=40)
    longest = max(lived)
    return [
        Row(
            "slow clients",
            f"{len(lived)} requests of one address, a byte every {DRIP} s",
            f"each ended within {ARRIVAL + LATE} s; well-behaved visitors: 95 of 100 within {bench.prompt:.0f} s",
            f"the last ended after {longest:.0f} s; {visit}",
            longest < ARRIVAL + LATE and visit.is_well(bench.prompt),
        )
    ]


def _never_read(bench: Bench) -> list[Row]:
    advisor = bench.advisor()
    servers = Servers.of(advisor)
    before, most = servers.memory, 0.0

    def ask(over: threading.Event) -> None:
        nonlocal most
        with ExitStack() as held:
            for _ in range(MOST_OF_ONE - 10):
                connection = socket.socket()
                held.enter_context(connection)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                connection.bind((ADDRESS, 0))
                connection.connect(("127.0.0.1", advisor.port))
                connection.settimeout(0.02)
                with suppress(OSError):
                    connection.sendall(PAGE * 5000)
            while not over.wait(0.5):
                most = max(most, servers.memory)

    visit = beside(advisor, ask, questions=bench.choose(60, 8))
    grown = max(0.0, most - before)
    return [
        Row(
            "slow clients",
            f"{MOST_OF_ONE - 10} connections of one address ask for thousands of pages and read nothing",
            f"at most {HELD:.0f} MB more memory; well-behaved visitors: 95 of 100 within {bench.prompt:.0f} s",
            f"{grown:.1f} MB more; {visit}",
            grown < HELD and visit.is_well(bench.prompt),
        )
    ]


def _hold(bench: Bench, addresses: list[str], most: int) -> list[Row]:
    advisor, kept = bench.advisor(), 0
    tried = int(min(most, MOST_OF_ONE * len(addresses)) * TRIED)

    def hold(over: threading.Event) -> None:
        nonlocal kept
        with ExitStack() as held:
            connections = []
            for number in range(tried):
                with suppress(OSError):
                    connection = held.enter_context(connect(advisor.port, addresses[number % len(addresses)]))
                    connection.sendall(HEAD[: 20 if number % 2 else 0])
                    connections.append(connection)
            time.sleep(1)
            kept = sum(map(is_open, connections))
            over.wait(120)

    visit = beside(advisor, hold, questions=bench.choose(40, 8))
    whose = "one address" if len(addresses) == 1 else f"{len(addresses)} addresses"
    return [
        Row(
            "slow clients",
            f"{tried} connections of {whose}, half of them with half a request",
            f"at most {most} stay; well-behaved visitors: 95 of 100 within {bench.prompt:.0f} s, none refused",
            f"{kept} stayed; {visit}",
            0 < kept <= most and visit.is_well(bench.prompt),
        )
    ]
