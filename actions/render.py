"""An answer -> the values that its sentence in the domain holds, and the buttons under it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from textwrap import shorten
from typing import Any

from actions.answer import Answer, Verdict
from knowledge.model import Fact, Occupation, Source

BUTTONS = 3
LONGEST = 100  # characters of a person's words that are said back
VOWELS = "aeio"  # before which an occupation is “an” one; not u: “a union organizer”
MARKUP = re.compile(r"[<>{}\[\]|`*_\\]")

Domain = dict[str, Any]


def phrase(domain: Domain, name: str, channel: str | None = None, **values: Any) -> str:
    """One of the domain's sentences, as the channel has it, filled in; raises `KeyError` where there is none."""
    variants = {variant.get("channel"): variant["text"] for variant in reversed(domain["responses"][name])}
    return variants.get(channel, variants.get(None)).format(**values)


def values(domain: Domain, answer: Answer, channel: str | None = None) -> dict[str, str]:
    """What the sentence of an answer is filled with, on a channel."""
    occupation = answer.occupation
    told = {
        "job": occupation.title.lower(),
        "a_job": a_job(occupation),
        "document": document(occupation),
        "says": phrase(domain, f"utter_says{'_public' if occupation.imported else ''}"),
        "it_does": phrase(domain, f"utter_it_does{'_public' if occupation.imported else ''}"),
        "told": the_source(domain, occupation),
        "facts": bullets(domain, answer.quoted),
        "names": "\n".join(f"- {name}" for name in answer.names),
        "source": place(domain, occupation, answer.quoted, channel) if answer.quoted else "",
        "by_month": phrase(domain, "utter_by_month", pay=", ".join(answer.by_month)) if answer.by_month else "",
        "reached": phrase(domain, f"utter_reached_{answer.reached[0]}", amount=answer.reached[1])
        if answer.reached
        else "",
        "verdict": _verdict(domain, answer),
        "missing": missing(domain, answer),
        "count": str(answer.count),
    }
    if answer.names and answer.occupation.imported:
        where = {"document": _called(occupation.source), "places": phrase(domain, "utter_job_titles")}
        told["source"] = phrase(domain, "utter_place", channel, **where)
    elif answer.names:
        lines = sorted({title.line for title in occupation.titles if title.line})
        told["source"] = phrase(
            domain,
            "utter_place",
            channel,
            document=document(occupation).removeprefix("The "),
            places=", ".join(f"line {line}" for line in lines),
        )
    if answer.fit is not None:
        told |= _fit(domain, answer)
    return told


def _verdict(domain: Domain, answer: Answer) -> str:
    """How an answer begins; to what was denied, yes and no alone may mean both."""
    if answer.verdict is Verdict.none:
        return ""
    return phrase(domain, f"utter_{answer.verdict.value}{'_denied' if answer.denied else ''}")


def missing(domain: Domain, answer: Answer) -> str:
    """What the source does not say: the question reported, else what the domain calls a question of its kind."""
    topics = domain["responses"]["utter_gap"][0]["metadata"]
    return topics.get(answer.missing, answer.missing)


def _fit(domain: Domain, answer: Answer) -> dict[str, str]:
    """What fits, what speaks against it, what has not been mentioned, and what is asked back."""
    occupation, fit = answer.occupation, answer.fit

    def listed(places: dict[int, str]) -> str:
        told = [bullets(domain, [occupation.facts[place]]) + _told_by(domain, words) for place, words in places.items()]
        return "\n".join(told)

    unmentioned = {place: "" for place in answer.facts if place not in fit.fits and place not in fit.against}
    told_of = {
        name: {place: words for place, words in side.items() if place in answer.facts}
        for name, side in (("fits", fit.fits), ("against", fit.against))
    }
    parts = {**told_of, "open": unmentioned}
    told = "".join(phrase(domain, f"utter_fit_{name}", facts=listed(each)) for name, each in parts.items() if each)
    if not fit.fits and not fit.against:
        told = phrase(domain, "utter_fit_none", told=the_source(domain, answer.occupation)) + told
    asked = "" if fit.pending is None else occupation.facts[fit.pending].quote
    return {"fit": told, "ask": phrase(domain, "utter_fit_ask", quote=asked) if asked else ""}


def unheld(domain: Domain, names: list[str]) -> str:
    """Careers that the knowledge base does not hold, as a person named them; else how the domain calls such a one."""
    if not names:
        return domain["responses"]["utter_unknown_occupation"][0]["metadata"]["unnamed"]
    return " or ".join(f"“{name}”" for name in names)


def _told_by(domain: Domain, words: str) -> str:
    """The person's words that met a fact, shortened."""
    said = shorten(plain(words), LONGEST, placeholder=" …")
    return phrase(domain, "utter_fit_words", words=said) if said else ""


def plain(text: str) -> str:
    """A person's words without what a channel could take for markup."""
    return MARKUP.sub("", text)


def document(occupation: Occupation) -> str:
    """How the source is called in a sentence; what several say is what was found."""
    if occupation.imported:
        return f"What I found on {a_job(occupation)}"
    return f"The {occupation.source.title.removeprefix('The ')}"


