"""The advisor's voice: sentences of the domain, with their values, sources and buttons, into the conversation."""

from __future__ import annotations

import os
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.about import about
from actions.answer import Answer
from actions.human import human, owner_of
from actions.render import Domain, buttons, buttons_yes_no, sources, values
from actions.which import choices, held
from knowledge.base import KnowledgeBase

SIGNAL = "/signal_left_"  # what a channel tells for a person
FORGETTING = "forgetting"  # the kind of the reply that asks whether one wants to be forgotten


class Voice:
    """Says things in the conversation of a tracker, and knows whether it said any in this turn."""

    def __init__(
        self, knowledge: KnowledgeBase, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> None:
        self._knowledge = knowledge
        self._dispatcher = dispatcher
        self._tracker = tracker
        self._domain = domain

    @property
    def is_silent(self) -> bool:
        """Whether nothing was said in this turn yet."""
        return not self._dispatcher.messages

    def say(self, response: str, **values: Any) -> None:
        """A sentence of the domain, with its values."""
        self._dispatcher.utter_message(response=response, **values)

    def begin(self, heading: list[dict[str, str]]) -> None:
        """Say of which occupation is told, before the first that is told of it."""
        while heading:
            self._dispatcher.utter_message(**heading.pop())

    def offer(self, response: str, slugs: list[str], kind: str, **more: str) -> None:
        """A sentence that offers occupations, each with what it is, and where that stands."""
        channel = self._tracker.get_latest_input_channel()
        told, offered, quoted = choices(self._knowledge, self._domain, slugs, channel)
        self.say(response, buttons=offered, json_message={"kind": kind, "sources": quoted}, **told, **more)

    def say_ourselves(self, slug: str, response: str) -> None:
        """A sentence of our own, with what it holds of the conversation."""
        if response == "utter_human":
            self.human()
            return
        if response == "utter_source" and self._knowledge.occupation(slug).imported:
            response = "utter_source_public"
        asks_back = response == "utter_forget_me" and self._tracker.get_latest_input_channel() != "slack"
        self.say(
            response,
            buttons=buttons_yes_no(self._domain) if asks_back else [],
            json_message={"kind": FORGETTING} if asks_back else {},
            **self._sayings(slug, response),
        )

    def human(self) -> None:
        """Where people are to be reached, and that a question can be left for them."""
        channel, busy = self._tracker.get_latest_input_channel(), bool(self._tracker.active_loop)
        self.say(**human(self._domain, owner_of(self._tracker), channel, may_leave=not busy))

    def tell(self, answer: Answer, offers: tuple[str, ...]) -> None:
        """Hand an answer to the domain's sentence, with the buttons that it offers."""
        self.say(
            answer.response,
            buttons=buttons(self._domain, answer, another="another" in offers) if offers else [],
            json_message={"kind": answer.kind, "sources": sources(answer), "gap": bool(answer.missing)},
            **values(self._domain, answer, self._tracker.get_latest_input_channel()),
        )

    def forget(self) -> None:
        """Let the channel delete what was said."""
        self._dispatcher.utter_message(json_message={"kind": "forget"})

    def _sayings(self, slug: str, response: str) -> dict[str, Any]:
        """The values that a sentence of our own holds."""
        said = [event["text"] for event in self._tracker.events if event["event"] == "user" and event.get("text")]
        said = [text for text in said if not text.startswith(SIGNAL)]
        contact = owner_of(self._tracker).get("contact") or ""
        before, here = said[-2] if len(said) > 1 else "…", held(self._knowledge, self._domain)
        return about(self._domain, response, self._knowledge.occupation(slug), here, before, os.environ, contact)
