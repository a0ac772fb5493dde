"""Marks the occupations in a message."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.careers import Careers
from bot.nlu.components import MASKED, NAMES
from bot.nlu.linker import Linker, Mention, mask
from knowledge.base import KnowledgeBase

OCCUPATION = "occupation"
CAREER = "career"  # one that the knowledge base does not hold


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class OccupationLinker(GraphComponent):
    """Marks the occupations of the knowledge base in a message, and masks them.

    It reads the store when a message comes, so that a new document needs no training.
    """

    def __init__(self, knowledge: KnowledgeBase, careers: list[str]) -> None:
        self._knowledge = knowledge
        self._careers = Careers(careers)
        self._built: str | None = None
        self._linker: Linker | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> OccupationLinker:
        careers = Path(config["careers"]).read_text(encoding="utf-8").splitlines()
        return cls(KnowledgeBase(os.environ["DATABASE_URL"]), careers)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"careers": "data/careers.txt"}

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            held = self._current().mentions(text)
            others = [each for each in self._careers.asked_about(text) if not any(each.overlaps(one) for one in held)]
            entities = [self._entity(OCCUPATION, mention) for mention in held]
            entities += [self._entity(CAREER, mention) for mention in others]
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
            spans = [(mention.start, mention.end) for mention in held or others]
            message.set(MASKED, mask(text, spans))
            message.set(NAMES, [text[start:end] for start, end in spans])
        return messages

    def _entity(self, name: str, mention: Mention) -> dict[str, Any]:
        return {
            "entity": name,
            "value": mention.slug,
            "title": mention.title,
            "start": mention.start,
            "end": mention.end,
            "extractor": type(self).__name__,
        }

    def _current(self) -> Linker:
        built = self._knowledge.fingerprint()
        if self._linker is None or built != self._built:
            titles = [(slug, title.text) for slug, title in self._knowledge.titles()] if built else []
            self._linker, self._built = Linker(titles), built
        return self._linker
