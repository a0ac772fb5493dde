"""Which occupation a message means, what is asked back where its name fits several, and how that is put right."""

from __future__ import annotations

import json
import re
from typing import Any

from rasa_sdk import Tracker

from actions.pay import states
from actions.question import Question
from actions.render import Domain, a_job, phrase, plain
from knowledge.base import KnowledgeBase
from knowledge.model import Aspect, Occupation
from knowledge.words import Words

OCCUPATION, SEVERAL = "occupation", "several"  # entities: a name of one occupation that is held, and one of several
CORRECTS = re.compile(  # that another one was meant than the one that was taken
    r"\bi (?:mean|meant)\b(?!,)|\b(?:other|another|different) (?:one|kind|sort|type)\b(?! of)|"
    r"\b(?:not|isn'?t|wasn'?t) (?:that|this|those|what i meant|the) ?(?:one|kind)?\b|"
    r"^\W*(?:no|nope|wrong)\b(?=\s*(?:[,.!]|$|not\b|i mean))",
    re.IGNORECASE,
)
WHICH = "which"  # the kind of the reply that asks which one is meant
CHOICES = 4  # that are offered
DESCRIBES = re.compile(  # "the person who fixes elevators", "people that stuff animals", "the job where you …"
    r"\b(?:person|people|guys?|lad(?:y|ies)|m[ae]n|wom[ae]n|someone|somebody|folks|workers?|ones?|those)\b[^.?!]{0,40}?"
    r"\b(?:who|that|whose|\w+ing)\b|\b(?:job|career|trade|work|occupation) (?:where|in which|that)\b",
    re.IGNORECASE,
)
POINTS = re.compile(r"\b(?:this|it|its|here|these|that job|the job)\b", re.IGNORECASE)  # to what is talked of
UNTIL = re.compile(r"[,;.?!\n]")  # what ends a description
NEAR, CLOSE = 0.44, 0.1  # cosine from which a description is known, and within which others may be meant as well
BESIDE = 12  # characters beside a name: "the first one,", "I meant"
LIKE_THIS = re.compile(r"\b(?:similar|like (?:this|that|it)|related|close to (?:this|that|it))\b", re.IGNORECASE)
TELLING = re.compile(  # words by which a name may be meant, where they are spoken of so
    r"(?i:\b(?:the|those|these|about|mean|meant|for|is|are|do|does|would|than|and|or|vs) )"
    r"(?=([^\W\d_]{5,}\b|[A-Z]{2}\b))"
)
STEM = 5  # letters by which words are one
LITTLE = re.compile(r"\b\w{1,3}\b")  # words that say little
FIRST = 140  # characters of what tells occupations apart
NAMED = 5  # occupations that are named where it says what is held


def meant(knowledge: KnowledgeBase, message: dict[str, Any], tracker: Tracker) -> str | None:
    """The occupation meant: the one named, else the conversation's, else the owner's where there is only one."""
    named = [each["value"] for each in message.get("entities") or [] if each["entity"] == OCCUPATION]
    slot: Any = named[-1] if named else tracker.get_slot("occupation")
    if slot and knowledge.holds(slot):
        return slot
    own = knowledge.occupations()
    return own[0] if len(own) == 1 else None


def with_held(knowledge: KnowledgeBase, message: dict[str, Any]) -> dict[str, Any]:
    """A message without the occupations that are no longer held, whose names were found a moment ago."""
    entities = []
    for each in message.get("entities") or []:
        if each["entity"] in (OCCUPATION, SEVERAL):
            value = " ".join(slug for slug in each["value"].split() if knowledge.holds(slug))
            entities += [{**each, "value": value}] if value else []
        else:
            entities.append(each)
    return {**message, "entities": entities}


def several(knowledge: KnowledgeBase, message: dict[str, Any]) -> list[str]:
    """The occupations that the name in a message may mean; empty where it is clear, or there is none."""
    entities = message.get("entities") or []
    if any(each["entity"] == OCCUPATION for each in entities):
        return []
    found = [slug for each in entities if each["entity"] == SEVERAL for slug in each["value"].split()]
    fitting = [slug for slug in dict.fromkeys(found) if knowledge.holds(slug)]
    within = {code for slug in fitting for code in knowledge.occupation(slug).codes if code != slug}
    return [slug for slug in fitting if slug not in within][:CHOICES]  # a group is told of with all that belong to it


def unknown(message: dict[str, Any]) -> str:
    """The name in a message that is of no occupation, though a part of it is of several; empty where there is none."""
    for each in message.get("entities") or []:
        if each["entity"] == SEVERAL and each.get("unknown"):
            return plain(message["text"][each["start"] : each["end"]])
    return ""


def described(knowledge: KnowledgeBase, message: dict[str, Any], asked: list[Question]) -> list[str]:
    """The occupations that a message may mean which describes one without a name; empty where it does not.

    One alone where it is much nearer than all others.
    """
    text = message.get("text") or ""
    description = DESCRIBES.search(text)
    if not description or message.get("entities") or POINTS.search(text) or asked[0].vector is None:
        return []
    if knowledge.imported() is None:
        return []
    best = knowledge.described(UNTIL.split(text[description.start() :])[0])[:CHOICES]
    return [slug for slug, score in best if score >= max(NEAR, best[0][1] - CLOSE)]


