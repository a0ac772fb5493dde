"""The form in which somebody leaves a question for people: begun, filled, and handed to the channel that sends it."""

from __future__ import annotations

import os
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.about import RETENTION
from actions.human import can_leave, owner_of, receiver
from actions.leaving import (
    COVER,
    LONGEST,
    asks_between,
    confirms,
    is_covered,
    is_of_another,
    is_urgent,
    reach_in,
    stops,
)
from actions.render import Domain, phrase, plain

FORM = "leave_form"
QUESTION, REACH, SURE, REQUESTED = "left_question", "left_reach", "left_sure", "requested_slot"
EMPTY = {QUESTION: None, REACH: None, SURE: None, REQUESTED: None}
STOP = {SURE: False}  # what is filled in where somebody leaves no question after all


def left_off() -> list[EventType]:
    """The events that end the form, whatever is filled in."""
    return [ActiveLoop(None), *(SlotSet(name, None) for name in EMPTY)]


class ActionLeave(Action):
    """Says what will be sent to whom, and begins the form."""

    def name(self) -> str:
        return "action_leave"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        owner, channel = owner_of(tracker), tracker.get_latest_input_channel()
        if not can_leave(owner):
            dispatcher.utter_message(response="utter_leave_nobody")
            return left_off()
        dispatcher.utter_message(response="utter_leave_notice", receiver=receiver(domain, owner, channel))
        return [FollowupAction(FORM)]  # whoever ended a form has emptied it


class ValidateLeaveForm(FormValidationAction):
    """Finds in each message what the form asks for; a message that holds nothing of it is answered as any other."""

    def name(self) -> str:
        return f"validate_{FORM}"

    def extract_left_question(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> dict[str, Any]:
        message = tracker.latest_message
        if tracker.get_slot(REQUESTED) != QUESTION:
            return {}
        if stops(message, asked=False):
            return STOP
        return {} if is_of_another(message) else {QUESTION: message["text"]}

    def extract_left_reach(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> dict[str, Any]:
        message, requested = tracker.latest_message, tracker.get_slot(REQUESTED)
        if requested not in (REACH, SURE):
            return {}
        found = reach_in(message["text"])
        if requested == SURE:  # put right before it is sent
            return {REACH: found} if found and not message["text"].endswith("?") else {}
        if found and not message["text"].startswith("/"):
            return {REACH: found}
        if stops(message, asked=False):
            return STOP
        return {REACH: ""} if is_covered(message) or not asks_between(message) else {}

    def extract_left_sure(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> dict[str, Any]:
        message = tracker.latest_message
        if tracker.get_slot(REQUESTED) != SURE:
            return {}
        if stops(message, asked=True):
            return STOP
        return {SURE: True} if confirms(message) else {}

    def validate_left_question(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> dict[str, Any]:
        if len(value) > LONGEST:
            dispatcher.utter_message(
                response="utter_leave_question_long", number=f"{len(value):,}", most=f"{LONGEST:,}"
            )
            return {QUESTION: None}
        if COVER in value:
            dispatcher.utter_message(response="utter_covered")
        return {QUESTION: value}

    def validate_left_reach(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> dict[str, Any]:
        if not value:
            covered = "covered" if is_covered(tracker.latest_message) else "unclear"
            dispatcher.utter_message(response=f"utter_leave_reach_{covered}")
        return {REACH: value or None}

    def validate_left_sure(
        self, value: bool, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> dict[str, Any]:
        return {SURE: True} if value else dict(EMPTY)


class ActionAskSure(Action):
    """Shows what would be sent, and asks whether it is to be."""

    def name(self) -> str:
        return f"action_ask_{FORM}_{SURE}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        payloads = {"button_send": "/affirm", "button_cancel": "/deny"}
        dispatcher.utter_message(
            response=f"utter_ask_{FORM}_{SURE}",
            buttons=[{"title": phrase(domain, name), "payload": payload} for name, payload in payloads.items()],
            receiver=receiver(domain, owner_of(tracker), tracker.get_latest_input_channel()),
            question=plain(tracker.get_slot(QUESTION)),
            reach=tracker.get_slot(REACH),
            retention=os.environ.get("ADVISOR_RETENTION") or RETENTION,
        )
        return []


class ActionSendLeft(Action):
    """Hands the question to the channel, which sends it and says how that went; or says that nothing is sent."""

    def name(self) -> str:
        return "action_send_left"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        question, reach, sure = (tracker.get_slot(name) for name in (QUESTION, REACH, SURE))
        if sure and question and reach:
            left = {"kind": "leave", "question": question, "reach": reach}
            dispatcher.utter_message(response="utter_leave_sending", json_message=left)
        elif is_urgent(tracker.latest_message):
            dispatcher.utter_message(response=f"utter_{tracker.latest_message['intent']['name']}")
        else:
            dispatcher.utter_message(response="utter_leave_cancelled")
        return [SlotSet(name, None) for name in EMPTY]
