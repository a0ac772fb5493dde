"""Coordinate search: varies one value at a time and keeps what is better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Trial:
    """One value tried, with the score that it had; `current` where it is the value that was begun with."""

    name: str
    value: float
    score: float
    current: bool
    better: bool


def coordinate_search(
    values: dict[str, float],
    steps: tuple[float, ...],
    score: Callable[[dict[str, float]], float],
    *,
    rounds: int,
    shown: Callable[[Trial], None],
    relative: bool = False,
) -> dict[str, float]:
    """The values that scored best, none below 0; ties keep what was there, so that nothing changes without a reason.

    A step is added to a value, or with `relative` multiplies it. It ends early where a round changes nothing.
    """
    begun, best = dict(values), dict(values)
    top = score(best)
    shown(Trial("all", 0.0, top, current=True, better=False))
    for _ in range(rounds):
        before = dict(best)
        for name in values:
            centre = best[name]
            for step in steps:
                value = round(centre * step if relative else centre + step, 4)
                if value < 0:
                    continue
                found = score({**best, name: value})
                better = found > top
                shown(Trial(name, value, found, current=value == begun[name], better=better))
                if better:
                    best[name], top = value, found
        if best == before:
            break
    return best
