"""Rows -> CSV that a spreadsheet opens as text, and in which nothing is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from flask import Response, stream_with_context

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def sheet(name: str, heading: list[str], rows: Iterable[list[object]]) -> Response:
    """A download of rows under a heading."""

    def lines() -> Iterator[str]:
        yield "\ufeff"  # Excel takes it for UTF-8 then
        yield _line(list(heading))
        for row in rows:
            yield _line(row)

    told = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(stream_with_context(lines()), mimetype="text/csv; charset=utf-8", headers=told)


def cell(value: object) -> object:
    """A value as it may stand in a cell: one that a spreadsheet would compute gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA) else value


def _line(row: list[object]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([cell(value) for value in row])
    return written.getvalue()
