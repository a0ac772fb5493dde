"""Careers of which the knowledge base may hold nothing, known from a list or named like those on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.nlu.linker import WORD, Linker, Mention

BACKGROUND = re.compile(  # before a career that somebody has, had, or compares with
    r"(?:\b(?:there(?:'?s)?|(?:is|are) there|have|has|see|report to|i'?m|i am|he'?s|she'?s|was|were|been|"
    r"(?:my|his|her|our) [\w' -]{0,30}?(?:'s| is| was)|"
    r"work(?:s|ed|ing)? as|used to be|years? (?:as|of|in)|former|ex|retired|currently|after|from|than|"
    r"like|vs\.?|versus|or|between|to|"
    r"(?:my|his|her|our)(?: \w+)?|with|by)\b[\s,-]*(?:(?:an?|the|being an?)\s*)?)$",
    re.IGNORECASE,
)
ASKED = re.compile(  # before a career that is asked about
    r"(?:^|[^\w\s'-]|\b(?:an?|the|do|does|did|are|is|about|for|of|be|become|becoming|being|can|could|would|will|should|and|"
    r"many|much|on|what|how|how'?s|any|most|instead|then|other|as))\s*$",
    re.IGNORECASE,
)
NAMED = re.compile(  # "how do I become a diplomat": what stands there is a career, whether any list has it or not
    r"\b(?:becom(?:e|ing)|(?:work(?:ing)?|career|job|train(?:ing)?|life) as) an? "
    r"((?:[a-z][\w-]{1,30} ){0,2}?[a-z][\w-]{3,30})(?=$|[.?!,;:)\n]|\s(?:in|at|for|with|without|if|and|or|when|after|"
    r"before|while|because|but|so|as|from|by|on|near|where|who|that|now|here|too|actually|really|do|does|is|are|make|"
    r"makes|pay)\b)",
    re.IGNORECASE,
)
NO_CAREERS = {  # what else one may become
    "apprentice", "beginner", "better", "boss", "citizen", "expert", "great", "leader", "lead", "master", "member",
    "millionaire", "part", "partner", "person", "professional", "senior", "specialist", "student", "success",
    "successful", "supervisor", "team", "trainee", "volunteer", "woman", "worker", "employee", "certified", "licensed",
    "qualified", "good", "full", "real", "one", "candidate", "burden", "problem", "habit", "parent",
    "felon", "minor", "veteran", "immigrant", "foreigner", "dropout", "routine", "hobby", "grind", "journeyman",
    "career", "manager", "resident", "graduate", "adult", "mother", "father", "teenager", "freelancer", "contractor",
}  # fmt: skip
MODIFIERS = 2  # words before the last one of a name that no list holds
NO_HEADS = {"guide", "guard", "model", "host", "page"}  # which name things too: "safety guard"
NO_MODIFIERS = {  # words that may stand before the last word of a name, and are no part of one
    "a", "an", "the", "this", "that", "these", "those", "my", "your", "our", "his", "her", "their", "its", "some",
    "any", "between", "difference", "thats", "that's", "whats", "what's", "many", "much", "most", "all", "other",
    "others", "another", "each", "every", "no", "what", "which", "whose", "how", "do", "does", "did", "is", "are",
    "was", "were", "be", "been", "being", "am", "can", "could", "would", "will", "should", "must", "may", "might", "of",
    "for", "to", "in", "on", "at", "as", "by", "with", "from", "about", "like", "than", "and", "or", "but", "so", "if",
    "when", "while", "where", "who", "become", "becoming", "becomes", "hire", "hires", "need", "needs", "want", "wants",
    "good", "great", "better", "best", "new", "old", "young", "real", "actual", "senior", "junior", "lead", "chief",
    "head", "experienced", "certified", "entry-level", "level", "first", "second", "next", "last", "same", "only",
    "just", "more", "less", "few", "several", "two", "three", "older", "younger", "typical", "average", "female",
    "male", "foreign", "fellow", "retired", "former", "i", "you", "we", "they", "he", "she", "it", "not", "get", "gets",
    "make", "makes", "pay", "pays", "im", "i'm", "ive", "fine", "ok", "okay", "hey", "yo", "lol", "thanks",
}  # fmt: skip


class Careers:
    """Finds careers of which the knowledge base may hold nothing, where a text asks about one of them."""

    def __init__(self, names: list[str]) -> None:
        """Index `names`, in the singular; what ends as they do, “warehouse associate”, is taken for a name too."""
        self._linker = Linker([(name, name) for name in names], misspelt=False)
        self._heads = {name.split()[-1].lower() for name in names} - NO_HEADS

    def asked_about(self, text: str, *, any_name: bool = False) -> list[Mention]:
        """The careers that a text asks about, not those that somebody has or had.

        `any_name`: also those of which no list has the name, where it can be nothing else: “become a diplomat”.
        """
        like = list(self._like_names(text))
        known = [each for each in self._linker.mentions(text) if not any(each.overlaps(one) for one in like)]
        unlisted = _named(text) if any_name else ()
        known += [each for each in unlisted if not any(each.overlaps(one) for one in [*like, *known])]
        found = sorted([*known, *like], key=lambda mention: mention.start)
        return [mention for mention in found if _asked(text[: mention.start], text[mention.end :])]

    def _like_names(self, text: str) -> Iterator[Mention]:
        words = list(WORD.finditer(text))
        for place, word in enumerate(words):
            last = word[0].lower()
            if last.removesuffix("s") not in self._heads and last not in self._heads:
                continue
            first = place
            while first > 0 and place - first < MODIFIERS and _modifies(text, words[first - 1], words[first]):
                first -= 1
            if first < place:
                name = text[words[first].start() : word.end()]
                yield Mention(words[first].start(), word.end(), name.lower(), name)


def _named(text: str) -> Iterator[Mention]:
    for found in NAMED.finditer(text):
        words = found[1].lower().split()
        if not NO_CAREERS & {words[-1], words[0]} and words[-1] not in NO_MODIFIERS:
            yield Mention(found.start(1), found.end(1), found[1].lower(), found[1])


def _modifies(text: str, word: re.Match[str], following: re.Match[str]) -> bool:
    """Whether a word may belong to a name that goes on with another: “warehouse” of “warehouse associate”."""
    return text[word.end() : following.start()] == " " and word[0].lower() not in NO_MODIFIERS


def _asked(before: str, after: str) -> bool:
    """Whether a career between two texts is asked about: not "I was a nurse", not "machinist's mate"."""
    return bool(ASKED.search(before)) and not BACKGROUND.search(before) and not after.startswith(("'", "’", "-"))
