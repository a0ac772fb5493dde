"""Letters of a PDF that a white shape was drawn over, so that no reader sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pdfminer.layout import LTChar, LTCurve, LTFigure

WHITE = 0.94  # of full light, from which letters and shapes are white to a reader
MOST_SHAPES = 500  # of a page; more are a drawing


def covered_letters(layout: Any) -> set[int]:
    """The letters of a page, counted in the order in which they are drawn, that a white shape was drawn over later.

    A letter that is drawn again at its place after the shape is seen.
    """
    places: dict[tuple[float, float], list[int]] = {}  # where letters stand, and which do
    last: dict[tuple[float, float], int] = {}  # what was drawn there last, counted with the shapes
    shapes: list[tuple[int, Any]] = []
    count = 0
    for order, each in enumerate(_drawn(layout)):
        if isinstance(each, LTChar):
            place = ((each.x0 + each.x1) / 2, (each.y0 + each.y1) / 2)
            places.setdefault(place, []).append(count)
            last[place] = order
            count += 1
        elif places and each.fill and is_white(each.non_stroking_color):
            shapes.append((order, each))
    return {
        letter
        for later, shape in shapes[:MOST_SHAPES]
        for (x, y), order in last.items()
        if order < later and shape.x0 <= x <= shape.x1 and shape.y0 <= y <= shape.y1
        for letter in places[x, y]
    }


def _drawn(layout: Any) -> Iterator[Any]:
    """The letters and shapes of a page in the order in which they are drawn."""
    for each in layout:
        if isinstance(each, LTFigure):
            yield from _drawn(each)
        elif isinstance(each, (LTChar, LTCurve)):
            yield each


def is_white(color: Any) -> bool:
    """Whether a color of a PDF, of light or of inks, is white to a reader."""
    values = color if isinstance(color, (tuple, list)) else (color,)
    if not values or not all(isinstance(each, (int, float)) for each in values):
        return False
    if len(values) == 4:  # inks
        return max(values) <= 1 - WHITE
    return min(values) >= (WHITE * 255 if max(values) > 1 else WHITE)
