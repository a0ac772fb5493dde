"""Every pattern of ours against texts that make patterns slow: no search of 2,000 characters takes 50 ms."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from tests.attacks.bench import Bench
from tests.attacks.rows import Row

PACKAGES = ("bot", "actions", "knowledge")
LENGTH = 2000  # characters, the longest message
MOST = 0.05  # seconds of the processor
FILLERS = (
    *(" ", "a", "\t ", ",", ", ", "a ", "a, ", ".", "?", "'"),
    *("-", "- ", "*", "*a ", "&gt;", "<", "<@", "é", "1", "\n"),
)
LITERAL = re.compile(r"[a-z']{2,}(?: [a-z']+)*")
USES = ("sub", "search", "match", "split", "fullmatch", "finditer", "findall")  # functions of `re` that take a pattern


def attack(bench: Bench) -> list[Row]:
    """Search with each pattern."""
    found = patterns()
    slow = {name: slowest(pattern) for name, pattern in found}
    worst = max(slow, key=slow.get)
    return [
        Row(
            "patterns",
            f"{len(found)} patterns of the code, each against texts of 2,000 characters that repeat what it looks for",
            f"none takes {MOST * 1000:.0f} ms of the processor",
            f"the slowest, {worst}, {slow[worst][0] * 1000:.0f} ms",
            slow[worst][0] < MOST,
        )
    ]


def patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Every pattern of text that a module of ours holds or spells out, with where it stands."""
    found: dict[str, tuple[str, re.Pattern[str]]] = {}
    for module in _modules():
        for name, value in vars(module).items():
            for number, pattern in enumerate(_patterns_in(value)):
                found.setdefault(pattern.pattern, (f"{module.__name__}.{name}[{number}]", pattern))
        for line, source in _spelt_out(module):
            found.setdefault(source, (f"{module.__name__}:{line}", re.compile(source)))
    return [named for source, named in found.items() if isinstance(source, str)]


def slowest(pattern: re.Pattern[str]) -> tuple[float, str]:
    """The most processor seconds that finding all of a pattern's places in a text takes, and the text's beginning.

    The first text that takes too long ends the search: the next might take minutes.
    """
    worst = (0.0, "")
    for text in texts(pattern):
        taken = _taken(pattern, text)
        if taken > MOST:  # perhaps it was the machine
            taken = min(taken, _taken(pattern, text))
        worst = max(worst, (taken, text[:40]))
        if taken > MOST:
            break
    return worst


def texts(pattern: re.Pattern[str]) -> Iterator[str]:
    """Texts of 2,000 characters that repeat what the pattern looks for, each ending so that it may fail late."""
    literals = [*dict.fromkeys(LITERAL.findall(pattern.pattern.replace("\\b", " ").replace("\\s", " ")))][:12]
    starts = ["", *literals]
    for start in starts:
        for filler in FILLERS:
            yield (start + filler * LENGTH)[: LENGTH - 1] + "!"
            yield ((start + filler) * LENGTH)[: LENGTH - 1] + "\x00"


def _taken(pattern: re.Pattern[str], text: str) -> float:
    began = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - began


def _modules() -> Iterator[ModuleType]:
    for package in map(importlib.import_module, PACKAGES):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                yield importlib.import_module(module.name)


def _patterns_in(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (list, tuple, set, frozenset)):
        for each in value:
            yield from _patterns_in(each)
    elif isinstance(value, dict):
        yield from _patterns_in(list(value.values()))


def _spelt_out(module: ModuleType) -> Iterator[tuple[int, str]]:
    """The patterns that calls like `re.sub("…", …)` bring with them, and the lines they stand in."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=used), args=[ast.Constant(value=str(source)), *_]
            ) if used in USES:
                yield node.lineno, source