def is_only_a_name(message: dict[str, Any]) -> bool:
    """Whether a message says little more than the name of an occupation."""
    entities = [each for each in message.get("entities") or [] if each["entity"] == OCCUPATION and "start" in each]
    beside = len(message.get("text") or "") - sum(each["end"] - each["start"] for each in entities)
    return bool(entities) and beside <= BESIDE


def introduced(occupation: Occupation, message: dict[str, Any]) -> dict[str, str]:
    """The sentence that says of whom is told, with its values: whom a name was taken to mean, or among whom it is."""
    slug = occupation.slug
    named = next((each for each in message.get("entities") or [] if each["value"] == slug and "start" in each), {})
    if not named:
        return {"response": "utter_about", "a_job": a_job(occupation)}
    words = plain(message["text"][named["start"] : named["end"]])
    among = named.get("alternate") and not named.get("others") and not _is_within(words, occupation.title)
    how = "_likeliest" if named.get("close") else "_among" if among else ""
    return {"response": f"utter_about{how}", "a_job": a_job(occupation), "named": words}


def _is_within(words: str, title: str) -> bool:
    """Whether a title says all that some words say: “civil engineering technician”."""
    told = {word[:STEM] for word in re.findall(r"\w+", title.lower())}
    return {word[:STEM] for word in re.findall(r"\w+", words.lower())} <= told


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
    """A message in which one word that names an occupation means the one talked of that is called so: “the mechanic”.

    Another one that is itself called so keeps it, unless that is only the likeliest of several.
    """
    titles = {slug: set(_singular(knowledge.occupation(slug).title)) for slug in recent}
    entities = []
    for each in message["entities"]:
        words = _singular(message["text"][each["start"] : each["end"]]) if "start" in each else []
        bearing = [slug for slug, title in titles.items() if len(words) == 1 and words[0] in title]
        if each["entity"] in (OCCUPATION, SEVERAL) and len(bearing) == 1 and each["value"] not in recent:
            named = _singular(knowledge.occupation(each["value"].split()[0]).title)
            if each["entity"] == SEVERAL or each.get("close") or words[0] not in named:
                each = {**each, "entity": OCCUPATION, "value": bearing[0], "close": False, "others": []}
        entities.append(each)
    return {**message, "entities": entities}


def _singular(text: str) -> list[str]:
    return [word.removesuffix("s") for word in re.findall(r"[^\W\d_]+", text.lower())]


def like_one(tracker: Tracker, question: Question) -> bool:
    """Whether jobs are asked for that are like one, which is named or talked of: “what else can a clerk become”."""
    text, entities = tracker.latest_message.get("text") or "", tracker.latest_message.get("entities") or []
    places = [(each["start"], each["end"]) for each in entities if each["entity"] == OCCUPATION and "start" in each]
    named = any(text[start:end] in question.said for start, end in places)
    return named or bool(tracker.get_slot("recent") and LIKE_THIS.search(question.text))


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
    shared = Words([f"{each.title}. {_told(each)}" for each in occupations]).shared(wanted)
    if shared.max() > 0 and (shared == shared.max()).sum() == 1:
        return [slugs[int(shared.argmax())]]
    return slugs


def also_fitting(knowledge: KnowledgeBase, message: dict[str, Any]) -> tuple[list[str], bool]:
    """The occupations that a name in a message may also mean, and whether some are so likely that they are offered."""
    entities = [each for each in message.get("entities") or [] if each["entity"] == OCCUPATION]
    found = [slug for each in entities for slug in each.get("others") or []]
    fitting = [slug for slug in dict.fromkeys(found) if knowledge.holds(slug)][:CHOICES]
    return fitting, bool(fitting) and any(each.get("close") for each in entities)


def choices(knowledge: KnowledgeBase, domain: Domain, slugs: list[str]) -> tuple[str, list[dict[str, str]]]:
    """What tells occupations apart, a line each, and a button for each."""
    occupations = [knowledge.occupation(slug) for slug in slugs]
    told = "\n".join(phrase(domain, "utter_choice", title=each.title, overview=_overview(each)) for each in occupations)
    return told, [{"title": each.title, "payload": _payload(each.slug)} for each in occupations]


def held(knowledge: KnowledgeBase, domain: Domain) -> str:
    """The occupations that the knowledge base holds, the first few of the owner's by name."""
    slugs = knowledge.occupations()
    named = ", ".join(knowledge.occupation(each).title.lower() for each in slugs[:NAMED])
    catalogue = knowledge.imported()
    more = max(len(slugs) - NAMED, 0) + (len(catalogue) if catalogue else 0)
    return phrase(domain, "utter_held_more", occupations=named, more=f"{more:,}") if more else named


def _told(occupation: Occupation) -> str:
    own = [fact.text for fact in occupation.facts if fact.aspect is Aspect.overview and fact.group is None]
    return own[0] if own else ""


def _overview(occupation: Occupation) -> str:
    told = _told(occupation)
    return told if len(told) <= FIRST else told[:FIRST].rsplit(" ", 1)[0] + " …"


def _payload(slug: str) -> str:
    return f"/signal_choose{json.dumps({'occupation': slug})}"
