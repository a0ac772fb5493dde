"""Numbers in addresses: those that a database can hold, and no others."""

from __future__ import annotations

from flask import request
from werkzeug.routing import IntegerConverter

LARGEST = 2**31 - 1


class Number(IntegerConverter):
    """A number in a path; a larger one is no page."""

    def __init__(self, map: object) -> None:  # noqa: A002
        super().__init__(map, max=LARGEST)


def asked_number(name: str) -> int | None:
    """A number that is asked with; `None` where there is none, or none that could be."""
    number = request.args.get(name, type=int)
    return number if number is not None and 0 <= number <= LARGEST else None
