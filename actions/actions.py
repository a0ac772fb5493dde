"""The actions that the rules name: each decides only which occupation and which question."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.about import about
from actions.answer import GAP, Answer
from actions.browse import browse, of_field, suggest
from actions.compose import SURE, is_fragment, is_remark
from actions.decide import OTHER_CAREER, decide, other_careers
from actions.fit import Fit
from actions.follow_up import FOLLOW_UPS, again
from actions.parts import Talk, by_occupation, named_together, of_places, only_names
from actions.pay import as_pay
from actions.question import PREFIX, Question, questions
from actions.recalled import also_fitting, as_talked_of, like_one, others_meant, recalled
from actions.render import Domain, buttons, buttons_yes_no, sources, unheld, values
from actions.thread import Thread
from actions.which import (
    CHOICES,
    WHICH,
    choices,
    described,
    held,
    introduced,
    is_only_a_name,
    meant,
    several,
    unknown,
    with_held,
)
from knowledge.base import KnowledgeBase

FORGETTING = "forgetting"  # the kind of the reply that asks whether one wants to be forgotten
CAREERS, SUGGESTIONS = "ask_careers", "ask_suggestions"
SURELY = 0.8  # confidence from which a question is no correction
RECENT = 4  # occupations that a conversation remembers
COVER = "•••"  # stands where somebody typed a number that nobody should type here
_knowledge: KnowledgeBase | None = None
_opening = threading.Lock()


def knowledge() -> KnowledgeBase:
    """The knowledge base of this process, opened when first asked for."""
    global _knowledge
    with _opening:
        if _knowledge is None:
            _knowledge = KnowledgeBase(os.environ["DATABASE_URL"])
    return _knowledge


def prepare() -> None:
    """Read and learn ahead of the first question; the action server is ready when this is done."""
    knowledge().warm()


class ActionAnswer(Action):
    """Answers each question of a message, in order: from the documents, from what was last said, or as talk."""

    def name(self) -> str:
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        return answer_all(dispatcher, tracker, domain, questions(tracker.latest_message))


class ActionChoose(Action):
    """Answers what was asked before it was said which occupation is meant."""

    def name(self) -> str:
        return "action_choose"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        others = [slug for slug in tracker.get_slot("others") or [] if knowledge().holds(slug)]
        if not tracker.latest_message.get("entities") and others:  # the button “Another kind”
            return _ask_which(dispatcher, domain, others, tracker.get_slot("pending"))
        return answer_all(dispatcher, tracker, domain, _pending(tracker))


class ActionOtherLanguage(Action):
    """Says in a message's own language that the advisor speaks English only."""

    def name(self) -> str:
        return "action_other_language"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        dispatcher.utter_message(response=f"utter_english_only_{tracker.latest_message['language']}")
        return []


class ActionStartOver(Action):
    """Forgets the occupation, the thread and the person."""

    def name(self) -> str:
        return "action_start_over"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        dispatcher.utter_message(response="utter_start_over")
        return [AllSlotsReset()]


def answer_all(
    dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain, asked: list[Question]
) -> list[EventType]:
    """Answer questions in order, about the occupation of the conversation, and remember what was said."""
    if _said_last(tracker) == FORGETTING and asked[0].kind in ("affirm", "deny"):
        return _forget(dispatcher, sure=asked[0].kind == "affirm")
    recent = [each for each in tracker.get_slot("recent") or [] if knowledge().holds(each)]
    message = as_talked_of(knowledge(), with_held(knowledge(), tracker.latest_message), recent)
    asked = _looked_around(dispatcher, tracker, domain, message, asked)
    if not asked:
        return []
    surely_asks = asked[0].intent.startswith(PREFIX) and asked[0].confidence >= SURELY
    corrected = [] if surely_asks or _said_last(tracker) == "fit" else others_meant(knowledge(), tracker)
    fitting = corrected or several(knowledge(), message) or described(knowledge(), message)
    fitting = fitting or _in_field(message, asked[0])
    if len(fitting) > 1:
        waiting = tracker.get_slot("pending") if corrected else message.get("questions")
        return _ask_which(dispatcher, domain, fitting, waiting, unknown(message))
    slug = fitting[0] if fitting else recalled(knowledge(), message, recent) or meant(knowledge(), message, tracker)
    if slug is None:
        dispatcher.utter_message(response="utter_no_occupation", occupations=held(knowledge(), domain))
        return []
    chosen = corrected or (_said_last(tracker) == WHICH and is_only_a_name(message))
    if chosen:
        asked = _pending(tracker)
    elif only_names(message, asked):  # "no, not the pharmacist, the technician"
        asked = [Question("", PREFIX + ((tracker.get_slot("thread") or {}).get("kind") or "overview"), 1.0)]
    others, offered = also_fitting(knowledge(), message)
    if (tracker.get_slot("thread") or {}).get("kind") == "pay":
        asked = [as_pay(each) for each in asked]
    groups = by_occupation(message, asked, _talk(tracker, slug, recent, goes_on=not corrected))
    groups, where = of_places(groups, tracker.get_slot("where"))
    events: list[EventType] = []
    for named, some in groups[:-1]:
        _answer_about(dispatcher, tracker, domain, some, named, every=asked, offers=(), named=True)
    named, some = groups[-1]
    offers = ("next", "another") if offered else ("next",)
    events = _answer_about(dispatcher, tracker, domain, some, named, every=asked, offers=offers, named=len(groups) > 1)
    if left := message.get("left"):
        dispatcher.utter_message(response="utter_left", questions="\n".join(f"- “{question}”" for question in left))
    kept = tracker.get_slot("pending") if _said_last(tracker) == WHICH and not chosen else None
    waiting = message.get("questions") if others else kept
    recent = list(dict.fromkeys([*(each for each, _ in reversed(groups)), *recent]))[:RECENT]
    remembered = {"others": others, "pending": waiting, "together": named_together(groups), "recent": recent}
    remembered["where"] = where
    return [*events, *(SlotSet(name, value) for name, value in remembered.items())]


