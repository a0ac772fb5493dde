"""A page of the Occupational Outlook Handbook, as blocks -> its facts.

What only leads on, to a list, a table or another page, is no fact; where a list says little without the sentence that
leads to it, that is a part of the heading.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from knowledge.model import Aspect, Fact
from knowledge.sources.ooh_aspects import LONGEST, aspect_of, by_words, of_heading, of_quick_fact
from knowledge.sources.ooh_blocks import CLOSES, OPENS, Block
from knowledge.sources.ooh_page import SECTIONS, Page
from knowledge.sources.sentences import sentences

NAME = f"{OPENS}[^{CLOSES}]+{CLOSES}"
NAMES = re.compile(f"{NAME}(?:,? (?:and |or )?{NAME})*")
DUTIES = "typically do the following"
LEADS_ON = re.compile(
    r"^\(?(?:For|More|Information)\b.*\b(?:profiles?|see)\b|^\(?See\b|\(see table|\bskills data page\b"
    r"|^[^;]*\b(?:are|is) (?:described |covered |included |available )?in (?:the|separate)\b[^;]*\bprofiles?\b"
    r"|^The following (?:are|is|list|examples)\b|^Following are\b",
    re.IGNORECASE,
)
SAYS_LITTLE = re.compile(r"\bfollowing (?:are|is|list|examples)\b|^following are\b", re.IGNORECASE)
REPEATED = (Aspect.hours, Aspect.travel)  # the section on pay ends with them, in much the same words as before
ENDS = '.!?”")'


def facts(page: Page) -> list[Fact]:
    """What a page tells, in its order; inside an aspect the importance falls from 100, first things first."""
    told = [*_quick_facts(page)]
    for section, blocks in page.sections.items():
        if section == "similar-jobs":
            told += _related(blocks)
        elif section == "more-information":
            told += _contacts(blocks)
        else:
            told += _section(section, blocks)
    before = {fact.aspect for fact in told if not (fact.heading or "").startswith(SECTIONS["pay"])}
    counted: Counter[Aspect] = Counter()
    once: dict[tuple[str, str], Fact] = {}
    for fact in told:
        if fact.heading == SECTIONS["pay"] and fact.aspect in REPEATED and fact.aspect in before:
            continue
        key = fact.quote.lower(), (fact.heading or "") if fact.label else ""
        if key not in once:
            once[key] = replace(fact, importance=100.0 - counted[fact.aspect])
            counted[fact.aspect] += 1
    return [*once.values()]


def names_at_start(block: Block) -> list[str]:
    """What a block begins with in bold or italics, as one or several names: what its sentences are about."""
    found = NAMES.match(block.marked)
    return [name.strip(OPENS + CLOSES) for name in re.findall(NAME, found[0])] if found else []


def _quick_facts(page: Page) -> Iterator[Fact]:
    for name, value in page.quick_facts:
        aspect = of_quick_fact(name)
        if aspect and value and not value.startswith("See How to Become One"):
            yield Fact(aspect, value, None, "Quick Facts", name)


def _section(section: str, blocks: list[Block]) -> Iterator[Fact]:
    """The facts of one section, under each of its headings."""
    one_list = sum(block.text.endswith(f"{DUTIES}:") for block in blocks) == 1
    above, lead, before = "", "", None
    for block, after in zip(blocks, [*blocks[1:], None]):
        heading = ": ".join(filter(None, (SECTIONS[section], above)))
        if block.kind == "heading":
            above, lead = block.text, ""
            continue
        if block.kind == "table":
            yield from _table(block, ": ".join(filter(None, (heading, lead))))
            continue
        told = _told(block)
        if block.kind == "item" and len(told) == 1 and told[0][0] is None:
            under = heading if one_list and lead.endswith(DUTIES) else ": ".join(filter(None, (heading, lead)))
            aspect = by_words(of_heading(section, above), lead or block.text)
            yield Fact(aspect, block.text, None, under, block.text)
            continue
        if block.kind != "item":
            lead = told.pop()[1].rstrip(":") if told and _leads(told[-1][1], after) else ""
            lead = "" if SAYS_LITTLE.search(lead) else lead
        for label, sentence in told:
            if not LEADS_ON.search(sentence[:LONGEST]):
                aspect = aspect_of(section, above, sentence, before)
                before = aspect if section == "pay" else None  # which goes over from pay to hours, and back
                yield Fact(aspect, sentence, None, heading, label)


def _leads(sentence: str, after: Block | None) -> bool:
    """Whether a sentence only leads on to the list or table after it."""
    listed = after is not None and after.kind in ("item", "table")
    return sentence.endswith(":") or listed and sentence[-1] not in ENDS


def _told(block: Block) -> list[tuple[str | None, str]]:
    """The sentences of a block, each with what it is about, where only the block says that, in bold at its start."""
    found = NAMES.match(block.marked)
    if found is None:
        return [(None, sentence) for sentence in sentences(block.text)]
    about = found[0].replace(OPENS, "").replace(CLOSES, "")
    label, rest = about.strip(" .:,"), block.text[len(about) :]
    if not rest.strip(" .:"):  # all of it is stressed
        label, *others = sentences(about)
        return [(label.strip(" .:"), sentence) for sentence in others] or [(None, label)]
    if about.rstrip()[-1:] in (".", ":") or rest[:1] in (".", ":"):
        return [(label, sentence) for sentence in sentences(rest.lstrip(" .:"))]
    names = [name.lower() for name in names_at_start(block)]
    told = sentences(block.text)
    return [(None if any(name in each.lower() for name in names) else label, each) for each in told]


def _table(block: Block, heading: str) -> Iterator[Fact]:
    """A fact a row: what an industry pays, how many work there; and of a group, how each occupation will fare."""
    aspect = Aspect.employers if "employers" in heading else Aspect.pay if "wage" in heading else Aspect.demographics
    for title, *cells in block.rows:
        if title.columns:
            figures = [cell for cell in cells if re.fullmatch(r"-?[\d,.]+", cell.text)]
            told = [f"{', '.join(cell.columns)}: {cell.text}" for cell in figures]
            if told and len(block.rows) > 1:
                yield Fact(Aspect.outlook, "; ".join(told), None, heading, title.text)
        elif len(cells) == 1 and title.text and cells[0].text:
            yield Fact(aspect, cells[0].text, None, heading, title.text)


def _related(blocks: list[Block]) -> Iterator[Fact]:
    for row in (row for block in blocks for row in block.rows):
        told = [cell.text for cell in row if cell.text]
        if len(told) > 1:
            yield Fact(Aspect.related, told[1], None, SECTIONS["similar-jobs"], told[0])


def _contacts(blocks: list[Block]) -> Iterator[Fact]:
    """Whom to ask about what a job asks for; not the mere addresses, nor the lists of links under headings."""
    heading, lead = SECTIONS["more-information"], ""
    for block in itertools.takewhile(lambda block: block.kind != "heading", blocks):
        if re.search(r"\b(?:visit|contact|see):?$", block.text):
            lead = block.text.rstrip(":")
            continue
        whole = block.text[-1:] in ".!?"
        for sentence in sentences(block.text) if whole else filter(None, [lead]):
            if by_words(Aspect.next_steps, sentence) is not Aspect.next_steps:  # it says for what
                text, label = (sentence, None) if whole else (block.text, lead)
                yield Fact(Aspect.next_steps, text, None, heading, label)
