"""A saved profile page of the Occupational Outlook Handbook -> its title, date, codes and sections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree

from knowledge.model import Refused
from knowledge.sources.ooh_blocks import CLOSES, OPENS, Block, blocks, text_of

LARGEST = 1_000_000  # characters: the largest page that is published has a sixth of that
LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{5000}")  # thousands of attributes take minutes to read; published are 1,100
SECTIONS = {  # the id of a section's heading, and how the page's own tabs call it
    "what-they-do": "What They Do",
    "work-environment": "Work Environment",
    "become-one": "How to Become One",
    "pay": "Pay",
    "job-outlook": "Job Outlook",
    "similar-jobs": "Similar Occupations",
    "more-information": "More Info",
}
NEEDED = ("what-they-do", "work-environment", "become-one", "pay", "job-outlook")
ADDRESS = re.compile(r"^(https?://[^/]+/ooh/)(?!about/|military/)[a-z-]+/(?!home\.)([a-z0-9-]+)\.html?$")
MODIFIED = re.compile(r"Last Modified Date:\s*(?:\w+day, )?(\w+ \d+, \d{4})")
CODE = re.compile(r"onetonline\.org/\S*?(\d\d-\d{4}\.\d\d)|onetcode=(\d\d)(\d{4})(\d\d)\b")


@dataclass(frozen=True)
class Page:
    """One profile page."""

    file: str
    slug: str
    title: str
    modified: date | None
    home: str | None  # the address of the Handbook that the page belongs to
    codes: list[str]
    quick_facts: list[tuple[str, str]]
    sections: dict[str, list[Block]]


def is_profile(text: str) -> bool:
    """Whether a text is meant as a profile page, be it whole or broken: by its sections, or by its address."""
    if any(f'id="{each}"' in text for each in NEEDED):
        return True
    links = re.findall(r'<(?:link|meta)\b[^>]*?(?:href|content)="(https?://[^"]*/ooh/[^"]*)"', text[:LARGEST])
    return any(ADDRESS.match(link) for link in links)


def read_page(file: str, text: str) -> Page:
    """Read a profile page; raises `Refused` with file and line where it is broken or cut off."""
    lines = text.count("\n") + 1
    if len(text) > LARGEST:
        raise Refused(f"{file}:1: the page has {len(text):,} characters; at most {LARGEST:,} are read.")
    if "</html" not in text[-5000:].lower():
        raise Refused(f"{file}:{lines}: the page is cut off; its last line should end it (“</html>”).")
    if tag := LONG_TAG.search(text):
        raise Refused(f"{file}:{text.count(chr(10), 0, tag.start()) + 1}: a tag has more than 5,000 characters.")
    for sign in (OPENS, CLOSES, "\0"):
        text = text.replace(sign, " ")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise Refused(f"{file}:{error.lineno or 1}: the page cannot be read: {error.msg}.") from error
    if deep := next((error for error in parser.error_log if error.type_name == "ERR_RESOURCE_LIMIT"), None):
        raise Refused(f"{file}:{deep.line}: the page is nested too deeply to be read.")
    ids = {each.get("id"): each for each in root.iter() if each.get("id")}
    title = next((found for found in map(text_of, root.iter("h1")) if found), None)
    if title is None:
        raise Refused(f"{file}:1: the page has no title (“<h1>”).")
    for each in NEEDED:
        if each not in ids:
            raise Refused(f"{file}:{lines}: the page has no section “{SECTIONS[each]}”.")
    address = next(filter(None, (ADDRESS.match(link) for link in _links(root))), None)
    sections = {each: _section(ids[each]) for each in SECTIONS if each in ids}
    return Page(
        file,
        address[2] if address else re.sub(r"[^a-z0-9]+", "-", file.rpartition(".")[0].lower()).strip("-"),
        title,
        _modified(file, root),
        address[1] if address else None,
        _codes(sections.get("more-information")),
        _quick_facts(ids.get("Summary")),
        {each: list(blocks(section)) for each, section in sections.items()},
    )


def _links(root: etree._Element) -> Iterator[str]:
    for each in root.iter("link", "meta"):
        if each.get("rel") == "canonical" or each.get("property") == "og:url":
            yield each.get("href") or each.get("content") or ""


def _section(heading: etree._Element) -> etree._Element:
    """What a section holds: the article around its heading, else what its heading stands in."""
    around = next(heading.iterancestors("article"), heading.getparent())
    return heading if around is None else around


def _modified(file: str, root: etree._Element) -> date | None:
    """When the page was last modified, by its own words, else by its head."""
    found = next(filter(None, (MODIFIED.search(text_of(each)) for each in root.iter("p"))), None)
    head = next((each for each in root.iter("meta") if each.get("name") == "date"), None)
    if found is None and head is None:
        return None
    written, form = (found[1], "%B %d, %Y") if found else (head.get("content", ""), "%Y-%m-%d")
    try:
        return datetime.strptime(written, form).date()
    except ValueError:
        raise Refused(f"{file}:1: “{written}” is not the date of a page.") from None


def _codes(section: etree._Element | None) -> list[str]:
    """The O*NET-SOC codes that “More Info” links to; one page writes one of them without its signs."""
    links = [] if section is None else [each.get("href", "") for each in section.iter("a")]
    found = [CODE.search(link) for link in links]
    return list(dict.fromkeys(each[1] or f"{each[2]}-{each[3]}.{each[4]}" for each in found if each))


def _quick_facts(heading: etree._Element | None) -> list[tuple[str, str]]:
    """The rows of the table beside the summary; lines of a cell are parted by commas."""
    found = []
    for row in [] if heading is None else _section(heading).iter("tr"):
        name, value = row.find("th"), row.find("td")
        if name is not None and value is not None:
            for each in value.iter("br"):
                each.tail = OPENS + (each.tail or "")
            lines = (" ".join(line.split()) for line in "".join(value.itertext()).split(OPENS))
            found.append((text_of(name), ", ".join(filter(None, lines))))
    return found
