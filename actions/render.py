"""An answer -> the values that its sentence in the domain holds, and the buttons under it."""

from __future__ import annotations

import json
from typing import Any

from actions.compose import Answer
from actions.verdict import Verdict
from knowledge.model import Fact, Occupation

BUTTONS = 3

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
        "document": document(occupation),
        "facts": bullets(answer.quoted),
        "names": "\n".join(f"- {name}" for name in answer.names),
        "source": place(domain, occupation, answer.quoted, channel) if answer.quoted else "",
        "verdict": "" if answer.verdict is Verdict.none else phrase(domain, f"utter_{answer.verdict.value}"),
        "nearest": "",
        "count": str(answer.count),
    }
    if answer.names:
        lines = sorted({title.line for title in occupation.titles if title.line})
        told["source"] = phrase(
            domain,
            "utter_place",
            channel,
            document=document(occupation),
            places=", ".join(f"line {line}" for line in lines),
        )
    if answer.response.startswith("utter_gap_") and answer.quoted:
        told["nearest"] = phrase(domain, "utter_beside_gap", channel, **told)
    return told


def document(occupation: Occupation) -> str:
    """How the source is called in a sentence."""
    return f"The {occupation.source.title}"


def bullets(facts: list[Fact]) -> str:
    """Facts as a list, each in the document's words."""
    return "\n".join(f"- “{fact.quote}”" for fact in facts)


def sources(answer: Answer) -> list[dict[str, Any]]:
    """Where each statement of an answer stands, for channels that show that themselves."""
    occupation = answer.occupation
    told = [(fact.heading, fact.line, fact.quote) for fact in answer.quoted]
    if answer.names:
        told += [(None, title.line, title.text) for title in occupation.titles if title.line]
    return [
        {
            "document": occupation.slug,
            "title": occupation.source.title,
            "heading": (heading or "").strip(" :"),
            "line": line,
            "quote": quote,
        }
        for heading, line, quote in told
    ]


def place(domain: Domain, occupation: Occupation, facts: list[Fact], channel: str | None = None) -> str:
    """Where the facts stand: the document, and each heading with its lines."""
    lines: dict[str | None, list[int]] = {}
    for fact in facts:
        lines.setdefault(fact.heading, []).append(fact.line)
    places = []
    for heading, numbers in lines.items():
        where = _ranges(sorted(set(numbers)))
        places.append(f"“{heading.strip(' :')}”, {where}" if heading else where)
    called = document(occupation).removeprefix("The ")
    return phrase(domain, "utter_place", channel, document=called, places="; ".join(places))


def buttons(domain: Domain, occupation: Occupation, kinds: tuple[str, ...]) -> list[dict[str, str]]:
    """The next questions as Rasa buttons, at most three."""
    payload = json.dumps({"occupation": occupation.slug})
    return [
        {"title": phrase(domain, f"button_{kind}"), "payload": f"/ask_{kind}{payload}"}
        for kind in kinds[:BUTTONS]
        if f"button_{kind}" in domain["responses"]
    ]


def _ranges(lines: list[int]) -> str:
    spans: list[list[int]] = []
    for line in lines:
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    written = ", ".join(f"{first}–{last}" if last > first else f"{first}" for first, last in spans)
    return f"line{'s' if len(lines) > 1 else ''} {written}"
