"""The attacks in short, on an advisor of their own; `make attack` has all of them, at length and with sharp figures."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import pytest

from tests.attacks import patterns
from tests.attacks.__main__ import SHORT
from tests.attacks.bench import Bench


@pytest.fixture(scope="module")
def bench(tmp_path_factory) -> Iterator[Bench]:
    standing = Bench(tmp_path_factory.mktemp("attacks"), short=True)
    yield standing
    standing.end()


@pytest.mark.parametrize("name", SHORT)
def test_what_is_promised_is_kept_under_attack(bench, name):
    broken = [row for row in importlib.import_module(f"tests.attacks.{name}").attack(bench) if row.kept is False]
    assert not broken, "\n".join(f"{row.done}: promised {row.promise}; measured {row.measured}" for row in broken)


@pytest.mark.timeout(2700)  # there are many patterns, and many texts for each
def test_no_pattern_is_slow():
    slow = {name: patterns.slowest(pattern) for name, pattern in patterns.patterns()}
    assert {name: found for name, found in slow.items() if found[0] >= patterns.MOST} == {}
