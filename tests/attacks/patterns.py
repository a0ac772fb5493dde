"""Every pattern of ours against texts that make patterns slow: no search of 2,000 characters takes 50 ms."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

PACKAGES = ("bot", "actions", "knowledge")
LENGTH = 2000  # characters, the longest message
MOST = 0.05  # seconds of the processor
FILLERS = (" ", "a", "\t ", ",", ", ", "a ", "a, ", ".", "?", "'", "-", "- ", "*", "*a ", "&gt;", "<", "<@", "é", "1", "\n")
LITERAL = re.compile(r"[a-z']{2,}(?: [a-z']+)*")


def patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Every compiled pattern of text that a module of ours holds, with where it stands."""
    found: dict[str, re.Pattern[str]] = {}
    for package in map(importlib.import_module, PACKAGES):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith("__main__"):
                continue
            held = vars(importlib.import_module(module.name))
            for name, value in held.items():
                for number, pattern in enumerate(_patterns_in(value)):
                    found.setdefault(pattern.pattern, pattern)
                    found_name = f"{module.name}.{name}[{number}]"
                    _NAMES.setdefault(pattern.pattern, found_name)
    return [(_NAMES[source], pattern) for source, pattern in found.items() if isinstance(source, str)]


def slowest(pattern: re.Pattern[str]) -> tuple[float, str]:
    """The most processor seconds that finding all of a pattern's places in a text takes, and the text's beginning."""
    worst = (0.0, "")
    for text in texts(pattern):
        began = time.process_time()
        for _ in pattern.finditer(text):
            pass
        taken = time.process_time() - began
        if taken > MOST:  # perhaps it was the machine
            began = time.process_time()
            for _ in pattern.finditer(text):
                pass
            taken = min(taken, time.process_time() - began)
        worst = max(worst, (taken, text[:40]))
    return worst


def texts(pattern: re.Pattern[str]) -> Iterator[str]:
    """Texts of 2,000 characters that repeat what the pattern looks for, each ending so that it may fail late."""
    literals = [*dict.fromkeys(LITERAL.findall(pattern.pattern.replace("\\b", " ").replace("\\s", " ")))][:12]
    starts = ["", *literals]
    for start in starts:
        for filler in FILLERS:
            yield (start + filler * LENGTH)[: LENGTH - 1] + "!"
            yield ((start + filler) * LENGTH)[: LENGTH - 1] + "\x00"


_NAMES: dict[str, str] = {}


def _patterns_in(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (list, tuple, set, frozenset)):
        for each in value:
            yield from _patterns_in(each)
    elif isinstance(value, dict):
        yield from _patterns_in(list(value.values()))
