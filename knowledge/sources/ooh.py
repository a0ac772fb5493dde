"""The Occupational Outlook Handbook, as a folder of saved profile pages -> what each page says of its occupation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from knowledge.model import Aspect, Refused, Source, Title
from knowledge.sources.files import Files
from knowledge.sources.ooh_facts import facts
from knowledge.sources.ooh_names import names
from knowledge.sources.ooh_page import Page, is_profile, read_page
from knowledge.sources.release import Described, Release, Tell, say_nothing

HTML = (".html", ".htm", ".xhtml")
YEARS = re.compile(r"\b(\d{4}[–-]\d{2})\b")
ATTRIBUTION = (
    "Bureau of Labor Statistics, U.S. Department of Labor, Occupational Outlook Handbook{edition}, at {url}{modified}."
)


def is_in(files: Files) -> bool:
    """Whether there is a profile page of the Handbook among some files."""
    return any(is_profile(files.text(name)) for name in _pages(files))


def read(files: Files, tell: Tell = say_nothing) -> Release:
    """Read saved pages; raises `Refused` with file and line where one is broken, and where editions differ."""
    pages: dict[str, Page] = {}
    described: list[Described] = []
    skipped, found = 0, [*_pages(files)]
    for done, name in enumerate(found):
        tell("pages", done, len(found))
        text = files.text(name)
        if "<" not in text or "\0" in text:
            raise Refused(f"{name}:1: this is not HTML.")
        if not is_profile(text):
            skipped += 1
            continue
        page = read_page(name, text)
        if page.slug in pages:
            raise Refused(f"{name}:1: the page “{page.slug}” is there twice; {pages[page.slug].file} holds it too.")
        pages[page.slug] = page
        described.append(_described(page))
    tell("pages", len(found), len(found))
    if not described:
        raise Refused(f"{files.path}: there is no profile page of the Occupational Outlook Handbook.")
    skipped += len(files.names) - len(found)
    release = Release(_source([*pages.values()]), _unambiguous(described))
    if skipped:
        release.lacks.append(f"{skipped} of {len(files.names)} files are no profile pages and were left out.")
    return release


def _pages(files: Files) -> Iterator[str]:
    return (name for name in files.names if name.lower().endswith(HTML))


def _described(page: Page) -> Described:
    """A page as it describes its occupation; raises `Refused` where it says nothing."""
    told = facts(page)
    for aspect in (Aspect.tasks, Aspect.pay, Aspect.outlook):
        if not any(fact.aspect is aspect for fact in told):
            raise Refused(f"{page.file}:1: the page says nothing about {aspect.value}.")
    titles = [Title(page.title, "preferred"), *(Title(name) for name in names(page))]
    return Described(page.slug, page.title, page.codes, titles, told)


def _unambiguous(described: list[Described]) -> list[Described]:
    """The same without one-word names that another page's title ends with: "pilots" are not only those of ships."""
    ends = Counter(each.title.lower().split()[-1] for each in described)
    for each in described:
        own = each.title.lower()
        each.titles = [
            title
            for title in each.titles
            if title.kind == "preferred" or title.text.lower() in own or not ends[title.text.lower()]
        ]
    return described


def _source(pages: list[Page]) -> Source:
    """What is cited; its date is that of the page that was modified last."""
    editions = {found[1].replace("-", "–"): page for page in pages if (found := _edition(page))}
    if len(editions) > 1:
        (one, page), (other, _), *_ = editions.items()
        raise Refused(f"{page.file}:1: the page is of the edition {one}, and others are of {other}; keep one edition.")
    edition = next(iter(editions), None)
    modified = max(filter(None, (page.modified for page in pages)), default=None)
    when = f"{modified:%B} {modified.day}, {modified.year}" if modified else None
    url = next(filter(None, (page.home for page in pages)), "https://www.bls.gov/ooh/")
    return Source(
        name="ooh",
        title="Occupational Outlook Handbook",
        publisher="U.S. Bureau of Labor Statistics",
        url=url,
        date=when,
        edition=edition,
        licence="public domain (US government work)",
        attribution=ATTRIBUTION.format(
            edition=f", {edition} edition" if edition else "",
            url=url,
            modified=f" (last modified {when})" if when else "",
        ),
    )


def _edition(page: Page) -> re.Match[str] | None:
    return next(filter(None, (YEARS.search(name) for name, _ in page.quick_facts)), None)
