"""The advisor within one process: what the trained model understands, the rules, the actions; no server, no store."""

from __future__ import annotations

import asyncio
import os
from functools import cache
from typing import Any

import yaml
from rasa.core.agent import Agent
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

import actions.actions
from bot.channels.conversation import EMPTY, LONGEST, TOO_LONG, clean, readable
from bot.settings import MODEL, ROOT

SLOT, RESET = "slot", "reset_slots"  # the events of actions that matter here


class InProcess:
    """Answers as the running advisor does; each message is understood once, however often it is asked."""

    def __init__(self, database_url: str) -> None:
        """Load the trained model, and open the knowledge base at a URL."""
        os.environ["DATABASE_URL"] = database_url
        self._agent = Agent.load(str(MODEL))
        self._loop = asyncio.new_event_loop()
        self._domain = _yaml("domain.yml")
        self._rules = {
            rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in _yaml("data/rules.yml")["rules"]
        }
        self._actions = {action.name(): action for action in _all_actions()}
        self._understood: dict[str, dict[str, Any]] = {}
        self._trackers: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {}
        knowledge = actions.actions.knowledge()
        knowledge.similarities = _once_each(knowledge.similarities)  # the same for all weights
        knowledge.match = _once_each(knowledge.match)
        knowledge.fingerprint = _once_each(knowledge.fingerprint)

    def ask(self, text: str, sender: str) -> list[str]:
        """The texts of the replies to a message."""
        message = self._understand(text)
        slots, events = self._trackers.setdefault(sender, ({name: None for name in self._domain["slots"]}, []))
        for entity in message.get("entities", []):
            if entity["entity"] in slots:
                slots[entity["entity"]] = entity["value"]
        events.append({"event": "user", "text": text, "parse_data": message, "input_channel": "rest"})
        action = self._rules[message["intent"]["name"]]
        if action in self._domain["responses"]:
            return [self._text({"response": action}, slots)]
        dispatcher = CollectingDispatcher()
        tracker = Tracker(sender, slots, message, events, False, None, {}, "action_listen")
        for event in self._actions[action].run(dispatcher, tracker, self._domain):
            if event["event"] == SLOT:
                slots[event["name"]] = event["value"]
            elif event["event"] == RESET:
                slots.update(dict.fromkeys(slots))
        return [self._text(said, slots) for said in dispatcher.messages]

    def _understand(self, text: str) -> dict[str, Any]:
        sent = clean(text)
        if len(text) > LONGEST or not readable(sent):
            intent = (TOO_LONG if len(text) > LONGEST else EMPTY).removeprefix("/")
            return {"text": sent, "intent": {"name": intent, "confidence": 1.0}, "entities": []}
        sent = sent.lstrip("/ ")
        if sent not in self._understood:
            self._understood[sent] = self._loop.run_until_complete(self._agent.parse_message(sent))
        return self._understood[sent]

    def _text(self, said: dict[str, Any], slots: dict[str, Any]) -> str:
        name = said.get("response")
        if not name:
            return said.get("text") or ""
        variants = [variant for variant in self._domain["responses"][name] if "channel" not in variant]
        return variants[0]["text"].format_map({**slots, **said})


def _all_actions() -> list[Action]:
    """An instance of every action that the action server would serve."""
    found, classes = [], [Action]
    while classes:
        for each in classes.pop().__subclasses__():
            classes.append(each)
            if each.__module__.startswith("actions"):
                found.append(each())
    return found


def _once_each(method: Any) -> Any:
    kept: dict[tuple, Any] = {}

    def remembered(*arguments: Any, **named: Any) -> Any:
        values = (*arguments, *sorted(named.items()))
        key = tuple(each.tobytes() if hasattr(each, "tobytes") else each for each in values)
        if key not in kept:
            kept[key] = method(*arguments, **named)
        return kept[key]

    return remembered


@cache
def _yaml(name: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
