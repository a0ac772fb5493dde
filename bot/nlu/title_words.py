"""Titles and texts -> words in the singular, and the ways in which a title is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

WORDS = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*|&")
TOKEN = re.compile(WORDS.pattern + r"|[^\s\w]|_")
WORD = re.compile(r"[^\W_]|&")
JOINED = {"", "-", "/", "–", "‑", "'", "’"}  # what may stand between two words of one title
LONGEST = 40  # characters of a word that is looked at; no title has a longer one
IRREGULAR = {
    "men": "man", "women": "woman", "people": "person", "children": "child", "us": "us", "buses": "bus",
    "gases": "gas", "lenses": "lens", "bus": "bus", "gas": "gas", "glass": "glass", "lens": "lens",
    "news": "news", "knives": "knife", "&": "and", "colour": "color", "labour": "labor", "labourer": "laborer",
    "tyre": "tire", "centre": "center", "jeweller": "jeweler", "modelling": "modeling", "aeroplane": "airplane",
    "counsellor": "counselor", "adviser": "advisor", "archeologist": "archaeologist",
    "gynaecologist": "gynecologist",
}  # fmt: skip
SHORTENED = {  # which titles themselves shorten, now and then
    **{"tech": "technician", "technican": "technician", "lab": "laboratory", "rep": "representative"},
    **{"mgr": "manager", "asst": "assistant", "auto": "automotive", "automobile": "automotive", "engr": "engineer"},
    **{"info": "information", "intl": "international", "govt": "government"},
}
FUNCTION = {  # words that say nothing of an occupation, and begin no title but a few
    "a", "an", "the", "this", "that", "these", "those", "my", "your", "our", "his", "her", "their", "its", "some",
    "any", "of", "in", "on", "at", "to", "for", "from", "by", "with", "as", "and", "or", "but", "so", "if", "is",
    "are", "was", "were", "be", "been", "am", "do", "does", "did", "has", "have", "had", "not", "no", "i", "you",
    "we", "they", "he", "she", "who", "what", "which", "when", "where", "how", "why", "than", "then", "there",
    "here", "about", "into", "over", "after", "could", "would", "should", "more", "most", "me", "him", "them",
    "us",
}  # fmt: skip
AGENT = re.compile(  # endings of those who do something
    r"(?:er|or|ist|ian|man|woman|ant|ent|eer|ee|ess|smith|wright|person|aide|hand|chief|officer|mate)$"
)
QUALIFIER = re.compile(r",? (?:except|including|and related|not elsewhere)\b.*$|, (?:all other|general)\b.*$", re.I)
REST = re.compile(r"\ball other\b", re.I)  # of a group: what is left of it beside the occupations with a name
TURNED = re.compile(r"^(\w+(?: \w+)?) (?:of|in|for) ((?:\w+ ?){1,3})$")
LINKED = re.compile(r" (?:of|in|for) ")
PARENTHESIS = re.compile(r"^(.*?)\s*\(([^()]*)\)\s*(.*)$")

WHOLE, PART, LOOSE = 0, 1, 2  # how much of a title a way to write it says: all, one of its parts, less than one


@dataclass(frozen=True)
class Word:
    """A word of a text: characters `start` to `end`, as written in lower case and in the singular.

    `gap` is what parts it from the word before: "" for a space or a hyphen, "," for a comma, "!" for more.
    """

    start: int
    end: int
    lower: str
    stem: str
    gap: str


def words(text: str) -> list[Word]:
    """The words of a text, with what stands between them."""
    found: list[Word] = []
    between, last = "", 0
    for token in TOKEN.finditer(text):
        if not WORD.match(token[0]):
            between += token[0]
            continue
        lower = token[0][:LONGEST].lower().replace("’", "'")
        if "." in lower:  # R.N.
            lower = lower.replace(".", "")
        if "\n" in text[last : token.start()]:
            between += "!"
        gap = "" if between in JOINED else between if between in (",", ".") else "!"
        found.append(Word(token.start(), token.end(), lower, stem(lower), gap))
        between, last = "", token.end()
    return found


@lru_cache(maxsize=20_000)  # of which the words of titles are half
def stem(word: str) -> str:
    """A word in the singular, written out, and without the points of R.N."""
    word = singular(word.replace(".", ""))
    return SHORTENED.get(word, word)


def singular(word: str) -> str:
    """A word without the ending of a plural or a genitive, and as Americans spell it."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    word = word[:LONGEST].removesuffix("'s").removesuffix("s'").replace("'", "")
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    if len(word) > 5 and word.endswith("wives"):
        return word[:-3] + "fe"
    if len(word) > 5 and word.endswith("men"):
        return word[:-3] + "man"
    if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def key(text: str) -> str:
    """The words of a title in the singular, parted by spaces."""
    return " ".join(map(stem, WORDS.findall(text.lower().replace("’", "'"))))


def ways(title: str, *, whole: bool = False) -> Iterator[tuple[str, int]]:
    """The ways in which a title is written, as keys, each with how much of the title it says.

    Where a title is the name of a `whole` occupation, its parts name it too: “Accountants and Auditors”.
    """
    for form in _spelt_out(title) if "(" in title else (title,):
        yield key(form), WHOLE
        if not whole and "," not in form and not LINKED.search(form):
            continue
        base = QUALIFIER.sub("", form)
        if base != form:
            yield key(base), LOOSE if REST.search(form) else PART
        head, comma, rest = base.partition(", ")
        if comma and "," not in rest and " and " not in head:
            yield key(f"{rest} {head}"), PART
        if whole:
            loose = " of " in base.split(",")[0].split(" and ")[0]  # “Supervisors of Police and Detectives”
            yield from ((key(part), LOOSE if loose else how) for part, how in _parts(base))
        turned = TURNED.match(base)
        if turned:
            yield key(f"{turned[2]} {turned[1]}"), LOOSE


def _spelt_out(title: str) -> list[str]:
    """“Registered Nurse (RN)” -> both; what stands in the middle in parentheses is left out."""
    bracket = PARENTHESIS.match(title)
    if not bracket:
        return [title]
    before, inside, after = bracket.groups()
    if after:
        return [f"{before} {after}", f"{before} {inside} {after}"]
    return [form for form in (before, inside) if form]


def _parts(title: str) -> Iterator[tuple[str, int]]:
    """The parts of a name that lists several: “Welders, Cutters, Solderers, and Brazers”, “Sales and Office Clerks”."""
    head, comma, rest = title.partition(", ")
    kinds = re.split(r",? and |, | or ", rest) if comma else []
    heads = re.split(r",? and |, | or |/", head)
    plural = all(part.rstrip().endswith(("s", "men")) for part in [*heads, *kinds] if part)
    if comma and len(heads) >= 1 and not plural:  # “Painters, Construction and Maintenance”
        for name in heads:
            if not name.endswith(("s", "men")):
                continue
            yield name, PART
            yield from ((f"{kind} {name}", LOOSE) for kind in kinds)
    listed = re.split(r",? and |, | or |/", title)
    if len(listed) < 2:
        return
    tail = listed[-1].split()
    for part in listed:
        if part.endswith(("s", "men")):
            yield part, LOOSE if "/" in title else PART
        elif len(tail) > 1:  # “Heavy and Tractor-Trailer Truck Drivers”
            yield f"{part} {tail[-1]}", LOOSE
            yield f"{part} {' '.join(tail[-2:])}", LOOSE
    lead = listed[0].split()
    if len(lead) > 1 and listed[0].endswith("s"):  # “Fiberglass Laminators and Fabricators”
        yield from ((f"{' '.join(lead[:-1])} {part}", LOOSE) for part in listed[1:])
