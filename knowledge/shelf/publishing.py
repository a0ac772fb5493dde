"""A version of a document -> the occupations that are answered from."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from knowledge.model import Fact, Occupation, Refused, Source, Title
from knowledge.shelf.model import Item, Part, Version
from knowledge.shelf.names import derived, singular

PAGES = (".html", ".htm", ".md", "")


def source_name(document: int) -> str:
    """What a document is called among the sources."""
    return f"shelf-{document}"


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
    taken: set[str] = set()
    found = []
    for place, part in enumerate(version.parts):
        names = _names(version, part, taken)
        facts = [_fact(item) for item in version.facts if not item.parts or place in item.parts]
        if facts:
            found.append(Occupation(slug(part.title), singular(part.title), source, part.code, titles=names, facts=facts))
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
    """What the document is called where it is cited: “Zookeeper page”."""
    kind = "page" if PurePath(name).suffix.lower() in PAGES else "document"
    return f"{singular(version.parts[0].title)} {kind}"


def _names(version: Version, part: Part, taken: set[str]) -> list[Title]:
    """What people call an occupation: as the document does, each with its line, and as they shorten that.

    `taken` are the names, in small letters, that an occupation before it in the document bears.
    """
    names = [Title(singular(part.title), "preferred", _line(version, singular(part.title)))]
    names += [Title(each, "alternate", _line(version, each)) for each in (part.title, *part.titles)]
    names += [Title(singular(each.text), "alternate", _line(version, singular(each.text))) for each in list(names)]
    names += [Title(short, "short") for each in list(names) for short in derived(each.text)]
    kept = []
    for each in names:
        if each.text.casefold() not in taken:
            taken.add(each.text.casefold())
            kept.append(each)
    return kept


def _line(version: Version, title: str) -> int | None:
    """The first line of the document that has a title; `None` where it is written otherwise, or a person gave it."""
    return next((number for number, line in enumerate(version.lines, 1) if title in line), None)


def _fact(item: Item) -> Fact:
    heading = item.heading
    if item.lead:
        heading = f"{item.heading}: {item.lead}" if item.heading else item.lead
    label = item.label or (item.text if item.listed or (heading or "").endswith("?") else None)
    return Fact(item.aspect, item.text, item.line, heading.strip(" :") if heading else None, label, asked=list(item.asked))
