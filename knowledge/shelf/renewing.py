"""A page that is read again -> its next version, in which stays what people said of it and added to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from knowledge.shelf.comparing import keep_what_was_said
from knowledge.shelf.draft import Draft
from knowledge.shelf.model import Item, Part, Version
from knowledge.shelf.names import same

READ, READ_AGAIN = "as it was read", "as it was read again"  # notes of versions that nobody made by hand


def renewed(history: Sequence[Version], fresh: Draft) -> Draft:
    """The draft of a new copy, with what people did to the last version of `history`, the oldest first.

    Occupations keep their places; what the copy tells of one that a person removed tells of all that are left.
    """
    old = history[-1]
    parts, places = _parts(history, fresh.parts)
    items = tuple(replace(item, parts=_moved(item.parts, places)) for item in fresh.items)
    items = keep_what_was_said(old, _as_they_were_cut(old, fresh.lines, items))
    lines, added = _added(history, fresh.lines)
    return Draft(lines, parts, (*items, *added))


def _parts(history: Sequence[Version], fresh: Sequence[Part]) -> tuple[tuple[Part, ...], list[int | None]]:
    """The occupations, those that are new last, and the place of each fresh one; `None`: a person removed it."""
    parts = [*history[-1].parts]
    places = [_place(parts, _called_now(history, part.title)) for part in fresh]
    for number, part in enumerate(fresh):
        if places[number] is not None:
            continue
        if number == 0 and parts and 0 not in places:  # what all of it is about, whatever it is called now
            places[number] = 0
        elif all(_place(version.parts, part.title) is None for version in history):
            parts.append(part)
            places[number] = len(parts) - 1
    return tuple(parts), places


def _called_now(history: Sequence[Version], title: str) -> str:
    """What an occupation is called after all that people called it since."""
    for before, after in zip(history, history[1:]):
        place = _place(before.parts, title)
        is_other = place is not None and _place(after.parts, title) is None
        if is_other and len(before.parts) == len(after.parts):
            title = after.parts[place].title
    return title


def _place(parts: Sequence[Part], title: str) -> int | None:
    return next((place for place, part in enumerate(parts) if same(part.title, title)), None)


def _moved(of: tuple[int, ...], places: list[int | None]) -> tuple[int, ...]:
    return tuple(places[place] for place in of if places[place] is not None)


def _as_they_were_cut(old: Version, lines: Sequence[str], items: Sequence[Item]) -> tuple[Item, ...]:
    """The items of lines that stayed, cut into sentences as a person did."""
    before, now = defaultdict(list), defaultdict(list)
    for item in old.items:
        before[item.line].append(item)
    for item in items:
        now[item.line].append(item)
    by_text: dict[str, list[list[Item]]] = defaultdict(list)
    for number, line in enumerate(old.lines, 1):
        if before[number]:
            by_text[line].append(before[number])
    made: list[Item] = []
    for number in sorted(now):
        were = by_text[lines[number - 1]]
        cut = were.pop(0) if were else now[number]
        is_other = [each.text for each in cut] != [each.text for each in now[number]]
        made += [replace(each, line=number) for each in cut] if is_other else now[number]
    return tuple(made)


def _added(history: Sequence[Version], lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[Item, ...]]:
    """All lines, those that people wrote and the copy has not last, and the items of those."""
    seen: set[str] = set(lines)
    theirs: set[str] = set()
    for version in history:
        if version.note not in (READ, READ_AGAIN):
            theirs.update(line for line in version.lines if line.strip() and line not in seen)
        seen.update(version.lines)
    old, made = history[-1], [*lines]
    items: list[Item] = []
    for number, line in enumerate(old.lines, 1):
        if line in theirs:
            made.append(line)
            items += [replace(item, line=len(made)) for item in old.items if item.line == number]
    return tuple(made), tuple(items)
