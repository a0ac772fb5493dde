"""What a person says of themselves: "good with my hands but bad at math" -> two statements, one that holds, one not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import spacy
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span

from bot.nlu.linker import MASK
from bot.nlu.renewed import Renewed

MOST = 6
SENTENCE_ENDS = {".", "..", "...", "…", ";", "!", "?"}
DASHES = {"-", "–", "—"}  # with spaces around them; "hands-on" is one word
ENDS = {*SENTENCE_ENDS, ",", "and", "but", "though", "although", "because", "plus", "&", "n", "or"}
TURNS = {"but", "though", "although", "however"}  # after which a new feeling begins
ABOUT_THE_JOB = re.compile(
    rf"{MASK}|\b(?:fit|suits?|suited|right for|cut out|good match|shot|chance|work for|do well|any use|any good)\b|\?$",
    re.IGNORECASE,
)
OWN = re.compile(
    r"\b(?:i|i'm|im|ive|i've|my|me|he|he's|she|she's|they|his|her|hers|our|kid|son|daughter)\b", re.IGNORECASE
)
AGAINST = [  # what says that something does not hold of the person
    [{"LOWER": {"IN": ["not", "n't", "nt", "never", "no", "without", "cannot", "cant", "dont", "wont", "nothing"]}}],
    [{"LOWER": {"IN": ["hate", "hates", "dislike", "dislikes", "avoid", "avoids", "fear", "fears", "lack", "lacks"]}}],
    [{"LOWER": {"IN": ["bad", "terrible", "awful", "horrible", "poor", "weak", "hopeless", "useless", "lousy"]}}],
    [{"LOWER": {"IN": ["suck", "sucks", "fail", "failed", "failing", "flunked", "struggle", "struggles", "scared"]}}],
    [{"LOWER": {"IN": ["afraid", "unable", "trash", "allergic", "hurts", "injured", "disabled"]}}],
    [{"LOWER": "ca"}, {"LOWER": "n't"}],
]

HOLDS_ALL_THE_SAME = re.compile(  # denials that deny nothing of the person
    r"(?:(?:\b(?:not|never|no|dont|doesnt|isnt|arent)|n't) (?:really |too |that |at all |exactly |have )?"
    r"(?:mind|afraid|scared|bad|terrible|weak|fail|failed|(?:a )?problem|problems|trouble|issues?|hate|dislike)|"
    r"\bca(?:n'?t|nnot) get enough|\bno fear|\bnothing against)\b",
    re.IGNORECASE,
)
ANEW = re.compile(  # words with which a clause says something of its own, instead of going on with the last
    r"\b(?:is|am|are|was|ha[sv]e?|can|did|do|does|likes?|loves?|enjoys?|good|great|worked|used|wants?|knows?|prefers?|"
    r"into)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Statement:
    """A thing that a person says of themselves, and whether it holds: `fixing cars`, or not: `math`."""

    text: str
    holds: bool


class Denials:
    """Parses words, and finds what denies something."""

    def __init__(self) -> None:
        self.nlp: Language = spacy.blank("en")
        self.find = Matcher(self.nlp.vocab)
        self.find.add("AGAINST", AGAINST)


class Statements:
    """Finds statements in a text."""

    def __init__(self) -> None:
        self._denials = Renewed(Denials)

    def of(self, text: str) -> list[Statement]:
        """The statements of a masked text, in order, at most six; none where nobody speaks of a person."""
        if not OWN.search(text):
            return []
        with self._denials() as denials:
            return self._of(denials, text)

    def _of(self, denials: Denials, text: str) -> list[Statement]:
        found, holds = [], True
        for clause, begins_anew in _clauses(denials.nlp(text)):
            against = bool(denials.find(clause)) and HOLDS_ALL_THE_SAME.search(clause.text) is None
            own = OWN.search(clause.text) is not None
            if against or own or begins_anew or ANEW.search(clause.text):
                holds = not against
            if len(clause) > 1 - (not own and bool(found)) and not ABOUT_THE_JOB.search(clause.text):
                found.append(Statement(clause.text.strip(), holds))
        return found[:MOST]


def _clauses(doc: Doc) -> Iterator[tuple[Span, bool]]:
    """The clauses of a text, and whether each begins a new feeling."""
    start, begins_anew = 0, True
    for token in doc:
        dash = token.text in DASHES and token.i > 0 and bool(doc[token.i - 1].whitespace_)
        if token.lower_ in ENDS or dash:
            if token.i > start:
                end = token.i + (token.text == "?")
                yield doc[start:end], begins_anew
            start, begins_anew = token.i + 1, token.lower_ in TURNS or token.text in SENTENCE_ENDS
    if start < len(doc):
        yield doc[start:], begins_anew
