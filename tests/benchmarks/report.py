"""What was measured of each bot, as a table with ratios, as JSON and as a picture."""

from __future__ import annotations

import os
import platform
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bot.settings import ROOT
from tests.benchmarks.measured import Burst

OURS = "ours"


@dataclass
class Figures:
    """The figures of one bot: seconds, megabytes, bursts by the number of users, turns of a long conversation."""

    to_first_answer: float
    trained: float | None
    idle: float = 0.0
    under_load: float = 0.0
    bursts: dict[int, list[Burst]] = field(default_factory=dict)
    turns: list[float] = field(default_factory=list)
    marks: dict[int, list[float]] = field(default_factory=dict)


def rows(figures: Figures) -> dict[str, tuple[float, float]]:
    """Every figure of a bot by its name: the median, and half of what lies between the quartiles of its rounds."""
    found = {"start to first answer, s": (figures.to_first_answer, 0.0)}
    found["memory idle, MB"] = (figures.idle, 0.0)
    found["memory under load, MB"] = (figures.under_load, 0.0)
    for users, bursts in figures.bursts.items():
        who = "1 user" if users == 1 else f"{users} users"
        found[f"{who}: median, ms"] = _spread([1000 * np.median(each.seconds) for each in bursts])
        found[f"{who}: 95th percentile, ms"] = _spread([1000 * np.percentile(each.seconds, 95) for each in bursts])
        found[f"{who}: answers a second"] = _spread([len(each.seconds) / each.together for each in bursts])
    for mark, seconds in figures.marks.items():
        found[f"turn {mark}, ms"] = _spread([1000 * each for each in seconds])
    found["messages lost"] = (float(sum(each.lost for all_ in figures.bursts.values() for each in all_)), 0.0)
    found["told to ask again"] = (float(sum(each.again for all_ in figures.bursts.values() for each in all_)), 0.0)
    found["conversations out of order"] = (
        float(sum(each.out_of_order for all_ in figures.bursts.values() for each in all_)),
        0.0,
    )
    return found


def table(found: dict[str, Figures]) -> str:
    """A Markdown table: a row a figure, a column a bot, and how many times the other's figure ours is."""
    figures = {name: rows(each) for name, each in found.items()}
    others = [name for name in found if not name.startswith(OURS)]
    head = ["", *found, *(f"ours / {name}" for name in others)]
    lines = [head, ["---"] + ["--:"] * (len(head) - 1)]
    for row, (mine, _) in figures[OURS].items():
        shown = [_shown(*figures[name][row]) for name in found]
        ratios = [f"{mine / figures[name][row][0]:.2f}" if figures[name][row][0] else "" for name in others]
        lines.append([row, *shown, *ratios])
    training = [f"{each.trained:.0f}" if each.trained else "kept" for each in found.values()]
    lines.append(["start with training, s", *training, *("" for _ in others)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_json(found: dict[str, Figures]) -> dict[str, Any]:
    """Everything, with the commit, the machine, and each turn of the long conversation."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    return {
        "commit": commit.stdout.strip(),
        "machine": {"cores": os.cpu_count(), "processor": platform.machine(), "load": os.getloadavg()[0]},
        "bots": {
            name: {
                "figures": {row: {"median": round(m, 2), "spread": round(s, 2)} for row, (m, s) in rows(each).items()},
                "training_s": each.trained,
                "turns_ms": [round(1000 * seconds, 1) for seconds in each.turns],
            }
            for name, each in found.items()
        },
    }


def picture(found: dict[str, Figures], path: Path) -> None:
    """Draw latency by the turn of a conversation, and by the users at once."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    drawing, (left, right) = pyplot.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
    for name, figures in found.items():
        blocks = np.array(figures.turns[: len(figures.turns) // 20 * 20]).reshape(-1, 20)
        left.plot(20 * (1 + np.arange(len(blocks))), 1000 * np.median(blocks, axis=1), label=name)
        late = {
            users: np.median([1000 * np.percentile(each.seconds, 95) for each in bursts])
            for users, bursts in figures.bursts.items()
        }
        right.plot(list(late), list(late.values()), marker="o", label=name)
    left.set(xlabel="turn of one conversation", ylabel="median, ms", ylim=0)
    right.set(xlabel="users at once", ylabel="95th percentile, ms", ylim=0)
    left.legend(frameon=False)
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    drawing.savefig(path, dpi=110)
    pyplot.close(drawing)


def _spread(values: list[float]) -> tuple[float, float]:
    low, high = np.percentile(values, [25, 75])
    return float(np.median(values)), float(high - low) / 2


def _shown(value: float, spread: float) -> str:
    digits = 0 if value >= 20 else 1
    return f"{value:.{digits}f}" + (f" ± {spread:.{digits}f}" if spread else "")
