"""How the types of `model` lie in SQL; they know nothing of it, `base` and `sources.store` carry them over.

What is built from documents and what is imported are two sets of tables: each is replaced without the other.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Enum,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from knowledge.model import Aspect, Begins

metadata = MetaData()

sources = Table(
    "knowledge_sources",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("title", Text, nullable=False),
    Column("publisher", Text),
    Column("url", Text),
    Column("date", Text),
    Column("edition", Text),
    Column("licence", Text),
    Column("attribution", Text),
)
occupations = Table(
    "knowledge_occupations",
    metadata,
    Column("slug", String(200), primary_key=True),
    Column("title", Text, nullable=False),
    Column("code", String(12)),
    Column("source_name", ForeignKey("knowledge_sources.name"), nullable=False),
    Column("mark", String(64), nullable=False),  # what tells what is said of it from anything else
)
titles = Table(
    "knowledge_titles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("occupation", ForeignKey("knowledge_occupations.slug"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("line", Integer),
    Column("source_name", ForeignKey("knowledge_sources.name"), nullable=False, index=True),
)
facts = Table(
    "knowledge_facts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("occupation", ForeignKey("knowledge_occupations.slug"), nullable=False, index=True),
    Column("aspect", Enum(Aspect, native_enum=False, length=40), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("heading", Text),
    Column("label", Text),
    Column("importance", Float),
    Column("source_name", ForeignKey("knowledge_sources.name"), nullable=False, index=True),
)
vectors = Table(
    "knowledge_vectors",
    metadata,
    Column("fact_id", ForeignKey("knowledge_facts.id"), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)
asked = Table(
    "knowledge_asked",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("fact_id", ForeignKey("knowledge_facts.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("begins", Enum(Begins, native_enum=False, length=10), nullable=False),
    Column("vector", LargeBinary, nullable=False),
)
builds = Table(
    "knowledge_builds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("fingerprint", String(64), nullable=False),  # of the files that it was built from
    Column("mark", String(64), nullable=False),  # another after each document that is put in or taken out since
)

imported = MetaData()

imported_sources = Table(
    "imported_sources",
    imported,
    *(Column(column.name, column.type, primary_key=column.primary_key) for column in sources.columns),
    Column("fingerprint", String(64), nullable=False),
)
described = Table(
    "imported_described",
    imported,
    Column("id", Integer, primary_key=True),
    Column("source_name", ForeignKey("imported_sources.name"), nullable=False, index=True),
    Column("slug", String(200), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("codes", JSON, nullable=False),
)
imported_titles = Table(
    "imported_titles",
    imported,
    Column("id", Integer, primary_key=True),
    Column("described_id", ForeignKey("imported_described.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("kind", String(20), nullable=False),
)
imported_facts = Table(
    "imported_facts",
    imported,
    Column("id", Integer, primary_key=True),
    Column("described_id", ForeignKey("imported_described.id"), nullable=False, index=True),
    Column("aspect", Enum(Aspect, native_enum=False, length=40), nullable=False),
    Column("text", Text, nullable=False),
    Column("heading", Text),
    Column("label", Text),
    Column("importance", Float),
    Column("group", Text),
)
wages = Table(
    "imported_wages",
    imported,
    Column("id", Integer, primary_key=True),
    Column("source_name", ForeignKey("imported_sources.name"), nullable=False, index=True),
    Column("code", String(7), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("area", Text, nullable=False),
    *(Column(name, Text) for name in ("employment", "hourly_mean", "annual_mean")),
    *(Column(name, JSON, nullable=False) for name in ("hourly", "annual")),
)
projections = Table(
    "imported_projections",
    imported,
    Column("id", Integer, primary_key=True),
    Column("source_name", ForeignKey("imported_sources.name"), nullable=False, index=True),
    Column("code", String(7), nullable=False, index=True),
    *(Column(name, Text, nullable=False) for name in ("title", "base_year", "target_year")),
    *(Column(name, Text) for name in ("employment", "projected", "change", "percent", "openings")),
    *(Column(name, Text) for name in ("education", "experience", "training", "factors")),
)
downloads = Table(
    "imported_downloads",
    imported,
    Column("mark", String(64), primary_key=True),  # SHA-256 of the names, sizes and times of its files
    Column("name", String(200), nullable=False),
)
kept_vectors = Table(
    "imported_vectors",
    imported,
    Column("text", String(64), primary_key=True),  # SHA-256 of the encoder's version and the text
    Column("vector", LargeBinary, nullable=False),  # (384,), float16
)
