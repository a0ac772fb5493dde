"""Attacks an advisor of its own and says which promises were kept; whole runs are written into SECURITY.md."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.advisor import ROOT
from tests.attacks import rows
from tests.attacks.bench import Bench, tell, used
from tests.attacks.rows import Row
from tests.evaluation.report import commit

SHORT = ("framing", "cost", "floods", "slow", "long", "fuzz", "locks")  # patterns have a test of their own
ATTACKS = ("patterns", *SHORT, "kills", "damage", "archives", "proxies")


def main() -> int:
    """Run attacks; returns the exit code, 1 where a promise was broken."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.attacks",
        description=f"{__doc__} All traffic stays on the loopback interface; all of it takes one to three hours.",
    )
    parser.add_argument("attacks", nargs="*", metavar="ATTACK", help=f"which: {', '.join(ATTACKS)} (all)")
    parser.add_argument("--short", action="store_true", help="what `make test` runs: less of it, and nothing written")
    options = parser.parse_args()
    if unknown := set(options.attacks) - set(ATTACKS):
        parser.error(f"there is no attack {', '.join(sorted(unknown))}; there are {', '.join(ATTACKS)}")
    found: list[Row] = []
    for attacked, load in run(options.attacks or (SHORT if options.short else ATTACKS), short=options.short):
        found += attacked
        if not options.short:  # at once, for a later one may fail
            rows.write(ROOT / "SECURITY.md", attacked, rows.heading(commit(), load))
    print(rows.table(found))
    broken = sum(row.kept is False for row in found)
    tell(f"{len(found) - broken} promises kept, {broken} broken.")
    return 1 if broken else 0


def run(names: Iterable[str], *, short: bool) -> Iterator[tuple[list[Row], float]]:
    """The rows of each attack, in a temporary folder, and the share of the processors that others took so far."""
    before = used()
    with tempfile.TemporaryDirectory(prefix="advisor-attacks-") as folder:
        bench = Bench(Path(folder), short=short)
        try:
            for name in names:
                began = time.monotonic()
                tell(f"{name} ...")
                attacked = importlib.import_module(f"tests.attacks.{name}").attack(bench)
                for row in attacked:
                    tell(f"  {row.verdict}: {row.done}: {row.measured}")
                tell(f"{name}: {time.monotonic() - began:.0f} s")
                yield attacked, _share(before)
        finally:
            bench.end()


def _share(before: tuple[float, float, float]) -> float:
    """The share of the processors that neither we nor what we started have used since."""
    seconds, every, ours = (after - then for after, then in zip(used(), before))
    return max(0.0, every - ours) / (seconds * os.cpu_count())


if __name__ == "__main__":
    sys.exit(main())
