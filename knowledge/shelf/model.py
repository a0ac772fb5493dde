"""The words of the shelf: a document that an owner added, its versions, and what each sentence seems to tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from knowledge.model import Asked, Aspect, Refused

UNSURE = 0.8  # of `Item.sure`: below it a fact is one that a person should look at


class Changed(Refused):
    """Somebody else changed the document meanwhile; nothing was stored."""


class State(str, Enum):
    """Where a document stands: `draft` was never live, `taken_back` was."""

    draft = "draft"
    live = "live"
    taken_back = "taken_back"


@dataclass(frozen=True)
class Part:
    """An occupation that a document describes: what it is called there, other names, and its code."""

    title: str
    titles: tuple[str, ...] = ()
    code: str | None = None  # O*NET-SOC


@dataclass(frozen=True)
class Item:
    """A sentence, list item or table row of a document, and what it was understood to tell.

    It is a fact where it has an aspect and does not only lead a list; otherwise `why` says why it is none. `text` and
    `label` stand in the line. `parts` are the places of the occupations that it tells of among the version's parts;
    none: all of them.
    """

    line: int  # of the version's lines, counted from 1
    text: str
    aspect: Aspect | None
    sure: float = 1.0  # from 0 to 1; 1 where a person said so
    why: str | None = None
    others: tuple[Aspect, ...] = ()  # what it may be as well, the likeliest first
    label: str | None = None
    heading: str | None = None
    lead: str | None = None  # the sentence that introduces its list
    page: int | None = None
    leads: bool = (
        False  # whether it only introduces the list below: its aspect is that of the list, with which it is read
    )
    listed: bool = False  # an item of a list or a row of a table
    parts: tuple[int, ...] = ()
    asked: tuple[Asked, ...] = ()  # questions that a person confirmed it to answer

    @property
    def is_fact(self) -> bool:
        """Whether it is answered from once it is live."""
        return self.aspect is not None and not self.leads


@dataclass(frozen=True)
class Version:
    """What a document was understood to say at one time; it never changes, a change makes the next one."""

    document: int
    number: int  # from 1
    by: str
    at: datetime  # UTC
    note: str
    lines: tuple[str, ...]
    parts: tuple[Part, ...]
    items: tuple[Item, ...]  # in the order of the lines

    @property
    def facts(self) -> list[Item]:
        """What is answered from once it is live."""
        return [item for item in self.items if item.is_fact]

    @property
    def left_out(self) -> list[Item]:
        """What became no fact, each with why."""
        return [item for item in self.items if not item.is_fact]


@dataclass(frozen=True)
class Document:
    """A file or page on the shelf, without its bytes."""

    id: int
    name: str
    address: str | None  # where it was fetched from
    sha256: str
    size: int
    by: str
    at: datetime  # UTC
    state: State
    latest: int  # the number of its latest version
    live: int | None  # of the version that is answered from
    titles: tuple[str, ...]  # of the occupations in its latest version
    review_on: date | None = None


@dataclass(frozen=True)
class Difference:
    """What two versions say differently: items by line and text."""

    added: list[Item] = field(default_factory=list)
    removed: list[Item] = field(default_factory=list)
    changed: list[tuple[Item, Item]] = field(default_factory=list)  # the same sentence, understood in another way
    parts: tuple[tuple[Part, ...], tuple[Part, ...]] | None = None  # before and after, where they differ
