"""What an attack found: rows of one table, as Markdown and as a block of SECURITY.md."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

BEGIN, END = "<!-- attacks: written by `make attack` -->", "<!-- /attacks -->"
HEADERS = ("attack", "what was done", "promise", "measured", "")


@dataclass(frozen=True)
class Row:
    """One promise, and whether it was kept while something was done to the advisor; `None` where it was not tried."""

    attack: str
    done: str
    promise: str
    measured: str
    kept: bool | None

    @property
    def verdict(self) -> str:
        """Kept or broken, in a word."""
        return {True: "kept", False: "**broken**", None: "not tried"}[self.kept]


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [_line(HEADERS), "|---" * len(HEADERS) + "|"]
    for row in rows:
        lines.append(_line((row.attack, row.done, row.promise, row.measured, row.verdict)))
    return "\n".join(lines)


def heading(commit: str, load: float) -> str:
    """When, where and on what it was measured; `load` is the share of the processors that others took."""
    return (
        f"Last written on {date.today().isoformat()} at commit {commit}, on {os.cpu_count()} cores "
        f"({platform.machine()}, Python {platform.python_version()}), of which other processes of the machine took "
        f"{load:.0%}; attackers and advisor share the rest. Rows of attacks that were not run then are from their last "
        "run."
    )


def write(path: Path, rows: list[Row], told: str) -> None:
    """Put rows into the file's block, in place of those of the same attacks; others stay."""
    text = path.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    block, end, after = rest.partition(END)
    assert end, f"{path} has no block for the table"
    by_attack: dict[str, list[Row]] = {}
    for row in _rows(block):
        by_attack.setdefault(row.attack, []).append(row)
    for attack in dict.fromkeys(row.attack for row in rows):
        by_attack[attack] = [row for row in rows if row.attack == attack]
    content = table([row for found in by_attack.values() for row in found])
    path.write_text(f"{before}{BEGIN}\n{told}\n\n{content}\n{END}{after}", encoding="utf-8")


def _rows(block: str) -> list[Row]:
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in block.splitlines() if line.startswith("| ")][1:]
    stripped = ([cell.strip().replace(r"\|", "|") for cell in row] for row in cells)
    return [Row(*told, {"kept": True, "not tried": None}.get(verdict, False)) for *told, verdict in stripped]


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"
