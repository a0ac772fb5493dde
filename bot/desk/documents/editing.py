"""What a person changes of a draft: pure functions from items to items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from knowledge.model import Aspect, Refused
from knowledge.shelf.model import Item

NONE = ""  # the aspect of what is left out, in a form
BY_HAND = "left out by hand"


def told(items: Sequence[Item], aspects: Mapping[int, str], *, confirmed: bool = False) -> list[Item]:
    """Items with the aspects that a person chose, by place; what was chosen is sure, and with `confirmed` all of it."""
    changed = list(items)
    for place, name in aspects.items():
        if not 0 <= place < len(changed):
            raise Refused("The document has no such sentence any more; look at the latest version.")
        item = changed[place]
        aspect = _aspect(name)
        if aspect is not item.aspect:
            why = BY_HAND if aspect is None else None
            changed[place] = replace(item, aspect=aspect, sure=1.0, why=why, leads=item.leads and aspect is not None)
        elif confirmed:
            changed[place] = replace(item, sure=1.0)
    return changed


def joined(items: Sequence[Item], place: int, lines: Sequence[str]) -> list[Item]:
    """Items of which one is joined with the next, which has to stand right behind it in the same line."""
    if not 0 <= place < len(items) - 1:
        raise Refused("There is no sentence after this one to join it with.")
    first, second = items[place], items[place + 1]
    line = lines[first.line - 1] if 0 < first.line <= len(lines) else ""
    start = line.find(first.text)
    end = line.find(second.text, start + len(first.text))
    if first.line != second.line or start < 0 or end < 0 or line[start + len(first.text) : end].strip(" ,;:–—-"):
        raise Refused("Only sentences that stand side by side in one line can be joined.")
    whole = line[start : end + len(second.text)]
    return [*items[:place], replace(first, text=whole, sure=1.0, asked=first.asked + second.asked), *items[place + 2 :]]


def split(items: Sequence[Item], place: int, written: str) -> list[Item]:
    """Items of which one becomes several, a line each; together they have to be what it was."""
    if not 0 <= place < len(items):
        raise Refused("The document has no such sentence any more; look at the latest version.")
    item = items[place]
    parts = [" ".join(part.split()) for part in written.splitlines() if part.strip()]
    if len(parts) < 2:
        raise Refused("To split it, put a line break where the second fact begins.")
    if "".join("".join(parts).split()) != "".join(item.text.split()):
        raise Refused("Only line breaks can be added: the words have to stay those of the document.")
    pieces = [
        replace(item, text=part, sure=1.0, asked=item.asked if number == 0 else ()) for number, part in enumerate(parts)
    ]
    return [*items[:place], *pieces, *items[place + 1 :]]


def _aspect(name: str) -> Aspect | None:
    if name == NONE:
        return None
    try:
        return Aspect(name)
    except ValueError as error:
        raise Refused("That is none of the kinds of facts.") from error