def _talk(tracker: Tracker, slug: str, recent: list[str], *, goes_on: bool) -> Talk:
    """What the conversation was about; `goes_on`: that is not what was put right just now."""
    own, kind = knowledge().occupations(), (tracker.get_slot("thread") or {}).get("kind")
    before = recent[0] if recent else own[0] if len(own) == 1 else None
    together = tuple(each for each in tracker.get_slot("together") or [] if knowledge().holds(each))
    return Talk(slug, before, together, tuple(recent), kind) if goes_on else Talk(slug, before)


def _looked_around(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    domain: Domain,
    message: dict[str, Any],
    asked: list[Question],
) -> list[Question]:
    """Say which occupations there are, or whose work is near to what a person tells, and what is left to answer then.

    What is like an occupation that is named or talked of, its own sources say.
    """
    least = SURE if message.get("entities") or tracker.get_slot("recent") else 0.0
    looking = [each for each in asked if each.intent in (CAREERS, SUGGESTIONS) and each.confidence >= least]
    if not looking:
        return asked
    first = looking[0]
    others = [each for each in asked if each is not first and each.intent.startswith(PREFIX)]
    if knowledge().imported() is None:
        return [replace(first, intent=CAREERS), *others]
    if like_one(tracker, first):
        return [Question("", "ask_related", 1.0), *others]
    if first.intent == CAREERS:
        told, offered = browse(knowledge(), domain, message, first.text)
        dispatcher.utter_message(response="utter_careers_shelf", told=told, buttons=offered)
    else:
        told, offered = suggest(knowledge(), domain, message["text"])
        dispatcher.utter_message(response="utter_suggestions", choices=told, buttons=offered)
    return others


def _in_field(message: dict[str, Any], question: Question) -> list[str]:
    """The occupations of a field that is asked about in place of one: “a career in logistics”."""
    catalogue = knowledge().imported()
    if question.intent != OTHER_CAREER or message.get("entities") or catalogue is None:
        return []
    return of_field(catalogue, question.text)[:CHOICES]


def _ask_which(
    dispatcher: CollectingDispatcher,
    domain: Domain,
    slugs: list[str],
    waiting: list[dict[str, Any]] | None,
    name: str = "",
) -> list[EventType]:
    """Ask which of some occupations is meant; what was asked waits for that. `name`: one that no source knows."""
    told, offered = choices(knowledge(), domain, slugs)
    how = {"response": "utter_which_unknown", "named": name} if name else {"response": "utter_which"}
    dispatcher.utter_message(**how, choices=told, buttons=offered, json_message={"kind": WHICH})
    return [SlotSet("pending", waiting), SlotSet("others", [])]


