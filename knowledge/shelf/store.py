"""Shelf: keeps every file that was added, the versions of its draft, and puts what is published into the knowledge."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timezone
from functools import cached_property
from pathlib import PurePath
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from knowledge.base import KnowledgeBase, open_store, writing
from knowledge.encoder import Encoder
from knowledge.model import Refused
from knowledge.shelf import rows, tables
from knowledge.shelf.apart import convert_apart
from knowledge.shelf.aspects import Aspects
from knowledge.shelf.codes import with_codes
from knowledge.shelf.comparing import compare
from knowledge.shelf.draft import Draft, draft
from knowledge.shelf.live import entitle
from knowledge.shelf.model import Changed, Difference, Document, Item, Part, State, Version
from knowledge.shelf.publishing import occupations, placed, refuse_what_does_not_stand, source_name
from knowledge.shelf.renewing import READ, READ_AGAIN, renewed
from knowledge.vectors import Vectors

LONGEST_NAME, LONGEST_ENDING = 200, 20  # characters


class Shelf:
    """The documents that an owner added. Each change is by somebody, and made on the version that they saw."""

    def __init__(self, url: str, encoder: Encoder | None = None) -> None:
        """Open the shelf in the store at an SQLAlchemy `url`; the encoder is loaded when something is first read."""
        self._engine = open_store(url)
        self._knowledge = KnowledgeBase(url)
        self._given = encoder
        tables.prepare(self._engine)

    def add(
        self,
        name: str,
        content: bytes,
        *,
        by: str,
        address: str | None = None,
        title: str | None = None,
        code: str | None = None,
    ) -> Document:
        """Keep a file and draft what it says; the same file again is the document that it is already.

        `title` and `code` say of which occupation it is, where the file does not or is wrong. Raises `Refused` with
        what to do where it cannot be read; nothing is kept then.
        """
        name, sha256 = _plain_name(name), hashlib.sha256(content).hexdigest()
        if (held := self._by_content(sha256)) is not None:
            return self._renamed(held, title, code, by=by)
        drafted = _entitled(self._draft(name, content), title, code)
        if (catalogue := self._knowledge.imported() if self._knowledge.fingerprint() else None) is not None:
            drafted = replace(drafted, parts=with_codes(drafted.parts, catalogue))
        at = _now()
        row = {
            "name": name,
            "address": address,
            "sha256": sha256,
            "size": len(content),
            "by": by,
            "at": at,
            "state": State.draft.value,
            "latest": 1,
            "titles": [part.title for part in drafted.parts],
        }
        try:
            with writing(self._engine) as connection:
                document = connection.execute(insert(tables.documents), row).inserted_primary_key[0]
                connection.execute(insert(tables.files), {"document": document, "content": content})
                _write_version(connection, document, 1, drafted, by=by, at=at, note=READ)
        except IntegrityError as error:  # somebody added the same file meanwhile
            if (held := self._by_content(sha256)) is None:
                raise Refused(f"{name}: it could not be kept: {error.orig}.") from error
            return held
        return self.document(document)

    def renew(self, document: int, content: bytes, *, base: int, by: str) -> Version:
        """Draft a new copy of the file as the next version, in which stays what people said of it and added to it.

        The copy is kept in the place of the file that was. Raises `Refused` where it cannot be read.
        """
        held = self.document(document)
        fresh = self._draft(held.name, content)
        drafted = renewed([each for each in reversed(self.versions(document)) if each.number <= base], fresh)
        file = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}

        def also(connection: Connection) -> None:
            where = tables.files.c.document == document
            connection.execute(update(tables.files).where(where).values(content=content))

        if (other := self._by_content(file["sha256"])) is not None and other.id != document:
            raise Refused(f"{held.name}: it is now the same as document {other.id}, {other.name}; forget one of them.")
        try:
            return self._next(held, base, drafted, by=by, note=READ_AGAIN, file=file, also=also)
        except IntegrityError as error:  # somebody added the same file meanwhile
            raise Refused(f"{held.name}: somebody has just added the same; look at the shelf.") from error

    def documents(self) -> list[Document]:
        """All documents, the latest first."""
        with self._engine.connect() as connection:
            found = connection.execute(select(tables.documents).order_by(tables.documents.c.id.desc())).mappings()
            return [rows.document(row) for row in found]

    def document(self, document: int) -> Document:
        """One document; raises `Refused` where there is none."""
        with self._engine.connect() as connection:
            where = tables.documents.c.id == document
            row = connection.execute(select(tables.documents).where(where)).mappings().first()
        if row is None:
            raise Refused(f"There is no document {document} on the shelf.")
        return rows.document(row)

    def content(self, document: int) -> bytes:
        """The file as it was added, or last renewed."""
        self.document(document)
        with self._engine.connect() as connection:
            where = tables.files.c.document == document
            return connection.execute(select(tables.files.c.content).where(where)).scalar_one()

    def versions(self, document: int) -> list[Version]:
        """All versions, the latest first."""
        self.document(document)
        query = select(tables.versions).where(tables.versions.c.document == document)
        with self._engine.connect() as connection:
            found = connection.execute(query.order_by(tables.versions.c.number.desc())).mappings()
            return [rows.version(row) for row in found]

    def version(self, document: int, number: int | None = None) -> Version:
        """One version, the latest where no number is given; raises `Refused` where there is none."""
        number = self.document(document).latest if number is None else number
        where = (tables.versions.c.document == document, tables.versions.c.number == number)
        with self._engine.connect() as connection:
            row = connection.execute(select(tables.versions).where(*where)).mappings().first()
        if row is None:
            raise Refused(f"Document {document} has no version {number}.")
        return rows.version(row)

    def change(
        self,
        document: int,
        base: int,
        *,
        by: str,
        items: Sequence[Item] | None = None,
        parts: Sequence[Part] | None = None,
        lines: Sequence[str] | None = None,
        note: str = "",
    ) -> Version:
        """Make the next version of version `base`, with what is given in the place of what it had.

        Raises `Changed` where `base` is no longer the latest, and `Refused` where a fact does not stand in its line.
        """
        held, old = self.document(document), self.version(document, base)
        drafted = Draft(
            old.lines if lines is None else tuple(lines),
            old.parts if parts is None else tuple(parts),
            old.items if items is None else tuple(items),
        )
        return self._next(held, base, drafted, by=by, note=note)

    def publish(self, document: int, number: int, *, by: str) -> list[str]:
        """Answer from a version from now on, in the place of the one that was live; returns its occupations' slugs."""
        held = self.document(document)
        found = occupations(self.version(document, number), held.name, held.address)

        def also(connection: Connection, slugs: list[str]) -> None:
            self._set(connection, document, state=State.live.value, live=number)
            entitle(connection, slugs)

        self._knowledge.put(source_name(document), found, self._vectors.encode, also)
        return [occupation.slug for occupation in found]

    def take_back(self, document: int, *, by: str) -> Document:
        """Answer from it no longer; it stays on the shelf."""
        if self.document(document).live is None:
            raise Refused(f"Document {document} is not live.")

        def also(connection: Connection, slugs: list[str]) -> None:
            self._set(connection, document, state=State.taken_back.value, live=None)
            entitle(connection, slugs)

        self._knowledge.put(source_name(document), [], self._vectors.encode, also)
        return self.document(document)

    def restore(self, document: int, number: int, *, base: int, by: str) -> Version:
        """Make the next version as an older one was; raises `Changed` where `base` is no longer the latest."""
        held, old = self.document(document), self.version(document, number)
        return self._next(held, base, Draft(old.lines, old.parts, old.items), by=by, note=f"as version {number} was")

    def compare(self, document: int, one: int, other: int) -> Difference:
        """What version `other` says differently from version `one`."""
        return compare(self.version(document, one), self.version(document, other))

    def set_review_date(self, document: int, on: date | None, *, by: str) -> Document:
        """Say when somebody has to look at it again; `None`: never."""
        self.document(document)
        with writing(self._engine) as connection:
            self._set(connection, document, review_on=on)
        return self.document(document)

    def overdue(self, today: date | None = None) -> list[Document]:
        """The live documents whose review date has come, the longest overdue first."""
        due = (tables.documents.c.review_on <= (today or _now().date()), tables.documents.c.state == State.live.value)
        query = select(tables.documents).where(*due).order_by(tables.documents.c.review_on)
        with self._engine.connect() as connection:
            return [rows.document(row) for row in connection.execute(query).mappings()]

    def forget(self, document: int, *, by: str) -> None:
        """Take it back, and delete the file and all versions for good."""
        self.document(document)

        def also(connection: Connection, slugs: list[str]) -> None:
            for table in (tables.files, tables.versions):
                connection.execute(delete(table).where(table.c.document == document))
            connection.execute(delete(tables.documents).where(tables.documents.c.id == document))
            entitle(connection, slugs)

        if self._knowledge.fingerprint():  # also where it is not live: somebody may be publishing it
            self._knowledge.put(source_name(document), [], lambda texts: self._vectors.encode(texts), also)
            return
        with writing(self._engine) as connection:
            also(connection, [])

    def _renamed(self, held: Document, title: str | None, code: str | None, *, by: str) -> Document:
        """A document that is here already, with the title and code that a person gives now."""
        latest = self.version(held.id)
        drafted = Draft(latest.lines, latest.parts, latest.items)
        if (entitled := _entitled(drafted, title, code)).parts != latest.parts:
            self.change(held.id, held.latest, by=by, parts=entitled.parts, note="its title or code")
        return self.document(held.id)

    def _by_content(self, sha256: str) -> Document | None:
        with self._engine.connect() as connection:
            where = tables.documents.c.sha256 == sha256
            row = connection.execute(select(tables.documents).where(where)).mappings().first()
        return None if row is None else rows.document(row)

    def _draft(self, name: str, content: bytes) -> Draft:
        drafted = draft(convert_apart(name, content), name, self._aspects.of)
        facts = [placed(item) for item in drafted.items if item.is_fact]
        if facts:
            self._vectors.encode(facts)  # ahead of publishing, which is waited for
        return drafted

    def _next(
        self,
        held: Document,
        base: int,
        drafted: Draft,
        *,
        by: str,
        note: str,
        file: dict[str, Any] | None = None,
        also: Any = None,
    ) -> Version:
        number, at = held.latest + 1, _now()
        refuse_what_does_not_stand(
            Version(held.id, number, by, at, note, drafted.lines, drafted.parts, drafted.items), held.name
        )
        titles = [part.title for part in drafted.parts]
        with writing(self._engine) as connection:
            where = (tables.documents.c.id == held.id, tables.documents.c.latest == base)
            values = {"latest": number, "titles": titles, **(file or {})}
            if (
                base != held.latest
                or connection.execute(update(tables.documents).where(*where).values(**values)).rowcount != 1
            ):
                raise Changed(
                    f"{held.name}: somebody else changed it meanwhile; look at the latest version, and change that."
                )
            if also is not None:
                also(connection)
            _write_version(connection, held.id, number, drafted, by=by, at=at, note=note)
        return self.version(held.id, number)

    def _set(self, connection: Connection, document: int, **values: Any) -> None:
        """Write something of a document; raises `Changed` where somebody forgot it meanwhile."""
        where = tables.documents.c.id == document
        if connection.execute(update(tables.documents).where(where).values(**values)).rowcount != 1:
            raise Changed(f"Document {document}: somebody has deleted it meanwhile.")

    @cached_property
    def _encoder(self) -> Encoder:
        return self._given or Encoder(threads=2)

    @cached_property
    def _aspects(self) -> Aspects:
        return Aspects(self._encoder)

    @cached_property
    def _vectors(self) -> Vectors:
        return Vectors(self._encoder)


def _write_version(
    connection: Connection, document: int, number: int, drafted: Draft, *, by: str, at: datetime, note: str
) -> None:
    row = {"document": document, "number": number, "by": by, "at": at, "note": note}
    read = rows.content(drafted.lines, drafted.parts, drafted.items)
    connection.execute(insert(tables.versions), {**row, "content": read})


def _entitled(drafted: Draft, title: str | None, code: str | None) -> Draft:
    """A draft with the title and code that a person gave: of its only or first occupation."""
    if title is None and code is None:
        return drafted
    if not drafted.parts and title is None:
        raise Refused("A code alone does not say what the occupation is called; give its title too.")
    first = drafted.parts[0] if drafted.parts else Part(title or "")
    first = replace(first, title=title or first.title, code=code or first.code)
    return replace(drafted, parts=(first, *drafted.parts[1:]))


def _plain_name(name: str) -> str:
    """A file's name in one line, without what cannot be kept or shown, and not too long; its ending stays."""
    name = "".join(letter for letter in name.replace("\n", " ") if letter.isprintable()).strip() or "document"
    ending = PurePath(name).suffix[:LONGEST_ENDING]
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - len(ending)]}{ending}"


def _now() -> datetime:
    return datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0)
