"""The actions that the rules name."""

from __future__ import annotations

import os
import threading

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.leave_form import left_off
from actions.question import questions
from actions.render import Domain
from actions.reply import Reply
from actions.voice import FORGETTING, Voice
from knowledge.base import KnowledgeBase

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
        events = Reply(knowledge(), dispatcher, tracker, domain).answer(questions(tracker.latest_message))
        forgetting = any((said.get("custom") or {}).get("kind") == FORGETTING for said in dispatcher.messages)
        # whether to forget it all goes before leaving a question: the next yes is meant for that
        return [*events, *(left_off() if forgetting and tracker.active_loop else ())]


class ActionHuman(Action):
    """Says where people are to be reached."""

    def name(self) -> str:
        return "action_human"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        Voice(knowledge(), dispatcher, tracker, domain).human()
        return []


class ActionChoose(Action):
    """Answers what was asked before it was said which occupation is meant."""

    def name(self) -> str:
        return "action_choose"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        reply = Reply(knowledge(), dispatcher, tracker, domain)
        others = [slug for slug in tracker.get_slot("others") or [] if knowledge().holds(slug)]
        if not tracker.latest_message.get("entities") and others:  # the button “Another kind”
            return reply.ask_which(others, tracker.get_slot("pending"))
        return reply.answer(reply.pending())


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
        return [AllSlotsReset(), *left_off()]
