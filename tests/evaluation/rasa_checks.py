"""Rasa's own commands on our data: test nlu, data validate, test core; and what their outputs say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.settings import MODEL, ROOT
from tests.evaluation.calibration import Prediction

INTENTS = ROOT / "tests" / "evaluation" / "intents.yml"
CONVERSATIONS = ROOT / "tests" / "conversations"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# Said of every domain, by Rasa about itself; nothing that a project could mend.
OF_RASA_ITSELF = re.compile(r"DeprecationWarning|MovedIn20Warning|Slot auto-fill has been removed")
# Rasa reads only stories and rules: most sentences are said by actions, and signals are sent by channels.
EXPECTED = re.compile(r"The intent 'signal_\w+' is listed|The utterance '\w+' is not used in any story or rule")


class CheckFailed(RuntimeError):
    """One of Rasa's commands could not run to its end; says which and what it printed last."""


@dataclass(frozen=True)
class Check:
    """What a command of Rasa's found: failures make the evaluation fail, warnings are named."""

    command: str
    failures: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    passed: str = ""


def classify(folder: Path, environment: dict[str, str]) -> tuple[str, list[Prediction]]:
    """`rasa test nlu` on intents.yml: the command, and a prediction for each example."""
    command = ["test", "nlu", "--nlu", _place(INTENTS), "--model", _place(MODEL), "--no-plot", "--successes"]
    _rasa([*command, "--out", str(folder)], environment)
    found = []
    for name in ("intent_successes.json", "intent_errors.json"):
        path = folder / name
        found += json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return _line(command), [
        Prediction(
            each["text"], each["intent"], each["intent_prediction"]["name"], each["intent_prediction"]["confidence"]
        )
        for each in found
    ]


def validate(environment: dict[str, str]) -> Check:
    """`rasa data validate` on the data that trains."""
    command = ["data", "validate", "--domain", "domain.yml", "--config", "config.yml", "--data", "data"]
    code, output = _run(command, environment)
    failures = [] if code == 0 else [f"exit code {code}", *_lines(output, "Error|ERROR|error")]
    return Check(_line(command), failures, grouped(_lines(output, r"\bUserWarning\b|\bWARNING\b|\[warning")))


def grouped(warnings: list[str]) -> list[str]:
    """Warnings without the place in Rasa's code; those that are as they should be are only counted."""
    plain = [re.sub(r"^\S+:\d+: UserWarning: ", "", warning) for warning in warnings]
    expected = [warning for warning in plain if EXPECTED.search(warning)]
    others = [warning for warning in plain if warning not in expected]
    if expected:
        others.append(
            f"{len(expected)} times, as it should be: a sentence that only actions say, a signal without examples"
        )
    return others


def converse(folder: Path, environment: dict[str, str]) -> Check:
    """`rasa test core --e2e` on tests/conversations: each message's intent, and the actions that follow."""
    command = ["test", "core", "--e2e", "--stories", _place(CONVERSATIONS), "--model", _place(MODEL), "--no-plot"]
    _rasa([*command, "--out", str(folder)], environment)
    report = json.loads((folder / "story_report.json").read_text(encoding="utf-8"))
    correct = report["conversation_accuracy"]["correct"]
    failures, warnings = _stories(folder, "failed_test_stories"), _stories(folder, "stories_with_warnings")
    return Check(_line(command), failures, warnings, f"{correct} conversations")


def _stories(folder: Path, name: str) -> list[str]:
    path = folder / f"{name}.yml"
    if not path.exists():
        return []
    written = path.read_text(encoding="utf-8")
    wrong = [line.strip(" -") for line in written.splitlines() if "# predicted" in line]
    names = [story["story"] for story in (yaml.safe_load(written) or {}).get("stories", [])]
    return [f"{len(names)} stories: {', '.join(names)}", *wrong] if names else []


def _rasa(arguments: list[str], environment: dict[str, str]) -> str:
    code, output = _run(arguments, environment)
    if code != 0:
        raise CheckFailed(f"`{_line(arguments)}` ended with exit code {code}:\n" + "\n".join(output.splitlines()[-15:]))
    return output


def _run(arguments: list[str], environment: dict[str, str]) -> tuple[int, str]:
    print(f"Running `{_line(arguments)}` ...", end=" ", file=sys.stderr, flush=True)
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "bot.orphans", str(os.getpid()), "rasa", *arguments],  # which does without TensorFlow
        cwd=ROOT,
        env={**environment, "PYTHONWARNINGS": "default"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return done.returncode, COLOUR.sub("", done.stdout)


def _lines(output: str, pattern: str) -> list[str]:
    found = [line.strip() for line in output.splitlines() if re.search(pattern, line)]
    return [line for line in dict.fromkeys(found) if not OF_RASA_ITSELF.search(line)]


def _line(arguments: list[str]) -> str:
    return " ".join(["rasa", *arguments])


def _place(path: Path) -> str:
    return str(path.relative_to(ROOT))
