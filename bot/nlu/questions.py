"""A masked text -> the questions in it, each with its kind, its vectors, and the clause that reports it."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from typing import Any

import numpy as np

from bot.nlu.indirect import Indirect
from bot.nlu.linker import MASK
from bot.nlu.statements import Statements
from knowledge.classifier import Classifier
from knowledge.encoder import Encoder
from knowledge.reader import ASKING, Does, Part, Reader

MOST_PARTS, MOST = 8, 6  # parts of a message that are looked at, and questions of it that are answered
FEW = 2  # questions of a message that may each be two, and parts that only tell something beside many questions
LONG = 600  # characters of a message that asks, from which no kind fits the whole of it
LONGEST, SHORTEST = 40, 8  # words of a part that are looked at: its last, since a sentence asks at its end
WORDS_IN_ALL = 180  # of the parts of a message: the more there are, the fewer words of each
OR_ELSE = re.compile(  # where a second question begins: "does he need college or is there an apprenticeship"
    r",? or (?=(?:is|are|do|does|can|could|will|would|should|must|has|have|what|how|where|when|who) \w+)", re.IGNORECASE
)
NAMED_LAST = re.compile(rf"\b{MASK}s?[\s,]{{,3}}(?:(?:and|or)[\s,]{{,3}})?$")  # before the next name of a list
NAMED_FIRST = re.compile(rf"[\s,]{{,3}}(?:(?:and|or)\s{{1,3}})?(?:(?:for|about|of|in|as|to) )?(?:the |an? )?{MASK}\b")
MATTER = (
    r"(?:pay|salary|salaries|wages?|earnings|money|outlook|growth|job market|openings|training|schooling|education|"
    r"hours|benefits|skills|duties)"
)
MATTERS = re.compile(  # “pay and outlook both”
    rf"(\b{MATTER}),? (?:and|&|plus) (?=(?:the )?{MATTER}(?: both| too| please| for (?:it|that|each|both))?\W*$)",
    re.IGNORECASE,
)
ONLY_MATTERS = re.compile(rf"^\W*(?:(?:{MATTER}|the|and|plus|&|both|too|please)[\s,?.!]*)+", re.IGNORECASE)
BOTH = re.compile(r" both\b", re.IGNORECASE)
OPENS = {"what", "how", "which", "where", "when", "who", "why"}
TURNED = {"do", "does", "did", "is", "are", "can", "could", "would", "will", "should"}  # behind them, in a question
WHICH = re.compile(  # how one begins that is taken for talk: “ok which one pays more and …”
    r"^(?:(?:ok|okay|so|and|well|but|also|then|cool|thanks) )+"
    r"(?:which (?:one|of|job|is|pays?|makes?)|how (?:much|many|long|often|hard)|what(?:'?s| is| are| do| does)) \w",
    re.IGNORECASE,
)
TRUE = (
    r"(?:(?:so|and|but|now) )?(?:is (?:that|this|it)|that'?s) (?:really |actually |even )?"
    r"(?:true|correct|accurate|right|a fact|normal|typical|usual|realistic|legit)\b(?:[ ,]+or\b[^?]*)?\W*$"
)
VOUCHED = re.compile(  # whether what somebody says is so: “my uncle says you need math. is that true or …”
    rf"(?<=\w)[\s,.;:!]+{TRUE}", re.IGNORECASE
)
VOUCHES = re.compile(rf"^\W*{TRUE}", re.IGNORECASE)  # where that is a part of its own
WORDS = re.compile(r"[^\W\d]")
AROUND = re.compile(r"^(?:\W|\d{1,2}[.)])+|[\s,;]+$")  # a list's numbers and marks, and what parts sentences
PURPOSE = re.compile(r"^\W*so (?:that )?(?:i|we|they|she|he) (?:can|could|know)\b", re.IGNORECASE)  # of what was asked
COUNTED = re.compile(  # how many things are wanted of what was asked
    r"(?:and )?(?:i )?(?:just |only )?(?:need|want|give me|name|list)(?: me)?(?: like| about| the top| top| maybe)? "
    r"(?:\d{1,2}|two|three|four|five|six)(?: of (?:them|those|these))?(?: please| pls| thx)?",
    re.IGNORECASE,
)
MEANT = re.compile(  # what was meant by what was asked: “…, I mean to start, not after twenty years”
    r"^\W*(?:i mean|meaning|as in|(?:but |and |just )?not)\b(?![^?]*\b(?:what|which|how|who|where|when|why|do|does|did|"
    r"is|are|can|could|will|would|should)\b)[^?]*$",
    re.IGNORECASE,
)
REFERS = re.compile(  # to what the person has just told of themselves
    r"\b(?:still|anyway|either|am i out)\b|\b(?:it|that|this|those|these|they|them)\b.{,40}\b(?:problem|matter|count|"
    r"possible|rule|stop|bad|ok|okay|enough|disqualif\w*|hurt|help|issue|bar|out|accept\w*|against|plus|useful|good|use|"
    r"line up)\b|\bis (?:he|she|that|it|this) (?:right|true)\b|"
    rf"^\W*(?:so |and |but )?(?:can|could) (?:i|he|she|we|they) (?:still )?(?:work|do|be|become)\b.{{,20}}{MASK}",
    re.IGNORECASE,
)
TALK = ("affirm", "deny", "thanks", "greet", "goodbye", "how_are_you", "opinion", "aside")
SMALL_TALK = (*TALK, "follow_verdict", "nlu_fallback")  # where it is short
FIT, COMPARISON = "ask_fit", "ask_comparison"
ASIDE = 5  # words of a part that is of no kind and asks nothing
DESCRIBES = -0.35  # from which a text tells what the workers of an occupation do, in place of its name
COMPARED = 0.5  # confidence from which it is said in what jobs are compared
SHORT = 15  # words of a message that may be one question though it looks like several
URGENT, SURELY = ("distress", "emergency"), 0.8  # confidence that outweighs what else a message asks


class Questions:
    """Finds the questions of a text, and what the person says of themselves."""

    def __init__(self, kinds: Classifier, encoder: Encoder, *, split_from: float, ranking: int) -> None:
        """`split_from`: confidence from which a part is a question of its own; `ranking`: how many kinds are named."""
        self._kinds = kinds
        self._encoder = encoder
        self._split_from = split_from
        self._ranking = ranking
        self._statements = Statements()
        self._indirect = Indirect()
        self._reader = Reader()

    def statements(self, text: str) -> list[dict[str, Any]]:
        """What the person says of themselves, with its vectors, for the match of a person and an occupation."""
        statements = self._statements.of(text)
        vectors = self._encoder.encode([statement.text for statement in statements])
        return [
            {"text": each.text, "holds": each.holds, "vector": _packed(vector)}
            for each, vector in zip(statements, vectors)
        ]

    def of(self, text: str) -> tuple[list[dict[str, Any]], list[str], str]:
        """The questions of a text, in order, each with what it does, and those that are too many, in their words.

        The whole text is the question where it asks nothing. Last, what of it tells what the workers of an occupation
        do, in place of its name; empty where nothing does.
        """
        parts = [part for part in self._reader.parts(text) if WORDS.search(text[part.start : part.end])]
        parts = _listed_together(text, parts)
        longest = max(SHORTEST, min(LONGEST, WORDS_IN_ALL // max(1, len(parts))))
        every = _asked(text, parts, longest)
        asked, left = dict([*every.items()][:MOST_PARTS]), [*every][MOST_PARTS:]
        told = [_end(text[part.start : part.end], longest).strip() for part in parts if part.does not in ASKING]
        at_once = [] if asked and len(text) > LONG else [text]
        two = {words: halves for words in asked if len(asked) <= FEW and (halves := _halves(words))}
        halves = [half for words in two.values() for half in words]
        kinds = self._classify([*at_once, *asked, *halves, *told[: max(FEW, MOST_PARTS - len(asked))]])
        whole, split = kinds.get(text), []
        for words, does in asked.items():
            of_it = [kinds[half] for half in two.get(words, ())]
            if len({each["intent"] for each in of_it}) > 1 and all(map(self._sure, of_it)):
                does = Does.whether if OR_ELSE.search(words) else does
                split += [{**each, "does": does.name} for each in of_it]
            else:
                does = Does.choice if OR_ELSE.search(words) and words in two else does  # neither yes nor no answers it
                split.append({**kinds[words], "does": does.name})
        urgent = [{**each, "does": Does.talk.name} for each in kinds.values() if self._is_urgent(each, beside=split)]
        if urgent:  # help comes first, whatever else is asked
            found = [urgent[0], *(each for each in split if each["intent"].startswith("ask_"))]
        elif not asked:
            found = [{**whole, "does": (parts[0].does if len(parts) == 1 else Does.talk).name}]
        elif whole and self._is_one(text, whole, split):
            found, left = [{**whole, "does": split[-1]["does"]}], []
        else:
            *_, match = [None, *(each for each in split if each["intent"] == FIT)]  # a person is matched once, last
            found = [each for each in split if each["intent"] != FIT or each is match]
            clear = any(map(self._sure, found))
            found = [each for each in found if not self._is_small(each, "?" in text, beside=clear)] or split[:1]
        unnamed = [each for each in kinds.values() if MASK not in each["text"]]  # a name needs no description beside it
        describing = max(unnamed, key=lambda each: each["describes"], default={"describes": -np.inf})
        description = describing["text"] if describing["describes"] >= DESCRIBES else ""
        told = [each for each in unnamed if description and each["describes"] >= DESCRIBES]
        found = [each for each in found if all(each["text"] != other["text"] for other in told)] or found
        return self._sent(found[:MOST]), [*(each["text"] for each in found[MOST:]), *left], description

    def _is_urgent(self, question: dict[str, Any], beside: list[dict[str, Any]]) -> bool:
        """Whether somebody needs help; who asks about a job beside may only tell that they lost one."""
        least = SURELY if question["intent"] == "distress" and beside else self._split_from
        return question["intent"] in URGENT and question["confidence"] >= least

    def _is_one(self, text: str, whole: dict[str, Any], split: list[dict[str, Any]]) -> bool:
        """Whether a message is clear as a whole and not in pieces: "I fixed our dryer. Is that anything?"."""
        if whole["intent"] == FIT and whole["confidence"] >= SURELY:
            asked = [each for each in split if each["intent"].startswith("ask_") and each["intent"] != FIT]
            return not any(map(self._sure, asked))
        if len(text.split()) > SHORT or text.count("?") > 1 or not self._sure(whole):
            return False
        of_a_part = any(each["intent"] == whole["intent"] and self._sure(each) for each in split)
        return not all(map(self._sure, split)) and not (len(split) > 1 and of_a_part)

    def _is_small(self, question: dict[str, Any], marked: bool, *, beside: bool) -> bool:
        """Whether what looks like a question beside others is small talk, a remark, or no sentence: "Entry level.".

        `marked`: the message marks its questions as such. `beside`: it asks something that is clear.
        """
        if question["intent"] in TALK and self._sure(question):
            return True
        states, short = question["text"].endswith("."), len(question["text"].split()) <= 3
        aside = not _asks(question["text"]) and len(question["text"].split()) <= ASIDE
        if aside and beside and not self._sure(question):
            return True  # "be straight with me"
        if states and marked and question["does"] == Does.whether.name and not self._sure(question):
            return True
        return short and (question["intent"] in SMALL_TALK or states)

    def _sure(self, question: dict[str, Any]) -> bool:
        return question["confidence"] >= self._split_from

    def _classify(self, texts: list[str]) -> dict[str, dict[str, Any]]:
        """Each text once, and what kinds of question it may be."""
        texts = list(dict.fromkeys(texts))
        vectors = self._encoder.encode(texts)
        found = self._kinds.all([text.lower() for text in texts], vectors)
        return {text: self._question(text, *each) for text, *each in zip(texts, vectors, *found)}

    def _question(
        self, text: str, vector: np.ndarray, kinds: np.ndarray, compared: np.ndarray, describes: float
    ) -> dict[str, Any]:
        best = np.argsort(-kinds)[: self._ranking]
        ranking = [{"name": self._kinds.labels[index], "confidence": round(float(kinds[index]), 4)} for index in best]
        first = ranking[0]
        return {
            "text": text,
            "intent": first["name"],
            "confidence": first["confidence"],
            "ranking": ranking,
            "compares": self._compared(compared) if first["name"] == COMPARISON else None,
            "describes": round(float(describes), 2),
            "vector": vector,
        }

    def _compared(self, kinds: np.ndarray) -> str | None:
        """The kind of question in which jobs are compared: "which pays more"; `None` where none is likely."""
        best = int(np.argmax(kinds))
        return self._kinds.labels[best] if kinds[best] >= COMPARED else None

    def _sent(self, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Questions with their vectors packed to travel."""
        return [{**question, "vector": _packed(question["vector"])} for question in questions]

    def reported(self, questions: list[tuple[str, str]]) -> list[str]:
        """What completes "it does not say …" for each question as it was written, with what it does; or nothing."""
        return self._indirect([(said, does == Does.whether.name) for said, does in questions])


