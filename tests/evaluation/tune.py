"""Chooses the weights of answers on the development sets, and prints all that was tried: `make tune`."""

from __future__ import annotations

import argparse
import logging
import sys
import warnings
from collections.abc import Callable

from actions import compose, decide, findings, looking, pay, question, telling
from bot.run import prepare
from bot.settings import Settings
from tests.evaluation.asking import put
from tests.evaluation.cases import DEVELOPMENT, Case, read_cases
from tests.evaluation.search import Trial, coordinate_search
from tests.evaluation.tally import share_right, verdicts

STEPS = (-0.2, -0.1, -0.05, 0.05, 0.1, 0.2)
CHOSEN = {"SURE": question, "DECIDES": findings, "TELLS": findings, "TOUCHES": compose}  # and where each is kept
USERS = (compose, decide, findings, looking, pay, question, telling)


def main() -> int:
    """Search, and print each trial and the best values beside those in the code; changes no file."""
    arguments = _arguments()
    logging.getLogger("rasa").setLevel(logging.ERROR)
    warnings.simplefilter("ignore")
    if arguments.classifier:
        from tests.evaluation.tune_classifier import tune_classifier

        tune_classifier(arguments.rounds)
        return 0
    from tests.evaluation.inprocess import InProcess

    settings = Settings.of_environment()
    prepare(settings)
    advisor = InProcess(settings.database_url)
    cases = [case for path in DEVELOPMENT for case in read_cases(path)]
    current = {name: getattr(module, name) for name, module in CHOSEN.items()}
    chosen = {name: value for name, value in current.items() if not arguments.only or name in arguments.only}
    print("Understanding the messages ...", file=sys.stderr)
    put(cases, advisor.ask, "Development messages")
    found = coordinate_search(chosen, STEPS, _score(cases, advisor.ask), rounds=arguments.rounds, shown=show)
    print(f"\nOf {sum(len(case.turns) for case in cases)} messages of the development sets.\n")
    for name, value in found.items():
        print(
            f"{name:15} {current[name]:.2f} in the code" + (f", better {value:.2f}" if value != current[name] else "")
        )
    return 0


def _score(cases: list[Case], ask: Callable) -> Callable[[dict[str, float]], float]:
    """The objective: how many messages come out right, and how often yes or no is said rightly besides."""

    def score(values: dict[str, float]) -> float:
        put_in_place(values)
        asked = put(cases, ask)
        return share_right(asked) * len(asked) + verdicts(asked)["rightly"]

    return score


def put_in_place(values: dict[str, float]) -> None:
    """Give the constants new values, in this process, wherever they are used."""
    for name, value in values.items():
        for module in USERS:
            if hasattr(module, name):
                setattr(module, name, value)


def show(trial: Trial) -> None:
    """Print one trial."""
    mark = {True: "in the code", False: ""}[trial.current] + (" better" if trial.better else "")
    print(f"{trial.name:15} {trial.value:6.2f}  {trial.score:7.1f}  {mark}", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.tune", description=__doc__)
    parser.add_argument("--rounds", type=int, default=2, help="how often each weight is varied (2)")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="vary only these weights")
    parser.add_argument("--classifier", action="store_true", help="instead, the classifier's settings (some minutes)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
