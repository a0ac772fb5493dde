"""A version of a document -> the occupations that are answered from."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from knowledge.model import Fact, Occupation, Refused, Source, Title
from knowledge.shelf.model import Item, Part, Version
from knowledge.shelf.names import derived, members, singular

MOST_NAMED = 2  # occupations by which a document is called
PAGES = (".html", ".htm", ".md", "")


def source_name(document: int) -> str:
    """What a document is called among the sources."""
    return f"shelf-{document}"


def document_of(source: str) -> int | None:
    """The document that a source of that name is; `None` where it is none of the shelf."""
    found = re.fullmatch(r"shelf-(\d+)", source)
    return int(found[1]) if found else None


def slug(title: str) -> str:
    """The slug of an occupation by its title, as those of files are: “production-technician”."""
    plain = unicodedata.normalize("NFKD", singular(title).lower().replace("’", "").replace("'", ""))
    found = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    if not found:
        raise Refused(f"“{title}” has no letter from a to z; give the occupation an English title.")
    return found[:200]


def occupations(version: Version, name: str, address: str | None) -> list[Occupation]:
    """The occupations of a version, each with its titles and facts; raises `Refused` where there is nothing to say."""
    if not version.parts:
        raise Refused(f"{name}: it is not said which occupation it is about; give its title first.")
    if not version.facts:
        raise Refused(f"{name}: not one sentence of it is a fact; there is nothing to answer from.")
    refuse_what_does_not_stand(version, name)
    source = Source(source_name(version.document), _called(version, name), url=address)
    titles = _titles(version)
    found = []
    for place, part in enumerate(version.parts):
        names = titles[place]
        facts = _once([_fact(item) for item in version.facts if not item.parts or place in item.parts])
        if facts:
            found.append(
                Occupation(slug(part.title), singular(part.title), source, part.code, titles=names, facts=facts)
            )
    return found


def refuse_what_does_not_stand(version: Version, name: str) -> None:
    """Raise `Refused` where a fact or label does not stand in the line that it claims."""
    for item in version.facts:
        line = version.lines[item.line - 1] if 0 < item.line <= len(version.lines) else ""
        for text in filter(None, (item.text, item.label)):
            if not text.strip() or text not in line:
                raise Refused(f"{name}:{item.line}: “{text}” does not stand in this line.")
        if any(not 0 <= place < len(version.parts) for place in item.parts):
            raise Refused(f"{name}:{item.line}: “{item.text}” is of an occupation that the document does not have.")


def _called(version: Version, name: str) -> str:
    """What the document is called where it is cited: “Beekeeper page”."""
    kind = "page" if PurePath(name).suffix.lower() in PAGES else "document"
    titles = [singular(part.title) for part in version.parts]
    if members(version.parts[0].title) or len(titles) > MOST_NAMED:
        titles = titles[:1]
    return f"{' and '.join(titles)} {kind}"


def _titles(version: Version) -> list[list[Title]]:
    """What people call each occupation: as the document does, with its line, and as they shorten that.

    No two bear the same name: what is one's own comes first, and a group is called as its members are by none.
    """
    taken: set[str] = set()
    own = [_fresh(_given(version, part), taken) for part in version.parts]
    short: dict[int, list[Title]] = {}
    for place in sorted(range(len(own)), key=lambda place: bool(members(version.parts[place].title))):
        short[place] = _fresh([Title(each, "short") for title in own[place] for each in derived(title.text)], taken)
    return [titles + short[place] for place, titles in enumerate(own)]


def _given(version: Version, part: Part) -> list[Title]:
    texts = [singular(part.title), part.title, *part.titles, *map(singular, part.titles)]
    kinds = ["preferred", *["alternate"] * (len(texts) - 1)]
    return [Title(text, kind, _line(version, text)) for text, kind in zip(texts, kinds)]


def _fresh(titles: list[Title], taken: set[str]) -> list[Title]:
    kept = []
    for title in titles:
        if title.text.casefold() not in taken:
            taken.add(title.text.casefold())
            kept.append(title)
    return kept


def _line(version: Version, title: str) -> int | None:
    """The first line of the document that has a title; `None` where it is written otherwise, or a person gave it."""
    return next((number for number, line in enumerate(version.lines, 1) if title in line), None)


def _once(facts: list[Fact]) -> list[Fact]:
    """The same without what is said again in the same words under another heading."""
    told: dict[tuple[str, str | None], Fact] = {}
    for fact in facts:
        said = told.setdefault((fact.text, fact.heading if fact.label else None), fact)
        if said is not fact:
            said.asked += [each for each in fact.asked if each not in said.asked]
    return list(told.values())


def placed(item: Item) -> str:
    """A fact as it is read against a question once it is live."""
    return _fact(item).placed


def _fact(item: Item) -> Fact:
    """A fact, read with what heads and leads it as an item of a list is: alone, many a sentence says too little."""
    heading = ": ".join(filter(None, (item.heading, item.lead))).strip(" :") or None
    label = item.label or (item.text if heading else None)
    return Fact(item.aspect, item.text, item.line, heading, label, asked=list(item.asked))
