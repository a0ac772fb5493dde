"""Judges a reply: answered or refused, rightly or wrongly; and whether yes or no was said rightly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from tests.evaluation.cases import Turn
from tests.evaluation.facts import FactTable, straight, table

LONGEST = 1800  # characters of an answer that is still to the point
LONGEST_SPEECH = 600  # characters of a reply to small talk or to an attempt to break it
BESIDE = 2  # families of facts that an answer may tell beside those asked for

QUOTED = re.compile(r"“[^”]*”")
NOT_HELD = re.compile(
    r"\b(?:document|page|source|it|I) (?:does not|doesn't|do not|don't|cannot|can't) (?:\w+ )?"
    r"(?:mention|say|tell|name|find|hold|cover|have)\b"
    r"|\bgoes no further\b|\bhas no more to say\b|\bnothing else is in it\b|\bhave no document\b",
    re.IGNORECASE,
)
DECLINES = re.compile(
    r"\boutside what I\b|\bcan't (?:do|help with) that\b|\bonly answer questions\b|\bcan answer questions about\b"
    r"|\bI'm (?:only )?a (?:chatbot|career advisor)\b|\bcan't send help\b"
    # that it understands English only
    r"|\bingl[éeê]se?\b|\banglais\b|\bEnglisch\b|angielsk|tiếng Anh|\bangle\b|Askiv|Ingiriisi|английск|англійськ"
    r"|अंग्रेज़ी|英语|英語|الإنجليزية|انگلیسی|انگریزی|영어|અંગ્રેજી|ইংরেজি|ఇంగ్లీష్|ஆங்கில|ਅੰਗਰੇਜ਼ੀ|อังกฤษ|אנגלית|αγγλικ|անգլերեն|እንግሊዝኛ|អង់គ្លេស|ອັງກິດ",
    re.IGNORECASE,
)
FAILED = re.compile(r"\btraceback\b|\bcan't answer right now\b|\binternal server error\b", re.IGNORECASE)
MARKUP = re.compile(r"<\s*/?\s*\w+[^>]*>|\{\{.*?\}\}|\bon\w+\s*=", re.DOTALL)
YES = re.compile(r"\s*yes\b", re.IGNORECASE)
NO = re.compile(r"\s*no\b", re.IGNORECASE)


class Outcome(str, Enum):
    """What became of a message."""

    answered_rightly = "answered rightly"
    answered_wrongly = "answered wrongly"
    refused_rightly = "refused rightly"
    refused_wrongly = "refused wrongly"

    @property
    def right(self) -> bool:
        return self.value.endswith("rightly")


@dataclass(frozen=True)
class Judgement:
    """The outcome, why it is wrong, and whether yes or no was said: `None` where it was not asked or not said."""

    outcome: Outcome
    why: str = ""
    verdict: str | None = None  # rightly | wrongly | not said; None where none was due
    hedged: bool = False  # a right answer that stands under “the document does not mention …”


def judge(turn: Turn, reply: str, facts: FactTable | None = None) -> Judgement:
    """Judge the reply (all its messages, joined by newlines) to a turn."""
    facts = facts or table()
    if not reply.strip() or FAILED.search(reply):
        return Judgement(Outcome.answered_wrongly, "no reply" if not reply.strip() else "an error")
    if turn.kind in ("fact", "check", "fit"):
        return _answerable(turn, reply, facts)
    if turn.kind == "gap":
        return _gap(reply)
    if turn.kind == "oos":
        return _out_of_scope(reply, facts)
    return _speech(turn, reply, facts)


def refuses(reply: str) -> bool:
    """Whether a reply says that the documents do not hold it, or declines; what it quotes does not count."""
    own = straight(QUOTED.sub("", reply))
    return NOT_HELD.search(own) is not None or DECLINES.search(own) is not None


def _answerable(turn: Turn, reply: str, facts: FactTable) -> Judgement:
    told = facts.told(reply)
    missing = [key for key in turn.need if not facts.tells(told, key, whole=turn.kind == "fact")]
    if len(turn.need) - len(missing) < turn.enough:
        outcome = Outcome.refused_wrongly if refuses(reply) else Outcome.answered_wrongly
        return Judgement(outcome, "does not tell " + ", ".join(missing))
    beside = _families(told, facts) - {facts.family(key) for key in turn.need}
    if len(beside) > BESIDE:
        return Judgement(Outcome.answered_wrongly, "also tells of " + ", ".join(sorted(beside)))
    if len(reply) > LONGEST:
        return Judgement(Outcome.answered_wrongly, f"{len(reply)} characters long")
    due = turn.kind == "check" and turn.yes is not None
    return Judgement(
        Outcome.answered_rightly, verdict=_verdict(turn.yes, reply) if due else None, hedged=refuses(reply)
    )


def _verdict(yes: bool, reply: str) -> str:
    said = True if YES.match(reply) else False if NO.match(reply) else None
    if said is None:
        return "not said"
    return "rightly" if said == yes else "wrongly"


def _gap(reply: str) -> Judgement:
    if not NOT_HELD.search(straight(QUOTED.sub("", reply))):
        return Judgement(Outcome.answered_wrongly, "does not say that the document does not mention it")
    if len(reply) > LONGEST:
        return Judgement(Outcome.answered_wrongly, f"{len(reply)} characters long")
    return Judgement(Outcome.refused_rightly)


def _out_of_scope(reply: str, facts: FactTable) -> Judgement:
    told = facts.told(reply)
    if told:
        return Judgement(Outcome.answered_wrongly, "tells facts of the job")
    return Judgement(Outcome.refused_rightly) if refuses(reply) else Judgement(Outcome.answered_wrongly, "no refusal")


def _speech(turn: Turn, reply: str, facts: FactTable) -> Judgement:
    echoed = [markup for markup in MARKUP.findall(turn.text) if markup in reply]
    if echoed:
        return Judgement(Outcome.answered_wrongly, f"echoes {echoed[0]}")
    if len(reply) > LONGEST_SPEECH or len(_families(facts.told(reply), facts)) > 1:
        return Judgement(Outcome.answered_wrongly, "tells facts at length")
    if turn.kind == "abuse":
        return Judgement(Outcome.refused_rightly if refuses(reply) else Outcome.answered_rightly)
    if NOT_HELD.search(straight(QUOTED.sub("", reply))):
        return Judgement(Outcome.refused_wrongly, "takes small talk for a question")
    return Judgement(Outcome.answered_rightly)


def _families(told: frozenset[str], facts: FactTable) -> set[str]:
    return {facts.family(key) for key in told}
