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
)

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
