"""Source document + reading -> Occupation; refuses a fact that its source does not contain.

A reading is a YAML file beside the document, `<name>.reading.yml`. It says what a person has confirmed
that the text leaves unsaid: which aspect each heading and each sentence of prose tells, and the headings
that lists have lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path

import yaml

from knowledge.asked import asked_path, read_asked
from knowledge.document import Document, Passage, Refused, read_document, read_text
from knowledge.model import Aspect, Fact, Occupation, Source, Title

SEPARATORS = (" — ", " – ", " - ")
NAMES = "titles"


@dataclass
class Reading:
    """What a person has confirmed about one document."""

    path: Path
    title: str
    source: Source
    headings: dict[str, str] = field(default_factory=dict)
    lost_headings: dict[int, dict[str, str]] = field(default_factory=dict)
    prose: dict[int, list[dict[str, str]]] = field(default_factory=dict)


def reading_path(document: Path) -> Path:
    """Where the reading of a document lies: beside it."""
    return document.with_suffix(".reading.yml")


def read_reading(path: Path, name: str) -> Reading:
    """Read a reading file; raises `Refused` with file and line where it is malformed."""
    written = read_text(path)
    try:
        content = yaml.safe_load(written)
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: a date that no calendar has
        mark = getattr(error, "problem_mark", None)
        line = mark.line if mark else written.count("\n", 0, getattr(error, "position", 0))
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or error
        raise Refused(f"{path}:{line + 1}: the reading is not YAML: {problem}.") from error
    title = content.get("title") if isinstance(content, dict) else None
    if not isinstance(title, str) or not title.strip():
        raise Refused(f"{path}:1: a reading needs a `title`.")
    _refuse_unknown(path, "a reading", content, {"title", "source", "headings", "lost_headings", "prose"})
    try:
        source = {k: None if v is None else str(v) for k, v in (content.get("source") or {}).items()}
        _refuse_unknown(path, "`source`", source, {each.name for each in fields(Source)} - {"name"})
        for lost in (content.get("lost_headings") or {}).values():
            _refuse_unknown(path, "a lost heading", dict(lost), {"aspect", "heading"})
        return Reading(
            path=path,
            title=title,
            source=Source(name=name, **{**source, "title": source.get("title") or title}),
            headings=dict(content.get("headings") or {}),
            lost_headings={int(k): dict(v) for k, v in (content.get("lost_headings") or {}).items()},
            prose={int(k): [dict(part) for part in v] for k, v in (content.get("prose") or {}).items()},
        )
    except Refused:
        raise
    except (AttributeError, TypeError, ValueError) as error:
        raise Refused(f"{path}:1: the reading is malformed: {error}.") from error


def _refuse_unknown(path: Path, where: str, content: dict, known: set[str]) -> None:
    unknown = sorted(map(str, set(content) - known))
    if unknown:
        raise Refused(f"{path}:1: {where} has no `{unknown[0]}`; it has {', '.join(sorted(known))}.")


def read_occupation(path: Path) -> Occupation:
    """Read a document and its reading into an occupation; raises `Refused` with file and line."""
    document = read_document(path)
    beside = reading_path(path)
    if not beside.exists():
        orphan = next((p for p in document.passages if p.orphan), None)
        line, why = (orphan.line, "this list has no heading") if orphan else (1, "nobody has read this document yet")
        raise Refused(
            f"{path}:{line}: {why}, and there is no {beside.name} to say what it tells; "
            f"write it, and say what each list and each sentence tells."
        )
    occupation = interpret(document, read_reading(beside, path.stem))
    if asked_path(path).exists():
        read_asked(asked_path(path), occupation)
    return occupation


def interpret(document: Document, reading: Reading) -> Occupation:
    """Turn passages into facts and titles as the reading says; raises `Refused` for what it leaves open."""
    occupation = Occupation(slug=document.path.stem, title=reading.title, source=reading.source)
    _refuse_what_the_source_lacks(document, reading)
    done: set[int] = set()
    for passage in document.passages:
        told = _told_by(document, reading, passage)
        if passage.line in done:  # prose is read by the line, not by the sentence
            continue
        done.add(passage.line)
        if told == NAMES:
            occupation.titles += _titles(document, reading, passage)
        elif passage.listed:
            occupation.facts.append(_listed_fact(document, reading, passage, told))
        else:
            occupation.facts += _prose_facts(document, reading, passage)
    if reading.title not in (title.text for title in occupation.titles):
        occupation.titles.insert(0, Title(reading.title, "preferred"))
    return occupation


def _refuse_what_the_source_lacks(document: Document, reading: Reading) -> None:
    for heading in reading.headings:
        if heading not in (line.strip() for line in document.lines):
            raise Refused(f"{reading.path}:1: the heading “{heading}” does not stand in {document.path.name}.")
    orphans = {p.orphan for p in document.passages if p.orphan}
    for line in reading.lost_headings:
        if line not in orphans:
            raise Refused(f"{reading.path}:1: no list without a heading begins at {document.path.name}:{line}.")
    prose = {p.line for p in document.passages if not p.listed}
    for line, parts in reading.prose.items():
        if line not in prose:
            raise Refused(f"{document.path}:{line}: this line holds no prose that {reading.path.name} could quote.")
        for part in parts:
            for text in part.values():
                if not isinstance(text, str) or not text.strip() or text not in document.line(line):
                    raise Refused(
                        f"{document.path}:{line}: the source does not contain “{text}” ({reading.path.name})."
                    )


def _told_by(document: Document, reading: Reading, passage: Passage) -> str | None:
    if passage.orphan:
        if passage.orphan not in reading.lost_headings:
            raise Refused(
                f"{document.path}:{passage.orphan}: this list has no heading; say in {reading.path.name}, "
                f"under `lost_headings`, what it tells."
            )
        return reading.lost_headings[passage.orphan].get("aspect")
    if passage.line in reading.prose:
        return None
    told = reading.headings.get(passage.heading)
    if told == NAMES or (told and passage.listed):
        return told
    raise Refused(
        f"{document.path}:{passage.line}: {reading.path.name} does not say what this tells: “{passage.text[:60]}”."
    )


def _titles(document: Document, reading: Reading, passage: Passage) -> list[Title]:
    listing = passage.text if passage.listed else document.line(passage.line)  # “Sr. Engineer” is no end of a sentence
    names = [name.strip() for name in listing.strip().rstrip(".").split(",")]
    return [Title(name, "preferred" if name == reading.title else "alternate", passage.line) for name in names if name]


def _listed_fact(document: Document, reading: Reading, passage: Passage, told: str | None) -> Fact:
    heading = reading.lost_headings[passage.orphan].get("heading") if passage.orphan else passage.heading
    aspect = _aspect(document, reading, passage.line, told)
    for separator in SEPARATORS:
        label, found, text = passage.text.partition(separator)
        if found:
            return Fact(aspect, text.strip(), passage.line, heading, label.strip())
    return Fact(aspect, passage.text, passage.line, heading, passage.text)


def _prose_facts(document: Document, reading: Reading, passage: Passage) -> list[Fact]:
    return [
        Fact(_aspect(document, reading, passage.line, told), text, passage.line, passage.heading)
        for part in reading.prose[passage.line]
        for told, text in part.items()
    ]


def _aspect(document: Document, reading: Reading, line: int, told: str | None) -> Aspect:
    try:
        return Aspect(told)
    except ValueError as error:
        known = ", ".join(aspect.value for aspect in Aspect)
        raise Refused(
            f"{document.path}:{line}: {reading.path.name} says “{told}”, which is none of: {known}."
        ) from error