def the_source(domain: Domain, occupation: Occupation) -> str:
    """How the source is called where it was named already."""
    return phrase(domain, f"utter_told_by{'_public' if occupation.imported else ''}")


def a_job(occupation: Occupation) -> str:
    """An occupation in a sentence; public data name those who work in it."""
    title = occupation.title.lower()
    return occupation.title if occupation.imported else f"{'an' if title[0] in VOWELS else 'a'} {title}"


def bullets(domain: Domain, facts: list[Fact]) -> str:
    """Facts as a list, each in its source's words, and of whom it is told where that is more than the occupation."""
    groups = {fact.group for fact in facts}
    together = groups.pop() if len(groups) == 1 and len(facts) > 1 else None
    lines = [f"- “{fact.quote}”{f' (of {fact.group})' if fact.group and not together else ''}" for fact in facts]
    return "\n".join([*lines, *([phrase(domain, "utter_of_group", group=together)] if together else [])])


def sources(answer: Answer) -> list[dict[str, Any]]:
    """Where each statement of an answer stands, for channels that show that themselves."""
    occupation = answer.occupation
    told = sources_of((occupation, fact) for fact in answer.quoted)
    titles = [title for title in occupation.titles if title.line] if answer.names else []
    return told + [_source(occupation, occupation.source, None, title.line, title.text) for title in titles]


def sources_of(quoted: Iterable[tuple[Occupation, Fact]]) -> list[dict[str, Any]]:
    """The same of facts of several occupations."""
    return [_source(each, fact.source or each.source, fact.heading, fact.line, fact.quote) for each, fact in quoted]


def _source(
    occupation: Occupation, source: Source, heading: str | None, line: int | None, quote: str
) -> dict[str, Any]:
    return {
        "document": occupation.slug,
        "title": source.title,
        "heading": (heading or "").strip(" :"),
        "line": line,
        "quote": quote,
        **({"attribution": source.attribution} if source.attribution else {}),
        **({"url": source.url} if source.url else {}),  # the owner's page, which channels link to
    }


def place(domain: Domain, occupation: Occupation, facts: list[Fact], channel: str | None = None) -> str:
    """Where the facts stand: of each source its name, and each heading with its lines."""
    by_source: dict[str, list[Fact]] = {}
    for fact in facts:
        by_source.setdefault(_called(fact.source or occupation.source), []).append(fact)
    return "\n".join(
        phrase(domain, "utter_place", channel, document=called, places=_headings(some))
        for called, some in by_source.items()
    )


def place_of(domain: Domain, quoted: list[tuple[Occupation, Fact]], channel: str | None = None) -> str:
    """The same of facts of several occupations."""
    facts = [replace(fact, source=fact.source or occupation.source) for occupation, fact in quoted]
    return place(domain, quoted[0][0], facts, channel) if quoted else ""


def published(occupation: Occupation) -> str:
    """The sources that an occupation of public data has, a line each."""
    called = sorted({_called(fact.source or occupation.source) for fact in occupation.facts})
    return "\n".join(f"- {each}" for each in called)


def _called(source: Source) -> str:
    """A source by name and edition, and by who wants to be named with it."""
    edition = source.edition if source.edition and source.edition not in source.title else None
    publisher = source.attribution and source.publisher
    return ", ".join(filter(None, (source.title.removeprefix("The "), edition, publisher)))


def _headings(facts: list[Fact]) -> str:
    lines: dict[str | None, list[int]] = {}
    for fact in facts:
        lines.setdefault(fact.heading, []).extend([fact.line] if fact.line else [])
    told = []
    for heading, numbers in lines.items():
        where = _ranges(sorted(set(numbers))) if numbers else ""
        told.append(", ".join(filter(None, (heading and f"“{heading.strip(' :')}”", where))))
    return "; ".join(filter(None, told))


def buttons(domain: Domain, answer: Answer, *, another: bool = False) -> list[dict[str, str]]:
    """The next questions as Rasa buttons, at most three; yes and no where something is asked back.

    `another`: the last one says that another occupation of that name was meant.
    """
    if answer.fit is not None and answer.fit.pending is not None:
        return buttons_yes_no(domain)
    payload = json.dumps({"occupation": answer.occupation.slug})
    offered = [
        {"title": phrase(domain, f"button_{kind}"), "payload": f"/ask_{kind}{payload}"}
        for kind in answer.next
        if f"button_{kind}" in domain["responses"]
    ]
    if another:
        return [*offered[: BUTTONS - 1], {"title": phrase(domain, "button_another"), "payload": "/signal_choose"}]
    return offered[:BUTTONS]


def buttons_yes_no(domain: Domain) -> list[dict[str, str]]:
    """Yes and no, as Rasa buttons."""
    return [{"title": phrase(domain, f"button_{kind}"), "payload": f"/{kind}"} for kind in ("affirm", "deny")]


def _ranges(lines: list[int]) -> str:
    spans: list[list[int]] = []
    for line in lines:
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    written = ", ".join(f"{first}–{last}" if last > first else f"{first}" for first, last in spans)
    return f"line{'s' if len(lines) > 1 else ''} {written}"
