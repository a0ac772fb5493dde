"""Tells the kind of each question in a message."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

import knowledge
from bot.nlu.components import LANGUAGE, LEFT, MASKED, NAMES, QUESTIONS, STATEMENTS
from bot.nlu.components.occupation_linker import OCCUPATION
from bot.nlu.linker import mask, named
from bot.nlu.questions import COMPARISON, FIT, Questions
from knowledge.classifier import Classifier
from knowledge.encoder import Encoder
from knowledge.vectors import Vectors

LEARNED = "learned.pickle"
DESCRIPTION = "description"  # marks in examples what stands in place of an occupation's name: what its workers do
NAMED = 3  # questions that are named where a message has too many to be answered at once
PERSONAL = {"ask_experience", "ask_interests", "ask_one_skill", "ask_requirements", "affirm", "deny", "opinion"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuestionClassifier(GraphComponent):
    """Tells the kind of each question in a message, and passes its vector on to the action server."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        kinds: Classifier | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._encoder = Encoder(threads=config["threads"])
        if kinds:
            found = {name: config[name] for name in ("split_from", "ranking")}
            self._questions = Questions(kinds, self._encoder, **found)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "threads": 2,
            "split_from": 0.45,
            "ranking": 8,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> QuestionClassifier:
        with model_storage.read_from(resource) as folder:
            kinds = pickle.loads((folder / LEARNED).read_bytes())
        return cls(config, model_storage, resource, kinds)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """What Rasa's cache can't see: the code."""
        code, known = Path(__file__).parent.parent, Path(knowledge.__file__).parent
        made_of = [known / name for name in ("classifier.py", "encoder.py", "terms.py")]
        made_of += [code / name for name in ("linker.py", "texts.py")]
        return hashlib.sha256(b"".join(path.read_bytes() for path in made_of)).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        examples = training_data.intent_examples
        texts = [_masked_as_annotated(example) for example in examples]
        labels = [example.get(INTENT) for example in examples]
        vectors = Vectors(self._encoder).encode(texts)
        describe = [any(each["entity"] == DESCRIPTION for each in example.get(ENTITIES, [])) for example in examples]
        kinds = Classifier().fit([text.lower() for text in texts], vectors, labels, COMPARISON, describe)
        with self._model_storage.write_to(self._resource) as folder:
            (folder / LEARNED).write_bytes(pickle.dumps(kinds))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(LANGUAGE):
                continue
            masked = message.get(MASKED) or message.get(TEXT) or ""
            questions, left, description = self._questions.of(masked)
            for question in questions:
                question["said"] = named(question["text"], masked, message.get(NAMES) or [])
            clauses = self._questions.reported([(question["said"], question["does"]) for question in questions])
            for question, clause in zip(questions, clauses):
                question["clause"] = clause
            first = questions[0]
            message.set(INTENT, {"name": first["intent"], "confidence": first["confidence"]}, add_to_output=True)
            message.set("intent_ranking", first["ranking"], add_to_output=True)
            message.set(QUESTIONS, questions, add_to_output=True)
            named_left = [named(text, masked, message.get(NAMES) or []) for text in left[:NAMED]]
            message.set(DESCRIPTION, description, add_to_output=True)
            message.set(LEFT, named_left, add_to_output=True)
            if self._is_personal(questions, message.get(TEXT) or ""):
                message.set(STATEMENTS, self._questions.statements(message.get(MASKED) or ""), add_to_output=True)
        return messages

    def _is_personal(self, questions: list[dict[str, Any]], text: str) -> bool:
        """Whether somebody may speak of themselves: asking for a match, or replying to what was asked back."""
        intents = {question["intent"] for question in questions}
        return FIT in intents or (not text.endswith("?") and bool(intents & PERSONAL))


def _masked_as_annotated(example: Message) -> str:
    spans = [(entity["start"], entity["end"]) for entity in example.get(ENTITIES, []) if entity["entity"] == OCCUPATION]
    return mask(example.get(TEXT), spans)
