"""How fast and how large the advisor is beside two other Rasa bots: python -m tests.benchmarks, or `make benchmark`.

All bots run on this machine at once and are asked in turn, in rounds, so that what else it does falls on all alike;
what counts are the ratios of one run. `floor` is the cheapest bot that Rasa can run, `stock` its default pipeline.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bot.settings import ROOT
from tests.benchmarks import bots, report
from tests.benchmarks.bots import Bot
from tests.benchmarks.measured import Burst, burst, memory, turns, watched
from tests.evaluation.live import NotStarted
from tests.evaluation.progress import Progress

TOGETHER = (1, 8, 32, 64)  # users at once
EACH = {1: 24, 8: 6, 32: 3, 64: 2}  # messages of each of them, in a round
MARKS = (10, 100, 400, 1000)  # turns of one conversation at which its speed is told
AROUND = 10  # turns up to each mark whose median is told
BLOCK = 10  # turns of one bot before it is the next one's turn


def main(arguments: list[str] | None = None) -> int:
    """Measure, print a table, write JSON and a picture; returns the exit code."""
    options = _parser().parse_args(arguments)
    marks = [mark for mark in MARKS if mark <= options.turns]
    with tempfile.TemporaryDirectory(prefix="advisor-benchmark-") as name, ExitStack() as running:
        try:
            started = _start(options, Path(name), running)
        except NotStarted as reason:
            print(reason, file=sys.stderr)
            return 1
        found = {bot.name: report.Figures(bot.to_first_answer, bot.trained) for bot in started}
        _bursts(started, found, options.rounds)
        _conversations(started, found, marks)
    print(report.table(found))
    options.json.write_text(json.dumps(report.as_json(found), indent=1) + "\n", encoding="utf-8")
    report.picture(found, options.picture)
    print(f"\nWritten: {options.json}, {options.picture}")
    return 0


def _start(options: argparse.Namespace, folder: Path, running: ExitStack) -> list[Bot]:
    def place(name: str) -> Path:
        (made := folder / name).mkdir()
        return made

    started = [running.enter_context(bots.ours(place("ours")))]
    if options.data:
        started.append(running.enter_context(bots.ours(place("all"), options.data)))
    if not options.without_stock:
        store = folder / "ours" / "advisor.sqlite"
        started.append(running.enter_context(bots.stock(place("stock"), store, shortly=not options.trained)))
    started.append(running.enter_context(bots.floor(place("floor"))))
    return started


def _bursts(started: list[Bot], found: dict[str, report.Figures], rounds: int) -> None:
    for bot in started:
        burst(bot, 1, 6, number=-1)  # warm
        found[bot.name].idle = memory(bot)
    progress = Progress("Users at once", rounds * len(TOGETHER) * len(started))
    for number in range(rounds):
        for users in TOGETHER:
            for bot in started:
                with watched(bot) as looks:
                    result: Burst = burst(bot, users, EACH[users], number=number)
                found[bot.name].bursts.setdefault(users, []).append(result)
                found[bot.name].under_load = max(found[bot.name].under_load, *looks)
                progress.step()


def _conversations(started: list[Bot], found: dict[str, report.Figures], marks: list[int]) -> None:
    last = max(marks)
    progress = Progress("A long conversation", last // BLOCK * len(started))
    for first in range(0, last, BLOCK):
        for bot in started:
            found[bot.name].turns += turns(bot, "long", first, BLOCK)
            progress.step()
    for figures in found.values():
        figures.marks = {mark: figures.turns[max(0, mark - AROUND) : mark] for mark in marks}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of users at once (5)")
    parser.add_argument("--turns", type=int, default=1000, choices=MARKS, help="of the long conversation (1000)")
    parser.add_argument("--data", type=Path, help="public data: the advisor runs a second time with all of it")
    parser.add_argument("--without-stock", action="store_true", help="leave Rasa's default pipeline out")
    parser.add_argument(
        "--trained", action="store_true", help="train that to its end, which takes hours once; else for one epoch"
    )
    here = ROOT / "docs" / "benchmark"
    parser.add_argument("--json", type=Path, default=here.with_suffix(".json"), help="where the figures go")
    parser.add_argument("--picture", type=Path, default=here.with_suffix(".png"), help="where the picture goes")
    return parser


if __name__ == "__main__":
    sys.exit(main())
