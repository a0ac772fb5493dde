"""What is live on the shelf, as it is put into the knowledge: for who builds that anew."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import inspect, select, update
from sqlalchemy.engine import Connection

from knowledge import tables as built
from knowledge.base import open_store
from knowledge.model import Occupation
from knowledge.shelf import rows, tables
from knowledge.shelf.publishing import document_of, occupations

logger = logging.getLogger(__name__)


def live_documents(url: str) -> list[Occupation]:
    """The occupations of all live versions in the store at `url`, the oldest document first.

    A document that cannot be read any more is left out, and said in the log; it stays marked as live.
    """
    engine = open_store(url)
    with engine.connect() as connection:
        if not inspect(connection).has_table(tables.documents.name):
            return []
        found = connection.execute(_live()).mappings().all()
    engine.dispose()
    return [each for row in found for each in _occupations(row)]


def entitle(connection: Connection, slugs: list[str]) -> None:
    """Let the oldest live document about each occupation say its title and code, as it does in what is built anew.

    Not where a document of `knowledge/documents/` describes it, which comes first.
    """
    for slug in slugs:
        of_slug = built.facts.c.occupation == slug
        sources = connection.execute(select(built.facts.c.source_name).where(of_slug).distinct()).scalars().all()
        documents = [document_of(source) for source in sources]
        if not documents or None in documents:
            continue
        query = _live().where(tables.documents.c.id.in_(documents))
        told = (each for row in connection.execute(query).mappings() for each in _occupations(row))
        first = next((each for each in told if each.slug == slug), None)
        if first is not None:
            values = {"title": first.title, "code": first.code, "source_name": first.source.name}
            connection.execute(update(built.occupations).where(built.occupations.c.slug == slug).values(**values))


def _live() -> Any:
    """The live versions, the oldest document first, each with its document's name and address."""
    documents, versions = tables.documents, tables.versions
    return (
        select(versions, documents.c.name.label("name"), documents.c.address.label("address"))
        .join(documents, (documents.c.id == versions.c.document) & (documents.c.live == versions.c.number))
        .order_by(documents.c.id)
    )


def _occupations(row: Mapping[str, Any]) -> Iterator[Occupation]:
    try:
        yield from occupations(rows.version(row), row["name"], row["address"])
    except (KeyError, TypeError, ValueError) as error:  # written by another version of this program, or by hand
        logger.warning(
            "%s (document %s) is live, but cannot be read, and is left out: %s. Publish it again, or withdraw it.",
            row["name"], row["document"], error,
        )  # fmt: skip
