"""The occupations that one document describes, and which of its pieces tells of which."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.shelf.blocks import Converted, Role
from knowledge.shelf.model import Part
from knowledge.shelf.names import is_head, members, plural, same, singular, written
from knowledge.shelf.outline import Outline, Piece
from knowledge.shelf.titles import find_code, find_title, other_names

GOES_ON = re.compile(r"(?:They|These|This|Their|In addition|For example|He|She|It|After that|Also)\b")
LEAST_OF_GROUP = 3  # sentences that speak of a member of a group, from which it is an occupation of its own
LEAST_OF_SECTION = 3  # pieces of a section about another occupation


def find_parts(found: Converted, made: Outline, name: str) -> tuple[list[Part], list[tuple[int, ...]]]:
    """The occupations of a document, and of each piece the places of those that it tells of; none: all of them.

    No parts where nothing says which occupation it is about.
    """
    title = find_title(found, made, name)
    if title is None:
        return [], [()] * len(made.pieces)
    main = Part(title, other_names(made, title), find_code(made, title))
    told = [piece for piece in made.pieces if piece.role is not Role.dropped]
    some = [each for each in members(title) if sum(_is_subject(each, piece.text) for piece in told) >= LEAST_OF_GROUP]
    if len(some) > 1:
        return [main, *(Part(written(each)) for each in some)], _of_group(made, some)
    sections = dict(_other_sections(made, title))
    if not sections:
        return [main], [()] * len(made.pieces)
    titles = list(dict.fromkeys(sections.values()))
    return [main, *(Part(written(each)) for each in titles)], _of_sections(made, sections, titles)


def _of_group(made: Outline, some: list[str]) -> list[tuple[int, ...]]:
    """Of a group's members: who a sentence is about, or what leads its list, or the sentence before; else all."""
    places: list[tuple[int, ...]] = []
    for place, piece in enumerate(made.pieces):
        before = made.pieces[place - 1] if place else None
        if before is not None and before.line == piece.line and GOES_ON.match(piece.text) and places[-1]:
            about = _subjects(piece.text, some) or places[-1][1:]
        else:
            about = _about(piece.text, some)
        if not about and piece.lead:
            about = _about(piece.lead, some)
        if not about and piece.heading:
            about = _about(piece.heading, some)
        places.append((0, *about) if len(about) == 1 else ())
    return places


def _subjects(text: str, some: list[str]) -> tuple[int, ...]:
    subjects = tuple(place for place, title in enumerate(some, 1) if _is_subject(title, text))
    return subjects if len(subjects) == 1 else ()


def _about(text: str, some: list[str]) -> tuple[int, ...]:
    if subjects := _subjects(text, some):
        return subjects
    words = set(re.findall(r"[a-z]+", text.lower()))
    last = [title.split()[-1].lower() for title in some]
    named = [place for place, head in enumerate(last, 1) if words & {head, plural(head)}]
    return tuple(named) if len(named) == 1 else ()


def _is_subject(title: str, text: str) -> bool:
    """Whether a sentence begins with a title, in the singular or plural, and not with that and another."""
    forms = "|".join(re.escape(each) for each in (plural(title), title))
    lead_in = r"(?:(?:in addition|for example|overall|employment of|most|some|many|all|an?|the|these)[,\s]+)*"
    return re.match(rf"{lead_in}(?:{forms})\b(?!\s+(?:and|or)\b)", text, re.IGNORECASE) is not None


def _other_sections(made: Outline, title: str) -> Iterator[tuple[int, str]]:
    """The sections of a document that are about another occupation, with its name.

    Their heading shares a word with the name, and a sentence there has it as its subject.
    """
    by_section: dict[int, list[Piece]] = {}
    for piece in made.pieces:
        if piece.role is not Role.dropped:
            by_section.setdefault(piece.section, []).append(piece)
    known = set(singular(title).lower().split())
    for section, pieces in by_section.items():
        heading = next((piece.text for piece in pieces if piece.role in (Role.heading, Role.question)), "")
        told = [piece for piece in pieces if piece.role not in (Role.heading, Role.question)]
        if len(told) < LEAST_OF_SECTION or not heading:
            continue
        headed = {singular(word) for word in re.findall(r"[a-z’'-]+", heading.lower())}
        for piece in told[:1]:
            name = _subject(piece.text)
            words = set(singular(name).lower().split()) if name else set()
            if name and headed & words and not words <= known and not known <= words and not same(name, title):
                yield section, singular(name).lower()


def _subject(text: str) -> str | None:
    """The name of a job that a sentence begins with."""
    words = text.split()[:6]
    for place, word in enumerate(words):
        if is_head(word.strip(",.;:")):
            name = " ".join(words[: place + 1]).strip(",.;:")
            return re.sub(r"^(?:An?|The)\s+", "", name)
        if not re.fullmatch(r"[\w’'-]+", word):
            return None
    return None


def _of_sections(made: Outline, sections: dict[int, str], titles: list[str]) -> list[tuple[int, ...]]:
    """What stands before the first section about another is of the main one; what has no heading is of all."""
    first = min(sections)
    places: list[tuple[int, ...]] = []
    for piece in made.pieces:
        if piece.section in sections:
            places.append((titles.index(sections[piece.section]) + 1,))
        elif piece.heading is None and piece.section > first:
            places.append(())
        else:
            places.append((0,))
    return places
