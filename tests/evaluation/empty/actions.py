"""The empty bot's action."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher


class ActionFixed(Action):
    """Says one fixed text."""

    def name(self) -> str:
        return "action_fixed"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        dispatcher.utter_message(text="This is all that I can say.")
        return []