def _listed_together(text: str, parts: list[Part]) -> list[Part]:
    """The parts of a text, of which none begins among names in a list: “what do cooks, | bakers and hosts earn”."""
    kept: list[Part] = []
    for part in parts:
        before = kept[-1] if kept else None
        if before and NAMED_LAST.search(text[: part.start]) and NAMED_FIRST.match(text[part.start :]):
            kept[-1] = Part(before.start, part.end, part.does if part.does in ASKING else before.does)
        else:
            kept.append(part)
    return kept


def _halves(words: str) -> list[str]:
    """The two questions that a part may hold: “do I need college or is there …”, “the pay and the outlook”."""
    if OR_ELSE.search(words):
        return OR_ELSE.split(words, maxsplit=1)
    found = MATTERS.search(words)
    return [words[: found.end(1)], BOTH.sub("", words[found.end() :])] if found else []


def _goes_on(words: str) -> bool:
    """Whether a part only adds to the question before it: “need like 3”, “I mean to start”, “pay and outlook both”."""
    counted = COUNTED.fullmatch(AROUND.sub("", words).rstrip(".! "))
    matters = MATTERS.search(words) and ONLY_MATTERS.fullmatch(words)
    return bool(counted or matters or MEANT.match(words))


def _asked(text: str, parts: list[Part], longest: int) -> dict[str, Does]:
    """The questions among the parts of a text, each once and the last words of it, and what each does.

    What a person tells of themselves belongs to the question behind it that refers to it: "I can't lift, is that bad".
    """
    asked: dict[str, Does] = {}
    start = None  # where what the next question refers to begins
    began = 0  # where the last question began
    parts = [_as_marked(part, text[part.start : part.end]) for part in parts]
    for number, part in enumerate(parts):
        words, following = text[part.start : part.end], parts[number + 1 : number + 2]
        refers = [each for each in following if each.does in ASKING and REFERS.search(text[each.start : each.end])]
        unfinished = part.does in ASKING and words.rstrip().endswith((",", "."))
        if refers and (part.does in (Does.person, Does.talk) or unfinished):
            start = part.start if start is None else start
        elif number and VOUCHES.match(words) and not _asks(claim := text[parts[number - 1].start : part.start]):
            asked[AROUND.sub("", _end(claim, longest)).rstrip(".! ")] = Does.whether
            start = None
        elif asked and _goes_on(words):
            _, does = asked.popitem()
            asked[AROUND.sub("", _end(text[began : part.end], longest))] = does
        elif part.does in ASKING and not (asked and PURPOSE.match(words)):
            began = part.start if start is None else start
            question = AROUND.sub("", _end(text[began : part.end], longest))
            stated = VOUCHED.sub("", question)
            vouched = stated != question and len(stated.split()) > FEW
            asked.setdefault(stated if vouched else question, Does.whether if vouched else part.does)
            start = None
        else:
            start = None
    return asked


def _asks(words: str) -> bool:
    """Whether a part is written as a question: it has the mark of one, or begins so."""
    first = re.search(r"[a-z']+", words.lower())
    return "?" in words or (first is not None and first[0] in OPENS | TURNED)


def _as_marked(part: Part, written: str) -> Part:
    """A part as an open question where its words or its mark say so, whatever is around: "ok wait what does …?"."""
    words = re.findall(r"[a-z']+", written.lower())
    asks = next((place for place, word in enumerate(words) if word in OPENS), len(words))
    turned = TURNED.intersection(words[asks + 1 : asks + 4])
    marked = written.rstrip().endswith("?") and len(words) > FEW and bool(turned)
    marked |= WHICH.match(AROUND.sub("", written)) is not None
    return replace(part, does=Does.open) if marked and part.does not in ASKING else part


def _end(part: str, longest: int) -> str:
    """The last words of a part that has more than are looked at, else the part."""
    words = [word.start() for word in re.finditer(r"\S+", part)]
    return part[words[-longest] :] if len(words) > longest else part


def _packed(vector: np.ndarray) -> str:
    return base64.b64encode(vector.astype(np.float16).tobytes()).decode("ascii")
