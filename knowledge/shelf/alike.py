"""The items of one list mostly tell one kind of thing: each is judged with the others, what leads them with all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from knowledge.model import Aspect
from knowledge.shelf.blocks import Role
from knowledge.shelf.outline import Piece

OTHERS = 0.5  # how much the others of a list count beside an item itself
LEAST = 1e-4  # a chance, below which none is taken
Chances = dict[Aspect | None, float]


def together(pieces: list[Piece], chances: dict[int, Chances]) -> dict[int, Chances]:
    """The chances of each place, those of a list or table together; of what leads one those of its list."""
    told = dict(chances)
    for lead, places in _lists(pieces):
        some = [place for place in places if place in chances]
        if len(some) > 1:
            labels = list(chances[some[0]])
            own = np.log(np.maximum([[chances[place].get(label, 0.0) for label in labels] for place in some], LEAST))
            for row, place in enumerate(some):
                others = (own.sum(axis=0) - own[row]) / (len(some) - 1)
                both = np.exp(own[row] + OTHERS * others)
                told[place] = dict(zip(labels, map(float, both / both.sum())))
        if lead is not None and lead in chances and some:
            told[lead] = {
                label: float(np.mean([told[place].get(label, 0.0) for place in some])) for label in told[some[0]]
            }
    return told


def _lists(pieces: list[Piece]) -> Iterator[tuple[int | None, list[int]]]:
    """The places of each list or table, and of what leads it."""
    places: list[int] = []
    lead: int | None = None
    for place, piece in enumerate(pieces):
        if piece.role in (Role.item, Role.row):
            places.append(place)
            continue
        if piece.role is Role.dropped:
            continue
        if places:
            yield lead, places
        places, lead = [], place if piece.leads else None
    if places:
        yield lead, places
