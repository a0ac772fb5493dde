"""The codes of occupations that a document names and gives no code of: as public data know that very title."""

from __future__ import annotations

from dataclasses import replace

from knowledge.shelf.model import Part
from knowledge.shelf.names import singular
from knowledge.sources.occupations import Catalogue


def with_codes(parts: tuple[Part, ...], catalogue: Catalogue) -> tuple[Part, ...]:
    """Parts, those without a code with that of the one occupation that is called so; of several that fit, none."""
    wanted = {_key(part.title) for part in parts if part.code is None}
    called: dict[str, set[str]] = {key: set() for key in wanted}
    also: dict[str, set[str]] = {key: set() for key in wanted}
    for slug, title in catalogue.titles() if wanted else ():
        key = _key(title.text)
        if key in wanted:
            (called if title.kind == "preferred" else also)[key].update(catalogue.codes(slug))
    found = {}
    for key in wanted:
        codes = called[key] or also[key]
        found[key] = next(iter(codes)) if len(codes) == 1 else None
    return tuple(
        replace(part, code=part.code or found[_key(part.title)]) if part.code is None else part for part in parts
    )


def _key(title: str) -> str:
    return singular(title).casefold().replace(",", "").replace("’", "'")
