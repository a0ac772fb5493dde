"""Tells the kind of each question in a message."""

from __future__ import annotations

import base64
import hashlib
import pickle
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

import knowledge
from bot.nlu.clauses import asks, clauses
from bot.nlu.components import LANGUAGE, MASKED, QUESTIONS, STATEMENTS
from bot.nlu.components.occupation_linker import OCCUPATION
from bot.nlu.learning import Learned, learn
from bot.nlu.linker import mask
from bot.nlu.statements import Statements
from knowledge.encoder import Encoder
from knowledge.vectors import Vectors

LEARNED = "learned.pickle"
ABOUT_ONE_THING = ("ask_one_task", "ask_one_skill")
PERSONAL = (
    "ask_fit",
    "ask_experience",
    "ask_interests",
    "ask_one_skill",
    "ask_requirements",
    "affirm",
    "deny",
    "opinion",
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuestionClassifier(GraphComponent):
    """Tells the kind of each question in a message, and passes its vector on to the action server."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        learned: Learned | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._learned = learned
        self._encoder = Encoder(threads=config["threads"])
        self._statements = Statements()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "threads": 2,
            "split_from": 0.45,
            "ranking": 8,
            "pages": "data/pages.jsonl",
            "verdicts": "data/verdicts.jsonl",
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
            learned = pickle.loads((folder / LEARNED).read_bytes())
        return cls(config, model_storage, resource, learned)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """What Rasa's cache can't see: the pages that the retriever learns from, and the code."""
        code, config = Path(__file__).parent.parent, {**cls.get_default_config(), **config}
        made_of = [
            Path(config["pages"]),
            Path(config["verdicts"]),
            Path(knowledge.__file__).parent / "classifier.py",
            code / "retriever.py",
            code / "linker.py",
        ]
        return hashlib.sha256(b"".join(path.read_bytes() for path in made_of)).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        examples = training_data.intent_examples
        texts = [_masked_as_annotated(example) for example in examples]
        self._learned = learn(
            texts,
            [example.get(INTENT) for example in examples],
            Path(self._config["pages"]),
            Path(self._config["verdicts"]),
            Vectors(self._encoder),
        )
        with self._model_storage.write_to(self._resource) as folder:
            (folder / LEARNED).write_bytes(pickle.dumps(self._learned))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(LANGUAGE):
                continue
            questions = self._questions(message.get(MASKED) or message.get(TEXT) or "")
            first = questions[0]
            message.set(INTENT, {"name": first["intent"], "confidence": first["confidence"]}, add_to_output=True)
            message.set("intent_ranking", first["ranking"], add_to_output=True)
            message.set(QUESTIONS, questions, add_to_output=True)
            if any(question["intent"] in PERSONAL for question in questions):
                message.set(STATEMENTS, self._told(message.get(MASKED) or ""), add_to_output=True)
        return messages

    def _told(self, text: str) -> list[dict[str, Any]]:
        """What the person says of themselves, with its vectors, for the match of a person and an occupation."""
        statements = self._statements.of(text)
        vectors = self._encoder.encode([statement.text for statement in statements])
        turned = self._learned.retriever.turn(vectors) if statements else vectors
        return [
            {"text": each.text, "holds": each.holds, "vector": _packed(vector), "turned": _packed(toward)}
            for each, vector, toward in zip(statements, vectors, turned)
        ]

    def _questions(self, text: str) -> list[dict[str, Any]]:
        """The whole text as one question, or its parts where each is surely a question of another kind."""
        parts = clauses(text)
        if len(parts) == 1:
            return self._classify(parts)
        whole, *split = self._classify([text, *parts])
        sure = [part for part in split if part["intent"].startswith("ask_") and self._sure(part)]
        several = {_topic(part): part for part in reversed(sure) if asks(part["text"])}
        if len(several) > 1:
            return list(several.values())[::-1]
        if sure and not whole["intent"].startswith(("ask_", "follow_")):  # a greeting, and then a question
            return sure[-1:]
        return [whole]

    def _sure(self, question: dict[str, Any]) -> bool:
        return question["confidence"] >= self._config["split_from"]

    def _classify(self, texts: list[str]) -> list[dict[str, Any]]:
        vectors = self._encoder.encode(texts)
        lowered = [text.lower() for text in texts]
        kinds = self._learned.kinds.confidences(lowered, vectors)
        verdicts = self._learned.verdicts.confidences(lowered, vectors)
        turned = self._learned.retriever.turn(vectors)
        return [self._question(*parts) for parts in zip(texts, vectors, turned, kinds, verdicts)]

    def _question(
        self, text: str, vector: np.ndarray, turned: np.ndarray, kinds: np.ndarray, verdicts: np.ndarray
    ) -> dict[str, Any]:
        best = np.argsort(-kinds)[: self._config["ranking"]]
        ranking = [
            {"name": self._learned.kinds.labels[index], "confidence": round(float(kinds[index]), 4)} for index in best
        ]
        return {
            "text": text,
            "intent": ranking[0]["name"],
            "confidence": ranking[0]["confidence"],
            "ranking": ranking,
            "vector": _packed(vector),
            "turned": _packed(turned),
            "verdicts": {
                name: round(float(chance), 4) for name, chance in zip(self._learned.verdicts.labels, verdicts)
            },
        }


def _packed(vector: np.ndarray) -> str:
    return base64.b64encode(vector.astype(np.float16).tobytes()).decode("ascii")


def _topic(question: dict[str, Any]) -> str:
    """What tells two questions of a message apart: their kinds, but two tasks or two skills are two."""
    return question["text"] if question["intent"] in ABOUT_ONE_THING else question["intent"]


def _masked_as_annotated(example: Message) -> str:
    spans = [(entity["start"], entity["end"]) for entity in example.get(ENTITIES, []) if entity["entity"] == OCCUPATION]
    return mask(example.get(TEXT), spans)
