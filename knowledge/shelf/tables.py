"""How the shelf lies in SQL: files and versions, apart from what is built, so that no build touches them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    inspect,
)
from sqlalchemy.engine import Engine

metadata = MetaData()

documents = Table(
    "shelf_documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("address", Text),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("size", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("state", String(20), nullable=False),
    Column("latest", Integer, nullable=False),
    Column("live", Integer),
    Column("titles", JSON, nullable=False),
    Column("review_on", Date, index=True),
    sqlite_autoincrement=True,  # the number of a document that was forgotten is no other's
)
files = Table(
    "shelf_files",
    metadata,
    Column("document", ForeignKey("shelf_documents.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
versions = Table(
    "shelf_versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", ForeignKey("shelf_documents.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("note", Text, nullable=False),
    Column("content", JSON, nullable=False),  # lines, parts and items
    UniqueConstraint("document", "number"),
)


def prepare(engine: Engine) -> None:
    """Make the tables that a store lacks, and the columns that were added since it was made, all empty."""
    metadata.create_all(engine)
    found = inspect(engine)
    for table in metadata.sorted_tables:
        held = {column["name"] for column in found.get_columns(table.name)}
        for column in table.columns:
            if column.name not in held and column.nullable:
                kind = column.type.compile(engine.dialect)
                with engine.begin() as connection:
                    connection.exec_driver_sql(f'ALTER TABLE {table.name} ADD COLUMN "{column.name}" {kind}')
