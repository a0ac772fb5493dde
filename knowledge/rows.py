"""The types of `model` as rows of `tables`, and back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import numpy as np

from knowledge import tables
from knowledge.encoder import meaning
from knowledge.model import Fact, Occupation, Title

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Last:
    """The highest keys that a store has given."""

    title: int = 0
    fact: int = 0
    asked: int = 0


class Rows:
    """The rows of some occupations, with their keys given here, so that each vector belongs to its fact.

    An occupation may stand in several of `occupations`, of a source each; the first says what it is called.
    """

    def __init__(self, occupations: list[Occupation], encode: Callable[[list[str]], np.ndarray]) -> None:
        self.occupations = occupations
        self._facts = [(o, fact) for o in occupations for fact in o.facts]
        texts = [fact.placed for _, fact in self._facts] + [each.text for _, fact in self._facts for each in fact.asked]
        self._vectors = [vector.astype(np.float32) for vector in encode(texts)] if texts else []

    @property
    def slugs(self) -> list[str]:
        """The slugs of the occupations, each once."""
        return list(dict.fromkeys(occupation.slug for occupation in self.occupations))

    def by_table(self, last: Last = Last(), held: frozenset[str] = frozenset()) -> list[tuple[Any, list[dict]]]:
        """Each table with its rows, in the order in which they have to be written.

        Keys are given from those that were the `last`; of occupations that are `held` only what is said.
        """
        facts = list(enumerate(self._facts, last.fact + 1))
        asked = [(number, each) for number, (_, fact) in facts for each in fact.asked]
        fact_vectors, asked_vectors = self._vectors[: len(facts)], self._vectors[len(facts) :]
        new = {o.slug: o for o in reversed(self.occupations) if o.slug not in held}
        marks = {slug: self._mark(slug) for slug in new}
        return [
            (
                tables.sources,
                list({o.source.name: _columns(o.source, tables.sources) for o in self.occupations}.values()),
            ),
            (tables.occupations, [_occupation(o, marks[slug]) for slug, o in reversed(new.items())]),
            (tables.titles, [_said(o, t, n, tables.titles) for n, (o, t) in enumerate(self._titles(), last.title + 1)]),
            (tables.facts, [_said(o, fact, number, tables.facts) for number, (o, fact) in facts]),
            (
                tables.vectors,
                [
                    {"fact_id": number, "vector": meaning(vector).tobytes()}
                    for (number, _), vector in zip(facts, fact_vectors, strict=True)
                ],
            ),
            (
                tables.asked,
                [
                    {"id": n, "fact_id": number, "text": each.text, "begins": each.begins, "vector": vector.tobytes()}
                    for n, ((number, each), vector) in enumerate(zip(asked, asked_vectors, strict=True), last.asked + 1)
                ],
            ),
        ]

    def _titles(self) -> list[tuple[Occupation, Title]]:
        return [(o, title) for o in self.occupations for title in o.titles]

    def _mark(self, slug: str) -> str:
        """What tells all that is said of an occupation from anything else, in any build."""
        told = [
            (o.title, o.code, o.source, o.titles, [(f, f.asked) for f in o.facts])
            for o in self.occupations
            if o.slug == slug
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def thing(kind: type[Thing], row: Mapping[str, Any]) -> Thing:
    """The object that a row holds."""
    return kind(**{field.name: row[field.name] for field in fields(kind) if field.name in row})


def _occupation(each: Occupation, mark: str) -> dict:
    return {"slug": each.slug, "title": each.title, "code": each.code, "source_name": each.source.name, "mark": mark}


def _said(occupation: Occupation, each: Title | Fact, number: int, table: Any) -> dict:
    """The row of what the source of an occupation says of it."""
    source = getattr(each, "source", None) or occupation.source
    return {**_columns(each, table), "id": number, "occupation": occupation.slug, "source_name": source.name}


def _columns(each: object, table: Any) -> dict:
    return {name: getattr(each, name) for name in table.columns.keys() if hasattr(each, name)}
