"""The examples: enough of each kind, no near-copies, and none from an evaluation set."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.nlu.linker import unmarked

ROOT = Path(__file__).resolve().parent.parent
FEWEST = 30
COPY = 0.75  # share of words in common from which two examples are near-copies
FILES = sorted((ROOT / "data" / "nlu").glob("*.yml"))


def examples(path: Path) -> list[str]:
    """The examples of a file, without their marks."""
    text = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"][0]["examples"]
    return [unmarked(line.removeprefix("- "))[0] for line in text.splitlines()]


def words(text: str) -> frozenset[str]:
    """The words of a text, whatever their order, case and punctuation."""
    return frozenset(re.findall(r"[a-z0-9]+", text.lower()))


def near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts are copies but for a few words; short texts have to be the same."""
    if min(len(one), len(other)) < 5:
        return one == other and bool(one)
    return len(one & other) >= COPY * len(one | other)


def evaluated() -> Iterator[str]:
    """Every text of the evaluation sets."""
    for path in sorted((ROOT / "tests" / "evaluation").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            yield from (turn["text"] for turn in case.get("turns", [case]))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_kind_has_enough_examples_and_no_near_copies(path):
    found = examples(path)
    assert len(found) >= FEWEST
    pairs = itertools.combinations([(text, words(text)) for text in found], 2)
    assert [(one, other) for (one, a), (other, b) in pairs if near(a, b)] == []


def test_no_example_stands_under_two_intents():
    seen: dict[str, str] = {}
    for path in FILES:
        for text in examples(path):
            assert seen.setdefault(text.lower(), path.stem) == path.stem, text


def test_no_evaluation_text_trains():
    told = [words(text) for text in evaluated()]
    assert len(told) > 300
    held = [words(text) for path in FILES for text in examples(path)]
    held += [
        words(json.loads(line)["text"])
        for line in (ROOT / "data" / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [sorted(one) for one in told if len(one) >= 5 and any(near(one, other) for other in held)] == []