def _answer_about(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    domain: Domain,
    asked: list[Question],
    slug: str,
    *,
    every: list[Question],
    offers: tuple[str, ...],
    named: bool,
) -> list[EventType]:
    """Answer some questions about one occupation, of `every` question of the message.

    `offers`: what buttons there are, what may be asked `next` and `another` kind of the same name; `named`: it is
    said which occupation it is, whatever was talked of before.
    """
    build = f"{slug} {knowledge().built()}"
    occupation = knowledge().occupation(slug)
    of_another = named or (occupation.imported and (tracker.get_slot("thread") or {}).get("about") != build)
    heading = [introduced(occupation, tracker.latest_message)] if of_another else []
    thread, fit = Thread.of(tracker.get_slot("thread"), build), Fit.of(tracker.get_slot("fit"), build)
    pending = fit.pending if _said_last(tracker) == "fit" else None
    fit.pending = None  # whatever is said next, what was asked back is asked once
    if COVER in (tracker.latest_message.get("text") or ""):
        dispatcher.utter_message(response="utter_covered")
    said: list[Answer | str] = []
    for number, question in enumerate(asked, 1):
        if occupation.imported and question.intent == OTHER_CAREER:  # "what about welders?"
            kind = (tracker.get_slot("thread") or {}).get("kind") or "overview"
            question = Question("", PREFIX + kind, 1.0, where=question.where)
        others = other_careers(tracker.latest_message, question, knowledge().occupation(slug))
        if others is not None:
            _begin(dispatcher, heading)
            career = unheld(domain, others)
            here = held(knowledge(), domain)
            dispatcher.utter_message(response="utter_unknown_occupation", career=career, occupations=here)
            continue
        if question.intent in (CAREERS, SUGGESTIONS):  # unsure, or a second one
            if len(asked) > 1 and occupation.imported:
                continue
            question = replace(question, intent=CAREERS)
        answer = decide(knowledge(), slug, tracker.latest_message, question, thread, fit, pending)
        if answer in said or any(isinstance(each, Answer) and each.says_as_much_as(answer) for each in said):
            continue  # two questions of a message that have one answer
        beside = said or len(every) > 1
        if beside and (is_fragment(question, answer) or is_remark(question, answer, every)):
            continue
        if beside and isinstance(answer, Answer) and answer.response == "utter_nothing_yet":
            continue
        before = {place for each in said if isinstance(each, Answer) for place in each.facts}
        left = {each.missing for each in said if isinstance(each, Answer)}
        if isinstance(answer, Answer) and answer.repeats(before, left):  # what stands in this reply already
            continue
        if isinstance(answer, Answer) and occupation.imported and not answer.missing:  # nothing is quoted twice
            answer = replace(answer, facts=[place for place in answer.facts if place not in before] or answer.facts)
        said.append(answer)
        _begin(dispatcher, heading)
        if isinstance(answer, str):
            asks_back = answer == "utter_forget_me" and tracker.get_latest_input_channel() != "slack"
            dispatcher.utter_message(
                response=answer,
                buttons=buttons_yes_no(domain) if asks_back else [],
                json_message={"kind": FORGETTING} if asks_back else {},
                **_sayings(domain, slug, answer, tracker),
            )
            continue
        if answer.missing and before.issuperset(answer.facts):  # what stands in this reply already
            answer = replace(answer, response=GAP, facts=[])
        repeats = not occupation.imported and thread.has_just(answer) and question.intent not in FOLLOW_UPS
        told = again(answer) if repeats else answer
        say(dispatcher, domain, told, tracker.get_latest_input_channel(), offers if number == len(asked) else ())
        likely = [kind.removeprefix("ask_") for kind in question.kinds][1:4]
        thread = thread.after(answer, likely)
    remembered = {"occupation": slug, "thread": thread.slot(), "fit": fit.slot()}
    return [SlotSet(name, value) for name, value in remembered.items()]


def _begin(dispatcher: CollectingDispatcher, heading: list[dict[str, str]]) -> None:
    """Say of which occupation is told, before the first that is told of it."""
    while heading:
        dispatcher.utter_message(**heading.pop())


def _pending(tracker: Tracker) -> list[Question]:
    """The questions that wait for an occupation; what it is, where there are none."""
    waiting = tracker.get_slot("pending")
    return questions({"questions": waiting} if waiting else {"intent": {"name": "ask_overview"}})


def _forget(dispatcher: CollectingDispatcher, *, sure: bool) -> list[EventType]:
    """Let the channel delete what was said, once the person is sure."""
    if not sure:
        dispatcher.utter_message(response="utter_forget_not")
        return []
    dispatcher.utter_message(json_message={"kind": "forget"})
    return [AllSlotsReset()]


def _said_last(tracker: Tracker) -> str | None:
    """The kind of the answer that the person read last; `None` where it was talk."""
    said = next((event for event in reversed(tracker.events) if event["event"] == "bot"), {})
    return ((said.get("data") or {}).get("custom") or {}).get("kind")


def _sayings(domain: Domain, slug: str, response: str, tracker: Tracker) -> dict[str, Any]:
    """The values that a sentence of our own holds."""
    said = [event["text"] for event in tracker.events if event["event"] == "user" and event.get("text")]
    before = said[-2] if len(said) > 1 else "…"
    return about(domain, response, knowledge().occupation(slug), held(knowledge(), domain), before, os.environ)


def say(
    dispatcher: CollectingDispatcher, domain: Domain, answer: Answer, channel: str | None, offers: tuple[str, ...]
) -> None:
    """Hand an answer to the domain's sentence, with the buttons that it offers."""
    offered = buttons(domain, answer, another="another" in offers) if offers else []
    dispatcher.utter_message(
        response=answer.response,
        buttons=offered,
        json_message={"kind": answer.kind, "sources": sources(answer)},
        **values(domain, answer, channel),
    )
