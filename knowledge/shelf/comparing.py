"""What two versions of a document say differently, and what a person said of the older that holds for the newer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from knowledge.shelf.model import Difference, Item, Version

TOLD = ("aspect", "label", "parts", "asked", "why", "leads")  # what is understood of a sentence, wherever it stands


def compare(one: Version, other: Version) -> Difference:
    """What version `other` says differently from version `one`: sentences by their text, in order."""
    before: dict[str, list[Item]] = defaultdict(list)
    for item in one.items:
        before[item.text].append(item)
    added, changed = [], []
    for item in other.items:
        if before[item.text]:
            old = before[item.text].pop(0)
            if any(getattr(old, name) != getattr(item, name) for name in TOLD):
                changed.append((old, item))
        else:
            added.append(item)
    removed = [item for items in before.values() for item in items]
    parts = None if one.parts == other.parts else (one.parts, other.parts)
    return Difference(added, sorted(removed, key=lambda item: item.line), changed, parts)


def keep_what_was_said(old: Version, drafted: tuple[Item, ...]) -> tuple[Item, ...]:
    """Items of a new draft, those of the same text as they were understood in a version before."""
    before: dict[str, list[Item]] = defaultdict(list)
    for item in old.items:
        before[item.text].append(item)
    kept = []
    for item in drafted:
        if before[item.text]:
            was = before[item.text].pop(0)
            item = replace(item, **{name: getattr(was, name) for name in (*TOLD, "sure", "others")})
        kept.append(item)
    return tuple(kept)
