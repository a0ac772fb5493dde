"""The types of `model` as rows of `tables`, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

import numpy as np

from knowledge import tables
from knowledge.encoder import meaning
from knowledge.model import Occupation

Thing = TypeVar("Thing")


class Rows:
    """The rows of a build, with their keys given here, so that each vector belongs to its fact."""

    def __init__(self, occupations: list[Occupation], encode: Callable[[list[str]], np.ndarray]) -> None:
        titles = [(o.slug, title) for o in occupations for title in o.titles]
        facts = list(enumerate(((o.slug, fact) for o in occupations for fact in o.facts), 1))
        asked = [(number, each) for number, (_, fact) in facts for each in fact.asked]
        texts = [fact.placed for _, (_, fact) in facts] + [each.text for _, each in asked]
        vectors = [vector.astype(np.float32) for vector in encode(texts)] if texts else []
        self._sources = list({o.source.name: _columns(o.source, tables.sources) for o in occupations}.values())
        self._occupations = [
            {"slug": o.slug, "title": o.title, "code": o.code, "source_name": o.source.name} for o in occupations
        ]
        self._titles = [
            {**_columns(title, tables.titles), "id": n, "occupation": slug} for n, (slug, title) in enumerate(titles, 1)
        ]
        self._facts = [
            {**_columns(fact, tables.facts), "id": number, "occupation": slug} for number, (slug, fact) in facts
        ]
        self._vectors = [
            {"fact_id": number, "vector": meaning(vector).tobytes()}
            for (number, _), vector in zip(facts, vectors[: len(facts)], strict=True)
        ]
        self._asked = [
            {"id": n, "fact_id": number, "text": each.text, "begins": each.begins, "vector": vector.tobytes()}
            for n, ((number, each), vector) in enumerate(zip(asked, vectors[len(facts) :], strict=True), 1)
        ]

    def by_table(self) -> list[tuple[Any, list[dict]]]:
        """Each table with its rows, in the order in which they have to be written."""
        return [
            (tables.sources, self._sources),
            (tables.occupations, self._occupations),
            (tables.titles, self._titles),
            (tables.facts, self._facts),
            (tables.vectors, self._vectors),
            (tables.asked, self._asked),
        ]


def thing(kind: type[Thing], row: Mapping[str, Any]) -> Thing:
    """The object that a row holds."""
    return kind(**{field.name: row[field.name] for field in fields(kind) if field.name in row})


def _columns(each: object, table: Any) -> dict:
    return {name: getattr(each, name) for name in table.columns.keys() if hasattr(each, name)}
