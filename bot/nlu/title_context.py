"""What is around words that may name an occupation: “a cook earns”, “how do I cook”; and whose occupation it is."""

from __future__ import annotations

import re

from bot.nlu.title_patterns import (
    ABOUT,
    ACTIVITY,
    ALONE,
    ANY,
    AS_VERB,
    ASIDE,
    BEING,
    DESCRIBED,
    DONE,
    END,
    FOR_LIVING,
    FRAME,
    GOING_ON,
    HARD,
    LEVELS,
    LIKE,
    LIVING,
    LOOSE_FRAME,
    NAME,
    NOT_FRAME,
    NOT_WORK,
    OF_LEARNING,
    OF_WORK,
    OWNED,
    PAST,
    SENTENCE,
    SUBJECT,
    WORK_OF,
)

BEFORE, AFTER = 70, 40  # characters before and after a name that say how it is meant


class Context:
    """Where a name stands in a text: what is before it and after it, in lower case."""

    def __init__(self, text: str, start: int, end: int) -> None:
        before = re.sub(r"[^\S\n]+", " ", text[max(0, start - BEFORE) : start].lower().replace("’", "'"))
        self.before = re.sub(rf"(?:\b{LEVELS}[\s-]+)+$", "", before)
        self.after = text[end : end + AFTER].lower().replace("’", "'")
        self.ends = bool(END.match(self.after))
        self.whole = self.ends and start <= BEFORE and bool(ALONE.match(self.before))
        self.goes_on = self.ends or bool(GOING_ON.match(self.after))
        self.joined = self.after.startswith("-")

    @property
    def at_work(self) -> bool:
        """Whether it is spoken of as somebody who works, whatever the word."""
        if self.joined:
            return False
        if BEING.search(self.before) and LIKE.match(self.after):
            return True
        if not self.goes_on:
            return False
        if FRAME.search(self.before) and not NOT_FRAME.search(self.before):
            return True
        return bool(WORK_OF.search(self.before) or (SUBJECT.search(self.before) and DONE.match(self.after)))

    @property
    def certain(self) -> bool:
        """Whether even a word as common as “first” is meant as one who works."""
        return self.at_work and not LOOSE_FRAME.search(self.before)

    @property
    def described(self) -> bool:
        """Whether it is spoken of as somebody who works, of a kind: “where does an eye doctor work”."""
        return bool(DESCRIBED.search(self.before)) and (self.ends or bool(DONE.match(self.after)))

    def named(self, *, plural: bool) -> bool:
        """Whether a word that is no common one names an occupation: also alone, before “salary”, or in the plural."""
        if self.at_work or self.whole or self.begins:
            return True
        if self.of_work:
            return True
        return plural and self.goes_on and bool(SENTENCE.search(self.before) or self.ends and ABOUT.search(self.before))

    @property
    def of_work(self) -> bool:
        """Whether what is behind it is had only by those who work: “guides salary”."""
        return bool(OF_WORK.match(self.after) and not NOT_WORK.search(self.before))

    @property
    def introduced(self) -> bool:
        """Whether the words before it lead to a name, or it begins the text."""
        return bool(NAME.search(self.before))

    def told(self, *, plural: bool) -> bool:
        """Whether something is told of any of those who are called so."""
        if self.joined or NOT_FRAME.search(self.before):
            return False
        return bool(DONE.match(self.after)) if plural else self.goes_on and bool(ANY.search(self.before))

    def done(self, *, ordinary: bool) -> bool:
        """Whether an activity is spoken of as work: “get into welding”, not “cooking at home”."""
        if self.joined or OWNED.search(self.before):
            return False
        if FOR_LIVING.match(self.after) or self.goes_on and LIVING.search(self.before):
            return True
        if ordinary:
            return False
        return self.whole or self.begins or self.learnt or self.goes_on and bool(ACTIVITY.search(self.before))

    @property
    def compared(self) -> bool:
        """Whether it is for whom something is, or like whom: “is that just for artists”."""
        return bool(ASIDE.search(self.before)) and not WORK_OF.search(self.before)

    @property
    def begins(self) -> bool:
        """Whether a text that asks what it is like begins with it: “is HR a good career”."""
        return bool(HARD.match(self.after) and ALONE.match(self.before))

    @property
    def learnt(self) -> bool:
        """Whether it is spoken of as something to be learnt: “PT school”."""
        return bool(OF_LEARNING.match(self.after))

    @property
    def as_verb(self) -> bool:
        """Whether it is what somebody does: “how do I engineer that”."""
        return bool(AS_VERB.search(self.before))

    @property
    def past(self) -> bool:
        """Whether it is what somebody is or was, and not what is asked about."""
        return bool(PAST.search(self.before))
