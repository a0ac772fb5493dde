"""Shelf: keeps every file that was added, the versions of its draft, and puts what is published into the knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.encoder import Encoder
from knowledge.shelf.model import Difference, Document, Item, Part, Version


class Shelf:
    """The documents that an owner added. Each change is by somebody, and made on the version that they saw."""

    def __init__(self, url: str, encoder: Encoder | None = None) -> None:
        """Open the shelf in the store at an SQLAlchemy `url`; the encoder is loaded when something is first read."""

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
        raise NotImplementedError

    def renew(self, document: int, content: bytes, *, base: int, by: str) -> Version:
        """Draft a new copy of the file as the next version; sentences that stayed keep what a person said of them."""
        raise NotImplementedError

    def documents(self) -> list[Document]:
        """All documents, the latest first."""
        raise NotImplementedError

    def document(self, document: int) -> Document:
        """One document; raises `Refused` where there is none."""
        raise NotImplementedError

    def content(self, document: int) -> bytes:
        """The file as it was added, or last renewed."""
        raise NotImplementedError

    def versions(self, document: int) -> list[Version]:
        """All versions, the latest first."""
        raise NotImplementedError

    def version(self, document: int, number: int | None = None) -> Version:
        """One version, the latest where no number is given; raises `Refused` where there is none."""
        raise NotImplementedError

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
        raise NotImplementedError

    def publish(self, document: int, number: int, *, by: str) -> list[str]:
        """Answer from a version from now on, in the place of the one that was live; returns its occupations' slugs."""
        raise NotImplementedError

    def take_back(self, document: int, *, by: str) -> Document:
        """Answer from it no longer; it stays on the shelf."""
        raise NotImplementedError

    def restore(self, document: int, number: int, *, base: int, by: str) -> Version:
        """Make the next version as an older one was; raises `Changed` where `base` is no longer the latest."""
        raise NotImplementedError

    def compare(self, document: int, one: int, other: int) -> Difference:
        """What version `other` says differently from version `one`."""
        raise NotImplementedError

    def set_review_date(self, document: int, on: date | None, *, by: str) -> Document:
        """Say when somebody has to look at it again; `None`: never."""
        raise NotImplementedError

    def overdue(self, today: date | None = None) -> list[Document]:
        """The live documents whose review date has come, the longest overdue first."""
        raise NotImplementedError

    def forget(self, document: int, *, by: str) -> None:
        """Take it back, and delete the file and all versions for good."""
        raise NotImplementedError
