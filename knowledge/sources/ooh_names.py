"""The names that a page of the Occupational Outlook Handbook gives to kinds of its occupation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.sources.ooh_blocks import CLOSES, OPENS
from knowledge.sources.ooh_facts import names_at_start
from knowledge.sources.ooh_page import Page

PERSON = re.compile(  # by the last word, in the plural as the pages have it
    r"(?:ers|ors|ars|ists|ysts|ians|ants|yees|men|wrights|masons|hands|persons|masters|agents|correspondents|residents"
    r"|\b(?:aides|analysts|associates|attorneys|bailiffs|captains|chefs|clerks|coaches|cooks|counsels|deputies|detectives"
    r"|executives|grooms|guides|hosts|hostesses|judges|magistrates|mates|mechanics|midwives|models|nannies|nurses"
    r"|paramedics|pilots|police|professionals|representatives|roustabouts|scouts|secretaries|stewards|surgeons|techs"
    r"|wardens|APRNs|DBAs|DJs|EMTs|PTAs))$",
    re.IGNORECASE,
)
NO_PERSON = re.compile(r"^(?:In|At|For|With|Other|Some|Most|Many)\b|\b(?:letters|numbers|papers|matters|campaigns)$")
SHORTEST = 4  # letters: “PAs” may as well be of Pennsylvania
NEAR = 200  # characters before a name in which it may be said that workers are called so
CALLED = re.compile(r"\b(?:called|known as|referred to as|titled|termed)\b[^.;()]*$")
WORDS = re.compile(f"(?<!\\w){OPENS}([^{CLOSES}]+){CLOSES}")


def names(page: Page) -> list[str]:
    """Names of kinds of workers that a page sets in bold where it tells of them, or in italics after "also called".

    The rows of the table of projections name kinds too, where they are several.
    """
    found: dict[str, str] = {}
    for name in (*_told_of(page), *_projected(page)):
        person = PERSON.search(name) and not NO_PERSON.search(name)
        if person and len(name) >= SHORTEST and name.lower() != page.title.lower():
            found.setdefault(name.lower(), name[0].upper() + name[1:])
    return [*found.values()]


def _told_of(page: Page) -> Iterator[str]:
    for block in page.sections["what-they-do"]:
        for name in names_at_start(block):
            yield from _plain(name)
        for each in WORDS.finditer(block.marked):
            before = block.marked[max(0, each.start() - NEAR) : each.start()].replace(OPENS, "").replace(CLOSES, "")
            if CALLED.search(before):
                yield from _plain(each[1])


def _projected(page: Page) -> Iterator[str]:
    for block in page.sections["job-outlook"]:
        if len(block.rows) > 1:
            yield from (row[0].text for row in block.rows if row and "all other" not in row[0].text)


def _plain(name: str) -> Iterator[str]:
    """A name without the short form in brackets after it, which is a name of its own."""
    short = re.search(r"\(([^()]+)\)$", name.strip())
    if short:
        yield short[1]
    yield " ".join(re.sub(r"\([^()]*\)", " ", name).split()).strip(" .,;:—’")
