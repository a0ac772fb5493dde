"""Which occupation a message means, and what is asked back where its name fits several."""

from __future__ import annotations

import json
import re
from typing import Any

from actions.render import Domain, a_job, phrase, place_of, plain, sources_of
from knowledge.base import KnowledgeBase
from knowledge.model import Aspect, Fact, Occupation

OCCUPATION, SEVERAL = "occupation", "several"  # entities: a name of one occupation that is held, and one of several
OWN_JOB = "own_job"  # the entity of what somebody is or was, who asks about something else
WHICH = "which"  # the kind of the reply that asks which one is meant
CHOICES = 4  # that are offered
POINTS = re.compile(r"\b(?:this|it|its|here|these|that job|the job)\b", re.IGNORECASE)  # to what is talked of
CLOSE = 0.15  # nearness to a description within which others than the nearest may be meant
BESIDE = 12  # characters beside a name: "the first one,", "I meant"
STEM = 5  # letters by which words are one
FIRST = 140  # characters of what tells occupations apart
NAMED = 12  # occupations that are named where it says what is held


def meant(knowledge: KnowledgeBase, message: dict[str, Any], talked: str | None) -> str | None:
    """The occupation meant: the one named, else the one `talked` of, else the owner's where there is only one."""
    named = [each["value"] for each in message.get("entities") or [] if each["entity"] == OCCUPATION]
    slot: Any = named[-1] if named else talked
    if slot and knowledge.holds(slot):
        return slot
    own = knowledge.occupations()
    return own[0] if len(own) == 1 else None


def with_held(knowledge: KnowledgeBase, message: dict[str, Any]) -> dict[str, Any]:
    """A message without the occupations that are no longer held, whose names were found a moment ago."""
    entities = []
    for each in message.get("entities") or []:
        if each["entity"] in (OCCUPATION, SEVERAL, OWN_JOB):
            value = " ".join(slug for slug in each["value"].split() if knowledge.holds(slug))
            entities += [{**each, "value": value}] if value else []
        else:
            entities.append(each)
    return {**message, "entities": entities}


def of_own_job(message: dict[str, Any]) -> dict[str, Any]:
    """A message that asks about what the person is or was."""
    entities = [{**each, "entity": OCCUPATION} if each["entity"] == OWN_JOB else each for each in message["entities"]]
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


def described(knowledge: KnowledgeBase, message: dict[str, Any]) -> list[str]:
    """The occupations that a message may mean which tells what their workers do; empty where it tells no such thing.

    One alone where it is much nearer than all others.
    """
    description = message.get("description") or ""
    if not description or message.get("entities") or POINTS.search(description) or knowledge.imported() is None:
        return []
    best = knowledge.described(description)[:CHOICES]
    return [slug for slug, nearness in best if nearness >= best[0][1] - CLOSE]


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
    head = words.split()[-1] if words.split() else words  # a "semi truck driver" is one of the drivers
    does = head.endswith("ing")  # "nursing" is what they do, and nobody among them
    among = not does and named.get("alternate") and not named.get("others") and not _is_within(head, occupation.title)
    begins = words.lower().removesuffix("s") == occupation.title.split(",")[0].lower().removesuffix("s")
    how = "_likeliest" if named.get("close") and not begins else "_among" if among else ""
    return {"response": f"utter_about{how}", "a_job": a_job(occupation), "named": words}


def _is_within(words: str, title: str) -> bool:
    """Whether a title says what some words say, in one form or another: “technician”."""
    told = {word[:STEM] for word in re.findall(r"\w+", title.lower())}
    return {word[:STEM] for word in re.findall(r"\w+", words.lower())} <= told


def choices(
    knowledge: KnowledgeBase, domain: Domain, slugs: list[str], channel: str | None
) -> tuple[dict[str, str], list[dict[str, str]], list[dict[str, Any]]]:
    """What tells occupations apart, a line each, and where that stands; a button for each; and the sources."""
    occupations = [knowledge.occupation(slug) for slug in slugs]
    told = "\n".join(phrase(domain, "utter_choice", title=each.title, overview=_overview(each)) for each in occupations)
    quoted = [(each, fact) for each in occupations if (fact := what_it_is(each)) is not None]
    offered = [choose(each.slug, each.title) for each in occupations]
    return {"choices": told, "source": place_of(domain, quoted, channel)}, offered, sources_of(quoted)


def held(knowledge: KnowledgeBase, domain: Domain) -> str:
    """The occupations that the knowledge base holds, the first few of the owner's by name."""
    slugs = knowledge.occupations()
    named = ", ".join(knowledge.occupation(each).title.lower() for each in slugs[:NAMED])
    catalogue = knowledge.imported()
    more = max(len(slugs) - NAMED, 0) + (len(catalogue) if catalogue else 0)
    return phrase(domain, "utter_held_more", occupations=named, more=f"{more:,}") if more else named


def what_it_is(occupation: Occupation) -> Fact | None:
    """The first that is said of what an occupation is; `None` where only its group is described."""
    own = (fact for fact in occupation.facts if fact.aspect is Aspect.overview and fact.group is None)
    return next(own, None)


def told_of_it(occupation: Occupation) -> str:
    """The same in words; empty where there are none."""
    fact = what_it_is(occupation)
    return fact.text if fact else ""


def _overview(occupation: Occupation) -> str:
    told = told_of_it(occupation)
    return told if len(told) <= FIRST else told[:FIRST].rsplit(" ", 1)[0] + " …"


def choose(slug: str, title: str) -> dict[str, str]:
    """The button that chooses an occupation."""
    return {"title": title, "payload": f"/signal_choose{json.dumps({'occupation': slug})}"}
