"""Tells messages in other languages than English."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.components import LANGUAGE
from bot.nlu.language import Languages

FOREIGN = "signal_language"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class LanguageDetector(GraphComponent):
    """Gives a message in another language than English the intent `signal_language`; it stands before others."""

    def __init__(self, languages: Languages | None) -> None:
        self._languages = languages

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageDetector:
        return cls(None)  # to train, it is not needed

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LanguageDetector:
        return cls(Languages())

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            language = self._languages.foreign(message.get(TEXT) or "") if self._languages else None
            if language:
                message.set(LANGUAGE, language, add_to_output=True)
                message.set(INTENT, {"name": FOREIGN, "confidence": 1.0}, add_to_output=True)
        return messages
