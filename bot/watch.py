"""Keeps the servers running: starts one again that has died or hangs; tells people and systemd how it goes."""

from __future__ import annotations

import contextlib
import signal
import sys
import time
from collections.abc import Callable

from bot.notify import notify
from bot.process import Server
from bot.supervisor import Stop, Supervisor

LOOK = 0.2  # seconds between two looks at the servers
TIDY = 3600  # seconds between two looks for logs that are too old, also where nothing is said
GRACE = 15  # seconds that the servers have to stop; answers under way have half of them


def watch(servers: list[Server], ready: str, then: Callable[[], None] = lambda: None) -> None:
    """Start servers and keep them running, say `ready` once they are, and do what is to be done `then`.

    Ends with `Stop` where that is no use.
    """
    for server in servers:
        server.start()
    began = tidied = time.monotonic()
    supervisor, beside = Supervisor(began), Supervisor(began)
    told = False
    while True:
        now = time.monotonic()
        supervisor.look(now)
        beside.look(now)
        well = [_look_after(server, beside if server.beside else supervisor, now) for server in servers]
        if not told and all(well):
            told = True
            progress("")
            say(ready)
            notify("READY=1")
            then()
        elif not told:
            progress(f"Starting the servers ... {now - began:.0f} s")
        if all(well):
            notify("WATCHDOG=1")
        if now - tidied > TIDY:
            tidied = now
            for server in servers:
                server.log.drop_old()
        time.sleep(LOOK)


def stop(servers: list[Server]) -> None:
    """Stop every process that was started, and theirs."""
    notify("STOPPING=1")
    for server in servers:
        server.signal(signal.SIGTERM)
    end = time.monotonic() + GRACE
    for server in servers:
        server.kill(max(0.0, end - time.monotonic()))


def _look_after(server: Server, supervisor: Supervisor, now: float) -> bool:
    """Whether a server is well, or done without; where it is not, it is killed, or started again."""
    if server.given_up:
        return True
    if server.again_at is not None:
        if now >= server.again_at:
            server.start()
        return False
    seen = server.seen()
    try:
        restart = supervisor.judge(server.name, seen, now)
    except Stop as reason:
        progress("")
        if not server.beside:
            raise Stop(f"{reason}: everything stops; see {server.log.path}.") from None
        say(f"{reason}: the advisor goes on without it; see {server.log.path}.")
        server.kill()
        server.given_up = True
        return True
    if restart is None:
        return seen.answered is not None
    server.kill()
    server.again_at = now + restart.pause
    progress("")
    when = time.strftime("%Y-%m-%d %H:%M:%S")
    say(f"{when} The {server.name} {restart.why}; it is started again in {restart.pause:.0f} s.")
    return False


def say(line: str) -> None:
    """Tell the person at the terminal, if there still is one."""
    with contextlib.suppress(OSError):
        print(line, flush=True)


def progress(text: str) -> None:
    """Show a person how far something is, in a line that the next one replaces."""
    with contextlib.suppress(OSError):
        if sys.stdout.isatty():
            print(f"\r\033[K{text}", end="", flush=True)
