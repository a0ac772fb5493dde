"""From a question without an answer to one that has it: a fact in the owner's words, or one that is there already."""

from __future__ import annotations

from dataclasses import replace

from knowledge.model import Asked, Aspect, Begins, Refused
from knowledge.shelf.model import Document, Item, Part, Version
from knowledge.shelf.publishing import slug
from knowledge.shelf.store import Shelf

HEADING = "Written at the desk"
LONGEST = 1000  # characters of a fact


def about(shelf: Shelf, occupation: str | None) -> Version | None:
    """The latest version of the document on the shelf that describes an occupation; `None` where there is none."""
    for document in shelf.documents():
        version = shelf.version(document.id)
        if occupation and any(_slug(part) == occupation for part in version.parts):
            return version
    return None


def write(shelf: Shelf, title: str, text: str, aspect: Aspect, source: str, *, by: str) -> Document:
    """Put a fact with its source line on the shelf, beside what is there of its occupation; raises `Refused`."""
    title, source = " ".join(title.split())[:200], " ".join(source.split())[:300]
    text = " ".join(text.split())
    if not (title and text and source):
        raise Refused("It takes the occupation, the fact in your words, and where it is from.")
    if len(text) > LONGEST:
        raise Refused(f"A fact has at most {LONGEST:,} characters; write the rest as another one.")
    line = f"{text} (Source: {source})"
    version = about(shelf, slug(title))
    if version is None:
        added = shelf.add(f"{slug(title)}-desk.txt", f"{title}\n\n{HEADING}\n\n{line}\n".encode(), by=by, title=title)
        version = shelf.version(added.id)
    lines = [*version.lines] if any(line in each for each in version.lines) else [*version.lines, line]
    number = next(place for place, each in enumerate(lines, 1) if line in each)
    kept = [item for item in version.items if item.line != number]
    fact = Item(number, line, aspect, heading=HEADING)
    shelf.change(version.document, version.number, by=by, items=[*kept, fact], lines=lines, note="written at the desk")
    return shelf.document(version.document)


def confirm(shelf: Shelf, version: Version, place: int, question: str, begins: Begins, *, by: str) -> Version:
    """Let a fact be the answer to a question from now on; live at once where the version was live."""
    if not 0 <= place < len(version.items) or not version.items[place].is_fact:
        raise Refused("Choose the fact that answers it.")
    question = " ".join(question.split())
    if not question:
        raise Refused("There is no question to confirm.")
    held = shelf.document(version.document)
    item = version.items[place]
    asked = (*(each for each in item.asked if each.text != question), Asked(question, begins))
    items = [*version.items[:place], replace(item, asked=asked), *version.items[place + 1 :]]
    changed = shelf.change(version.document, version.number, by=by, items=items, note="a question confirmed")
    if held.live == version.number:
        shelf.publish(version.document, changed.number, by=by)
    return changed


def _slug(part: Part) -> str | None:
    try:
        return slug(part.title)
    except Refused:
        return None
