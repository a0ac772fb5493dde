"""What is live on the shelf, as it is put into the knowledge: for who builds that anew."""

from __future__ import annotations

from sqlalchemy import inspect, select

from knowledge.base import open_store
from knowledge.model import Occupation
from knowledge.shelf import rows, tables
from knowledge.shelf.publishing import occupations


def live_documents(url: str) -> list[Occupation]:
    """The occupations of all live versions in the store at `url`, the oldest document first."""
    engine = open_store(url)
    documents, versions = tables.documents, tables.versions
    query = (
        select(versions, documents.c.name.label("name"), documents.c.address.label("address"))
        .join(documents, (documents.c.id == versions.c.document) & (documents.c.live == versions.c.number))
        .order_by(documents.c.id)
    )
    with engine.connect() as connection:
        if not inspect(connection).has_table(documents.name):
            return []
        found = connection.execute(query).mappings().all()
    engine.dispose()
    return [each for row in found for each in occupations(rows.version(row), row["name"], row["address"])]
