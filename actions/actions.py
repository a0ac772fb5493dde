"""The actions that the rules name: each decides only which occupation and which question."""

from __future__ import annotations

import os
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.compose import Answer, compose
from actions.follow_up import FOLLOW_UPS, follow_up
from actions.question import Question, questions
from actions.render import Domain, buttons, sources, values
from actions.source import source_values
from actions.thread import Thread
from knowledge.base import KnowledgeBase

_knowledge: KnowledgeBase | None = None


def knowledge() -> KnowledgeBase:
    """The knowledge base of this process, opened when first asked for."""
    global _knowledge
    if _knowledge is None:
        _knowledge = KnowledgeBase(os.environ["DATABASE_URL"])
    return _knowledge


class ActionAnswer(Action):
    """Answers each question of a message from the documents, in order."""

    def name(self) -> str:
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        return answer_all(dispatcher, tracker, domain, questions(tracker.latest_message))


class ActionFollowUp(Action):
    """Answers what leans on the last answer."""

    def name(self) -> str:
        return "action_follow_up"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        return answer_all(dispatcher, tracker, domain, questions(tracker.latest_message))


class ActionStartOver(Action):
    """Forgets the occupation and the thread."""

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
        known = ", ".join(knowledge().occupation(each).title.lower() for each in knowledge().occupations())
        dispatcher.utter_message(response="utter_no_occupation", occupations=known)
        return []
    thread = Thread.of(tracker.get_slot("thread"))
    for number, question in enumerate(asked, 1):
        if question.kind == "source":
            dispatcher.utter_message(response="utter_source", **source_values(domain, knowledge().occupation(slug)))
            continue
        answer = (follow_up if question.intent in FOLLOW_UPS else compose)(knowledge(), slug, question, thread)
        say(dispatcher, domain, answer, channel=tracker.get_latest_input_channel(), last=number == len(asked))
        thread = thread.after(answer.kind, answer.facts, listed=answer.lists)
    return [SlotSet("occupation", slug), SlotSet("thread", thread.slot())]


def say(dispatcher: CollectingDispatcher, domain: Domain, answer: Answer, *, channel: str | None, last: bool) -> None:
    """Hand an answer to the domain's sentence; the buttons go under the last one."""
    offered = buttons(domain, answer.occupation, answer.next) if last else []
    dispatcher.utter_message(
        response=answer.response,
        buttons=offered,
        json_message={"kind": answer.kind, "sources": sources(answer)},
        **values(domain, answer, channel),
    )


def occupation_of(tracker: Tracker) -> str | None:
    """The occupation meant: the one named, else the conversation's, else the only one there is."""
    known = knowledge().occupations()
    slot: Any = tracker.get_slot("occupation")
    if slot in known:
        return slot
    return known[0] if len(known) == 1 else None
