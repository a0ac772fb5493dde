"""What can be asked about, shelf by shelf: fields, their families, and the occupations of a family, letter or word."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from actions.render import Domain, phrase
from actions.which import choose
from knowledge.base import KnowledgeBase
from knowledge.sources.occupations import Catalogue

FILE = Path(__file__).resolve().parents[1] / "data" / "families.yml"
SHELF = "shelf"  # the entity of a button that leads on: "field 2", "family 47", "letters", "letter w", "word animal"
SHOWN = 6  # occupations at once
LETTERS = ("ab", "c", "de", "fgh", "ijkl", "mno", "pq", "r", "s", "tuvwxyz")  # about as many names in each
SENTENCE = re.compile(r"[.?!;\n]+\s*|\b(?:and|but) (?=(?:s?he|they|we|i)(?:'m|'s)?\b)", re.IGNORECASE)
DISLIKED = re.compile(  # what somebody would not like to do
    r"\b(?:hates?|dislikes?|can(?:no|'|)t|(?:do(?:es)?n'?t|do(?:es)? not|never) (?:like|want|enjoy)s?|"
    r"(?:not|no) good (?:at|with)|bad at|sick of|tired of)\b[^.?!;,\n]*",
    re.IGNORECASE,
)
FIELD = re.compile(  # that is wanted: "something in health care"
    r"\b(?:something|anything|jobs?|work|careers?|a field) (?:else )?(?:in|with|around|involving) (?!general\b)",
    re.IGNORECASE,
)
MOST, ENOUGH = 5, 2  # sentences of a message, and telling words of one, that may say what somebody would like to do
REST = slice(10, 50)  # places of the occupations that a nearer one is compared with: those near to nothing in it
OF_ONE = 3  # occupations for one sentence, where several say something
LETTER = re.compile(r"\b(?:(?:begin|start)\w* with|letter)(?: the letter| an?)? ['\"“]?([a-z])\b", re.IGNORECASE)
WITH = re.compile(r"\b(?:with|in|about|around|involving|near|for) ((?:[\w-]+ ?){1,4})")  # “jobs with animals”
WORD = re.compile(r"[a-z]{4,}")
GENERAL = {  # words of such a question that name no field
    "ability", "about", "advise", "advisor", "again", "also", "answer", "anything", "available", "background", "become",
    "besides", "browse", "career", "careers", "could", "cover", "data", "degree", "different", "does", "else", "every",
    "experience", "explore", "field", "fields", "find", "from", "give", "have", "help", "here", "into", "jobs", "just",
    "kind", "kinds", "know", "knows", "like", "list", "lists", "look", "looking", "many", "more", "names", "occupation",
    "occupations", "offer", "only", "other", "others", "over", "people", "profession", "professions", "question",
    "questions", "same", "should", "show", "similar", "some", "someone", "something", "sort", "sorts", "talk", "tell",
    "than", "that", "them", "then", "there", "these", "they", "thing", "things", "this", "those", "trade", "trades",
    "type", "types", "want", "wants", "what", "which", "with", "work", "working", "works", "would", "your", "yours",
}  # fmt: skip


@dataclass(frozen=True)
class Shelf:
    """What a button or a question leads to, and from which of its occupations on it is shown."""

    kind: str = "all"
    name: str = ""
    start: int = 0

    @classmethod
    def of(cls, message: dict[str, Any], text: str) -> Shelf:
        """The shelf of a button, or of the words of a question, `text`; all where neither names one."""
        for each in message.get("entities") or []:
            if each["entity"] == SHELF:
                kind, name, start = f"{each['value']}  ".split(" ")[:3]
                return cls(kind, name, int(start or 0) if start.isdigit() or not start else 0)
        text = text.lower()
        if letter := LETTER.search(text):
            return cls("letters", letter[1].lower())
        words = [word for with_ in WITH.findall(text) for word in WORD.findall(with_) if word not in GENERAL]
        return cls("word", "+".join(words)) if words else cls()

    def button(self, title: str, start: int | None = None) -> dict[str, str]:
        """The button that leads here."""
        value = f"{self.kind} {self.name} {self.start if start is None else start}"
        return {"title": title, "payload": f"/ask_careers{json.dumps({SHELF: value})}"}


def browse(
    knowledge: KnowledgeBase, domain: Domain, message: dict[str, Any], text: str
) -> tuple[str, list[dict[str, str]]]:
    """What stands on the shelf that a message asks for, with its question `text`: a sentence and a few buttons."""
    catalogue, shelf = knowledge.imported(), Shelf.of(message, text)
    slugs = _on(catalogue, shelf)
    if slugs:
        shown = slugs[shelf.start : shelf.start + SHOWN] or slugs[:SHOWN]
        offered = [choose(slug, catalogue.names[slug]) for slug in shown]
        if shelf.start + SHOWN < len(slugs):
            offered.append(shelf.button(phrase(domain, "button_more"), shelf.start + SHOWN))
        where = _named(domain, shelf)
        return phrase(domain, "utter_shelf", count=f"{len(slugs):,}", where=where), offered
    own = [choose(slug, knowledge.occupation(slug).title) for slug in knowledge.occupations()[:SHOWN]]
    named = [each for place, each in enumerate(_fields()) if shelf.kind == "field" and shelf.name == f"{place}"]
    families = named[0]["families"] if named else {}
    if families:
        offered = [Shelf("family", code).button(title) for code, title in families.items()]
    elif shelf.kind == "letters":
        offered = [Shelf("letters", some).button(_letters(some)) for some in LETTERS]
    else:
        offered = [*own, *(Shelf("field", f"{place}").button(each["field"]) for place, each in enumerate(_fields()))]
        offered.append(Shelf("letters").button(phrase(domain, "button_letters")))
    return phrase(domain, "utter_shelves", count=f"{len(catalogue) + len(knowledge.occupations()):,}"), offered


def nearest_work(knowledge: KnowledgeBase, text: str) -> list[str]:
    """The occupations whose work comes nearest to something that somebody tells, the nearest first.

    None where nothing is told but what one would not like.
    What counts is by how much one is nearer to a sentence than most: half as much as the nearest at least.
    """
    text, whole = DISLIKED.sub(" ", text), text
    if text != whole and not _telling(text):
        return []
    sentences = [each for each in SENTENCE.split(text) if len(_telling(each)) >= ENOUGH][:MOST] or [text]
    sentences = [each for each in sentences if FIELD.search(each)] or sentences
    nearest: dict[str, float] = {}
    for told in sentences:
        found = knowledge.described(told)
        rest = [nearness for _, nearness in found[REST]]
        most = SHOWN if len(sentences) == 1 else OF_ONE
        for slug, nearness in found[:most]:
            clearer = nearness - sum(rest) / max(1, len(rest))
            nearest[slug] = max(clearer, nearest.get(slug, clearer))
    ranked = sorted(nearest, key=nearest.__getitem__, reverse=True)[:SHOWN]
    return [slug for slug in ranked if nearest[slug] >= nearest[ranked[0]] / 2]


def _telling(text: str) -> list[str]:
    """The words of a text that may say what somebody would like to do."""
    return [word for word in WORD.findall(text.lower()) if word not in GENERAL]


def _on(catalogue: Catalogue, shelf: Shelf) -> list[str]:
    """The occupations on a shelf: the commonest first, by a letter in their order; none where it holds shelves."""
    names = catalogue.names
    if shelf.kind == "family" and shelf.name:
        some = [slug for slug in names if any(code.startswith(shelf.name) for code in catalogue.codes(slug))]
        return sorted(some, key=lambda slug: (-catalogue.working(slug), names[slug]))
    if shelf.kind == "letters" and shelf.name:
        return sorted((slug for slug in names if names[slug][0].lower() in shelf.name), key=names.__getitem__)
    if shelf.kind != "word":
        return []
    return of_words(catalogue, shelf.name.split("+"))


def of_field(catalogue: Catalogue, text: str) -> list[str]:
    """The occupations whose names have words of a text that names no occupation: “a career in logistics”."""
    known = {word.removesuffix("s") for name in catalogue.names.values() for word in WORD.findall(name.lower())}
    words = [word for word in WORD.findall(text.lower()) if word not in GENERAL and word.removesuffix("s") in known]
    return of_words(catalogue, words)


def of_words(catalogue: Catalogue, words: list[str]) -> list[str]:
    """The occupations with some words in their names or in what they are, those with the most of them first.

    Words that no name has do not count, unless none of the words has any.
    """
    stems, names, told = {word.removesuffix("s") for word in words}, catalogue.names, catalogue.overviews
    stems = {stem for stem in stems if any(_holding({stem}, name) for name in names.values())} or stems
    found = {slug: _holding(stems, names[slug]) * 2 + _holding(stems, told.get(slug, "")) for slug in names}
    some = [slug for slug, score in found.items() if score]
    return sorted(some, key=lambda slug: (-found[slug], -catalogue.working(slug), names[slug]))


def _holding(stems: set[str], text: str) -> int:
    """How many of some words a text holds."""
    return len(stems & {word.removesuffix("s") for word in WORD.findall(text.lower())})


def _named(domain: Domain, shelf: Shelf) -> str:
    if shelf.kind == "family":
        families = {code: title for each in _fields() for code, title in each["families"].items()}
        return phrase(domain, "utter_shelf_family", family=families.get(shelf.name, shelf.name))
    if shelf.kind == "letters":
        return phrase(domain, "utter_shelf_letters", letters=_letters(shelf.name))
    return phrase(domain, "utter_shelf_word", words="”, “".join(shelf.name.split("+")))


def _letters(some: str) -> str:
    return some.upper() if len(some) == 1 else f"{some[0]}–{some[-1]}".upper()


@lru_cache(maxsize=1)
def _fields() -> list[dict[str, Any]]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))
