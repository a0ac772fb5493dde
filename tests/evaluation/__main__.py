"""Measures the advisor on the held-out sets and writes RESULTS.md: `make evaluate`, or `make evaluate PEERS=1`."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from bot.settings import Settings
from tests.advisor import Advisor
from tests.evaluation import confusion, rasa_checks, report
from tests.evaluation.asking import Asked, over_rest, put
from tests.evaluation.cases import DECIDED, FOLDER, HELD_OUT, read_cases
from tests.evaluation.decided import Answered, put_decided, read_decided
from tests.evaluation.latency import compare_with_empty
from tests.evaluation.live import NotStarted, live_advisor
from tests.evaluation.peers.compare import NAMES, compare_peers

PARTS = ("answers", "decided", "latency", "intents", "checks")
RESULTS = FOLDER / "RESULTS.md"
PICTURE = FOLDER / "confusion.png"


def main() -> int:
    """Measure, print and write; the exit code is 1 where one of Rasa's checks fails, 2 where measuring can't start."""
    signal.signal(signal.SIGTERM, _interrupt)  # so that the servers are stopped
    arguments = _arguments()
    peers = [] if arguments.peers is None else arguments.peers or list(NAMES)
    try:
        return measure(arguments.parts, peers=peers, failures=arguments.failures)
    except (NotStarted, rasa_checks.CheckFailed, FileNotFoundError, ValueError) as reason:
        print(f"Nothing was written: {reason}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        return 130


def measure(parts: list[str], *, peers: list[str], failures: int) -> int:
    """Measure the parts against a live advisor; RESULTS.md is written only where all of them are."""
    cases = [case for path in HELD_OUT for case in read_cases(path)]
    at = report.commit()  # a long run may see files change
    asked: list[Asked] = []
    written, commands, failed = [], ["make evaluate"], False
    with live_advisor() as advisor, tempfile.TemporaryDirectory(prefix="advisor-rasa-") as name:
        environment = environment_of(advisor)
        if "answers" in parts:
            asked = put(cases, over_rest(advisor.url), "Held-out messages")
            show_failures(asked, failures)
            written.append(report.answers(asked))
        if "decided" in parts:
            answered = put_decided(read_decided(DECIDED), over_rest(advisor.url))
            show_faults(answered, failures)
            written.append(report.decided(answered))
        if "latency" in parts:
            written.append(report.compared(compare_with_empty(advisor.url, environment)))
        if "intents" in parts:
            command, predictions = rasa_checks.classify(Path(name), environment)
            confusion.draw(predictions, PICTURE)
            commands.append(command)
            written.append(report.intents(predictions))
        if "checks" in parts:
            checks = [rasa_checks.validate(environment), rasa_checks.converse(Path(name), environment)]
            commands += [check.command for check in checks]
            failed = any(check.failures for check in checks)
            written.append(report.checks(checks))
        if peers:
            asked = asked or put(cases, over_rest(advisor.url), "Held-out messages")
            compare_peers(asked, peers, environment, at)
    text = "\n\n".join(["# Results", report.heading(commands, at), *written]) + "\n"
    print(text)
    if set(parts) == set(PARTS):
        RESULTS.write_text(text, encoding="utf-8")
        print(f"Written: {RESULTS} and {PICTURE}", file=sys.stderr)
    return int(failed)


def environment_of(advisor: Advisor) -> dict[str, str]:
    """The environment in which Rasa's commands find the advisor's components and its knowledge base."""
    url = f"sqlite:///{advisor.folder / 'advisor.sqlite'}"
    settings = replace(Settings.of_environment(), port=advisor.port, database_url=url)
    return settings.environment("http://127.0.0.1:1")


def show_failures(asked: list[Asked], most: int) -> None:
    """Print the messages that were not answered or refused rightly."""
    for each in [each for each in asked if not each.judgement.outcome.right][:most]:
        print(f"{each.case} [{each.turn.kind}] {each.turn.text[:160]}")
        print(f"    {each.judgement.outcome.value}: {each.judgement.why}\n    {each.reply[:240]!r}")


def show_faults(answered: list[Answered], most: int) -> None:
    """Print the questions that lead astray, and did."""
    for each in [each for each in answered if each.found != "right"][:most]:
        print(f"{each.question.name} [{each.question.relation}] {each.question.text[:160]}")
        print(f"    {each.found}\n    {each.reply[:240]!r}")


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    parser.add_argument(
        "--peers",
        nargs="*",
        choices=NAMES,
        help="also measure other systems, all or those named, into PEERS.md (“default” trains for hours on few cores)",
    )
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS), help="measure only these (no file)")
    parser.add_argument("--failures", type=int, default=0, metavar="N", help="print the first N wrong replies")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
