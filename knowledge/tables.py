"""How the types of `model` lie in SQL; they know nothing of it, `base` carries them over."""

from __future__ import annotations

from sqlalchemy import (
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
)
titles = Table(
    "knowledge_titles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("occupation", ForeignKey("knowledge_occupations.slug"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("line", Integer),
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
    Column("fingerprint", String(64), nullable=False),
)
