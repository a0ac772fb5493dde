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
from actions.compose import says_nothing
from actions.decide import decide, other_careers
from actions.fit import Fit
from actions.follow_up import FOLLOW_UPS, again
from actions.question import Question, questions
from actions.render import Domain, buttons, buttons_yes_no, phrase, sources, unheld, values
from actions.thread import Thread
from knowledge.base import KnowledgeBase

FORGETTING = "forgetting"  # the kind of the reply that asks whether one wants to be forgotten
NAMED = 5  # occupations that are named where it says what is held
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
    slug = occupation_of(tracker)
    if slug is None:
        dispatcher.utter_message(response="utter_no_occupation", occupations=_held(domain))
        return []
    build = f"{slug} {knowledge().built()}"
    thread, fit = Thread.of(tracker.get_slot("thread"), build), Fit.of(tracker.get_slot("fit"), build)
    pending = fit.pending if _said_last(tracker) == "fit" else None
    fit.pending = None  # whatever is said next, what was asked back is asked once
    if _said_last(tracker) == FORGETTING and asked[0].kind in ("affirm", "deny"):
        return _forget(dispatcher, sure=asked[0].kind == "affirm")
    if COVER in (tracker.latest_message.get("text") or ""):
        dispatcher.utter_message(response="utter_covered")
    said: list[Answer | str] = []
    for number, question in enumerate(asked, 1):
        others = other_careers(tracker.latest_message, question, knowledge().occupation(slug))
        if others is not None:
            career = unheld(domain, others)
            dispatcher.utter_message(response="utter_unknown_occupation", career=career, occupations=_held(domain))
            continue
        answer = decide(knowledge(), slug, tracker.latest_message, question, thread, fit, pending)
        if answer in said:  # two questions of a message that have one answer
            continue
        beside = said or number < len(asked)
        if beside and "?" not in question.text and says_nothing(answer):  # a remark beside a question
            continue
        before = {place for each in said if isinstance(each, Answer) for place in each.facts}
        left = {each.missing for each in said if isinstance(each, Answer)}
        if isinstance(answer, Answer) and answer.repeats(before, left):  # what stands in this reply already
            continue
        said.append(answer)
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
        told = again(answer) if thread.has_just(answer) and question.intent not in FOLLOW_UPS else answer
        say(dispatcher, domain, told, channel=tracker.get_latest_input_channel(), last=number == len(asked))
        likely = [kind.removeprefix("ask_") for kind in question.kinds][1:4]
        thread = thread.after(answer, likely)
    left = tracker.latest_message.get("left")
    if left:
        dispatcher.utter_message(response="utter_left", questions="\n".join(f"- “{question}”" for question in left))
    return [SlotSet("occupation", slug), SlotSet("thread", thread.slot()), SlotSet("fit", fit.slot())]


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
    return about(domain, response, knowledge().occupation(slug), _held(domain), before, os.environ)


def say(dispatcher: CollectingDispatcher, domain: Domain, answer: Answer, *, channel: str | None, last: bool) -> None:
    """Hand an answer to the domain's sentence; the buttons go under the last one."""
    offered = buttons(domain, answer) if last else []
    dispatcher.utter_message(
        response=answer.response,
        buttons=offered,
        json_message={"kind": answer.kind, "sources": sources(answer)},
        **values(domain, answer, channel),
    )


def _held(domain: Domain) -> str:
    """The occupations that the knowledge base holds, the first few by name."""
    slugs = knowledge().occupations()
    named = ", ".join(knowledge().occupation(each).title.lower() for each in slugs[:NAMED])
    more = len(slugs) - NAMED
    return phrase(domain, "utter_held_more", occupations=named, more=more) if more > 0 else named


def occupation_of(tracker: Tracker) -> str | None:
    """The occupation meant: the one named, else the conversation's, else the only one there is."""
    known = knowledge().occupations()
    slot: Any = tracker.get_slot("occupation")
    if slot in known:
        return slot
    return known[0] if len(known) == 1 else None
