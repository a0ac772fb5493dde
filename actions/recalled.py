"""What a conversation remembers of occupations: the one meant by a word of its name, or in place of another."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker

from actions.browse import FIELD
from actions.pay import states
from actions.question import Question
from actions.which import CHOICES, OCCUPATION, OWN_JOB, SEVERAL, STEM, of_own_job, told_of_it
from knowledge.base import KnowledgeBase
from knowledge.words import Words

CORRECTS = re.compile(  # that another one was meant than the one that was taken
    r"\bi (?:mean|meant)\b(?!,)|\b(?:other|another|different) (?:one|kind|sort|type)\b(?! of)|"
    r"\b(?:not|isn'?t|wasn'?t) (?:that|this|those|what i meant|the) ?(?:one|kind)?\b|"
    r"^\W*(?:no|nope|wrong)\b(?=\s*(?:[,.!]|$|not\b|i mean))",
    re.IGNORECASE,
)
LIKE_THIS = re.compile(
    r"\b(?:similar|like (?:this|that|it)|related|close to (?:this|that|it)|neighbou?ring|adjacent|"
    r"same (?:kind of )?skills)\b",
    re.IGNORECASE,
)
ECHOED = re.compile(r"^s?\s*\?+(?=\s)")  # behind a name that is only said again: "physician?? no. what about …"
TELLING = re.compile(  # words by which a name may be meant, where they are spoken of so
    r"(?i:\b(?:the|those|these|about|mean|meant|for|is|are|do|does|would|than|and|or|vs) )"
    r"(?=([^\W\d_]{5,}\b|[A-Z]{2}\b))"
)
THAT = re.compile(r"\b(?:that|this|these|those)\s+$", re.IGNORECASE)  # before a word for what is talked of
DO_THAT = re.compile(  # what somebody else is: "my aunt is an adjuster and says I should do that"
    r"\b(?:i|me|he|she|they) (?:should|could|to|might|ought to|can)\b[^.?!]{0,12}\b(?:do|try|be|become|get into) "
    r"(?:that|it|this|the same|one)\b|"
    r"\b(?:should|could|can) (?:i|he|she|they) (?:do|try|be|become) (?:that|it|one|too)\b",
    re.IGNORECASE,
)
THAN = re.compile(r"\bthan\s+(?:an?\s+|the\s+)?$", re.IGNORECASE)
REFUSED = re.compile(  # behind a name that was offered: "Compensation specialist? lol no."
    r"^s?\s*\?+\s*(?:(?:lol|haha|um+|oh|god|hell|well|ew)[\s,]+)*(?:no|nope|nah|not)\b", re.IGNORECASE
)
NOT = re.compile(r"\b(?:not|no to|no)\s+(?:an?\s+|the\s+|to\s+)?$", re.IGNORECASE)  # before one: "I said NOT childcare"
BESIDES = re.compile(  # before a name that is left out: "what could she do besides being a vet"
    r"\b(?:besides|other than|apart from|aside from|anything but|except(?: for)?) "
    r"(?:being |becoming )?(?:an? )?$",
    re.IGNORECASE,
)
LITTLE = re.compile(r"\b\w{1,3}\b")  # words that say little


def recalled(knowledge: KnowledgeBase, message: dict[str, Any], recent: list[str]) -> str | None:
    """Of the occupations talked of, the one that a message means by a word of its name: “I asked about the assistants”.

    A word counts that no other of them has; `None` where the message names an occupation, or has no such word.
    """
    named = any(each["entity"] in (OCCUPATION, SEVERAL) for each in message.get("entities") or [])
    if named or len(recent) < 2:
        return None
    names = {slug: _words_of(knowledge.occupation(slug).title) for slug in recent}
    for word in reversed(TELLING.findall(message.get("text") or "")):
        if states(word):  # "in MA"
            continue
        bearing = [slug for slug, name in names.items() if (word if word.isupper() else word[:STEM].lower()) in name]
        if len(bearing) == 1:
            return bearing[0]
    return None


def _words_of(title: str) -> set[str]:
    """The words by which a name is meant, and its first initials: HR."""
    words = re.findall(r"[^\W\d_]+", title)
    return {word[:STEM].lower() for word in words if len(word) >= STEM} | {"".join(word[0] for word in words[:2])}


def as_talked_of(knowledge: KnowledgeBase, message: dict[str, Any], recent: list[str]) -> dict[str, Any]:
    """A message in which words that name an occupation mean the one talked of that is called so: “the mechanic”.

    Another one that is itself called so keeps it, unless that is only the likeliest of several. What something is only
    said to be more or less than (“a little more than cleaning”) is not meant where an occupation was talked of; nor is
    what is refused beside one that is not.
    """
    titles = {slug: set(_singular(knowledge.occupation(slug).title)) for slug in recent}
    entities = []
    for each in message["entities"]:
        words = _singular(message["text"][each["start"] : each["end"]]) if "start" in each else []
        if words and _is_passed_over(message, each, recent):
            continue
        bearing = [slug for slug, title in titles.items() if words and title.issuperset(words)]
        if each["entity"] in (OCCUPATION, SEVERAL) and len(bearing) == 1 and each["value"] not in recent:
            named = _singular(knowledge.occupation(each["value"].split()[0]).title)
            that = THAT.search(message["text"][: each["start"]]) is not None  # "that inspector job"
            if that or each["entity"] == SEVERAL or each.get("close") or not set(words) <= set(named):
                each = {**each, "entity": OCCUPATION, "value": bearing[0], "close": False, "others": []}
        elif each["entity"] == SEVERAL and words and titles:
            beside = _beside_one(knowledge, words, next(iter(titles.values())))
            each = {**each, "entity": OCCUPATION, "value": beside, "others": []} if beside else each
        entities.append(each)
    if any(each["entity"] == OWN_JOB for each in entities) and DO_THAT.search(message["text"]):
        return of_own_job({**message, "entities": entities})
    return {**message, "entities": entities}


def _beside_one(knowledge: KnowledgeBase, words: list[str], talked: set[str]) -> str | None:
    """The one occupation called so whose name has a long word of that talked of: “helper” beside electricians."""
    catalogue, long = knowledge.imported(), {word for word in talked if len(word) > STEM}
    names = {slug: set(_singular(name)) for slug, name in catalogue.names.items()} if catalogue else {}
    found = [slug for slug, name in names.items() if name.issuperset(words) and name & long]
    return found[0] if len(found) == 1 else None


def _is_passed_over(message: dict[str, Any], entity: dict[str, Any], recent: list[str]) -> bool:
    """Whether a name in a message is not of what it asks about: one that something is more than, or that is refused."""
    before, after = message["text"][: entity["start"]], message["text"][entity["end"] :]
    if BESIDES.search(before):
        return True
    if recent and THAN.search(before):
        return not _is_asked(message, entity)
    others = [each for each in message["entities"] if each["entity"] in (OCCUPATION, SEVERAL) and each is not entity]
    echoed = ECHOED.match(after) is not None and not re.search(r"\w\s*$", before)  # a sentence of its own
    refused = echoed or REFUSED.search(after) is not None or NOT.search(before) is not None
    return refused and any(each["value"] != entity["value"] for each in others)


def _is_asked(message: dict[str, Any], entity: dict[str, Any]) -> bool:
    """Whether a part of a message that asks names an occupation that the message names."""
    name = message["text"][entity["start"] : entity["end"]]
    asking = [each for each in message.get("questions") or [] if each.get("does") not in ("talk", "person")]
    return any(name in (question.get("said") or "") for question in asking)


def _singular(text: str) -> list[str]:
    return [word.removesuffix("s") for word in re.findall(r"[^\W\d_]+", text.lower())]


def like_one(message: dict[str, Any], question: Question, *, talked: bool) -> bool:
    """Whether jobs are asked for that are like one: one that is named (“what else can a clerk become”), that the person
    has or had and names no field beside, or that is `talked` of."""
    text = message["text"]
    entities = [each for each in message["entities"] if each["entity"] == OCCUPATION]
    named = any(text[each["start"] : each["end"]] in question.said for each in entities if "start" in each)
    own = any(each.get("past") or each["entity"] == OWN_JOB for each in message["entities"])
    own = own and not FIELD.search(text)
    return named or own or (talked and LIKE_THIS.search(question.text) is not None)


def others_meant(knowledge: KnowledgeBase, tracker: Tracker) -> list[str]:
    """The occupations among which a message looks for the one that it meant before; empty where it looks for none.

    One alone where the message has words of what it is called or of what it is, and of no other: "I meant in films".
    """
    message = tracker.latest_message
    slugs = [slug for slug in tracker.get_slot("others") or [] if knowledge.holds(slug)]
    text = message.get("text") or ""
    if not slugs or not CORRECTS.search(text) or any(each["entity"] == OCCUPATION for each in message["entities"]):
        return []
    occupations = [knowledge.occupation(slug) for slug in slugs]
    wanted = LITTLE.sub(" ", CORRECTS.sub(" ", text))
    shared = Words([f"{each.title}. {told_of_it(each)}" for each in occupations]).shared(wanted)
    if shared.max() > 0 and (shared == shared.max()).sum() == 1:
        return [slugs[int(shared.argmax())]]
    return slugs


def also_fitting(knowledge: KnowledgeBase, message: dict[str, Any]) -> tuple[list[str], bool]:
    """The occupations that a name in a message may also mean, and whether some are so likely that they are offered."""
    entities = [each for each in message.get("entities") or [] if each["entity"] == OCCUPATION]
    found = [slug for each in entities for slug in each.get("others") or []]
    fitting = [slug for slug in dict.fromkeys(found) if knowledge.holds(slug)][:CHOICES]
    return fitting, bool(fitting) and any(each.get("close") for each in entities)
