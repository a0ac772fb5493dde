"""Where attacks run: advisors in a temporary folder, started as a person does it, and the servers that they are."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from tests.advisor import Advisor

TICKS = os.sysconf("SC_CLK_TCK")  # a second
MODULES = {"bot.server": "rasa", "bot.action_server": "actions"}


@dataclass
class Bench:
    """One run's advisors; `short` is the selection that `make test` has time for."""

    folder: Path
    short: bool = False
    started: list[Advisor] = field(default_factory=list)
    _shared: Advisor | None = None

    @property
    def prompt(self) -> float:
        """Seconds that 95 of 100 answers may take: the promise, and much more where the tests of others run beside."""
        return 8.0 if self.short else 1.0

    def choose(self, full: int, short: int) -> int:
        """How many of something: at full length, or in the short form."""
        return short if self.short else full

    def advisor(self) -> Advisor:
        """The advisor that most attacks share."""
        if self._shared is None or self._shared.process.poll() is not None:
            self._shared = self.another()
        return self._shared

    def another(self, **environment: str) -> Advisor:
        """An advisor of one's own, to be broken."""
        return self.prepare(**environment).start()

    def prepare(self, **environment: str) -> Advisor:
        """The same, not started yet."""
        folder = self.folder / f"advisor-{len(self.started)}"
        folder.mkdir()
        self.started.append(Advisor(folder, environment={"ADVISOR_PROXIES": "0", **environment}))
        return self.started[-1]

    def end(self) -> None:
        """Stop all that still run."""
        for advisor in self.started:
            if advisor.process is not None and advisor.process.poll() is None:
                advisor.stop()


@dataclass(frozen=True)
class Servers:
    """The process ids of the two servers of an advisor."""

    rasa: int
    actions: int

    @classmethod
    def of(cls, advisor: Advisor) -> Servers | None:
        """Those that run; `None` where one does not."""
        found = {}
        for process in advisor.children():
            for word in command(process):
                if word in MODULES:
                    found[MODULES[word]] = process
        return cls(**found) if len(found) == len(MODULES) else None

    @property
    def processor(self) -> float:
        """Seconds of the processor that both have used."""
        return sum(map(_used, (self.rasa, self.actions)))

    @property
    def memory(self) -> float:
        """Megabytes that both hold: PSS without files, of which others who map them, or end, change each one's part."""
        return sum(map(_held, (self.rasa, self.actions))) / 1000

    @property
    def actions_port(self) -> int:
        """Where the action server listens."""
        words = command(self.actions)
        return int(words[words.index("--port") + 1])

    @property
    def actions_token(self) -> str:
        """What the Rasa server tells the action server."""
        named = dict(pair.partition("=")[::2] for pair in _read(self.actions, "environ").split("\0"))
        return named["ADVISOR_ACTIONS_TOKEN"]


def command(process: int) -> list[str]:
    """The words that a process was started with; none where it is no more."""
    try:
        return _read(process, "cmdline").split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []


def logged(advisor: Advisor, since: str = "") -> list[str]:
    """The lines of both servers' logs, since a time (ISO 8601, UTC)."""
    logs = [log for name in ("rasa.log", "actions.log") for log in sorted(advisor.var.glob(f"{name}*"))]
    lines = [line for log in logs for line in log.read_text("utf-8", errors="replace").splitlines()]
    return [line for line in lines if line >= since]


def now() -> str:
    """The time as the logs write it."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


def used() -> tuple[float, float, float]:
    """Now, and seconds of the processors used so far by all, and by us and what we have started."""
    words = Path("/proc/stat").read_text().split("\n", 1)[0].split()
    every = sum(map(int, words[1:9])) - int(words[4]) - int(words[5])
    parents, ticks = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text(errors="replace").rpartition(")")[2].split()
            parents[int(path.parent.name)], ticks[int(path.parent.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    ours = new = {os.getpid()}
    while new := {process for process, parent in parents.items() if parent in new} - ours:
        ours = ours | new
    return time.monotonic(), every / TICKS, sum(ticks.get(process, 0) for process in ours) / TICKS


def tell(line: str) -> None:
    """Say how far it is."""
    print(line, file=sys.stderr, flush=True)


def _read(process: int, name: str) -> str:
    return Path(f"/proc/{process}/{name}").read_text(errors="replace")


def _used(process: int) -> float:
    fields = _read(process, "stat").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _held(process: int) -> int:
    lines = _read(process, "smaps_rollup").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Pss_Anon:", "Pss_Shmem:")))
