"""The thin Rasa shells of the linker and of the question classifier."""

from __future__ import annotations

import base64
import hashlib
import os
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
from bot.nlu.learning import Learned, learn
from bot.nlu.linker import Linker, mask
from knowledge.base import KnowledgeBase
from knowledge.encoder import Encoder
from knowledge.vectors import Vectors

MASKED = "masked"  # the text with occupations masked
QUESTIONS = "questions"  # what the action server answers: one entry a question in the message
OCCUPATION = "occupation"
LEARNED = "learned.pickle"
ABOUT_ONE_THING = ("ask_one_task", "ask_one_skill")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class OccupationLinker(GraphComponent):
    """Marks the occupations of the knowledge base in a message, and masks them.

    It reads the store when a message comes, so that a new document needs no training.
    """

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge
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
        return cls(KnowledgeBase(os.environ["DATABASE_URL"]))

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            mentions = self._current().mentions(text)
            entities = [
                {
                    "entity": OCCUPATION,
                    "value": mention.slug,
                    "start": mention.start,
                    "end": mention.end,
                    "extractor": type(self).__name__,
                }
                for mention in mentions
            ]
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
            message.set(MASKED, mask(text, [(mention.start, mention.end) for mention in mentions]))
        return messages

    def _current(self) -> Linker:
        built = self._knowledge.fingerprint()
        if self._linker is None or built != self._built:
            titles = [(slug, title.text) for slug, title in self._knowledge.titles()] if built else []
            self._linker, self._built = Linker(titles), built
        return self._linker


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
        code, config = Path(__file__).parent, {**cls.get_default_config(), **config}
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
            questions = self._questions(message.get(MASKED) or message.get(TEXT) or "")
            first = questions[0]
            message.set(INTENT, {"name": first["intent"], "confidence": first["confidence"]}, add_to_output=True)
            message.set("intent_ranking", first["ranking"], add_to_output=True)
            message.set(QUESTIONS, questions, add_to_output=True)
        return messages

    def _questions(self, text: str) -> list[dict[str, Any]]:
        """The whole text as one question, or its parts where each is surely a question of another kind."""
        parts = clauses(text)
        if len(parts) == 1:
            return self._classify(parts)
        whole, *split = self._classify([text, *parts])
        sure = [
            question
            for question in split
            if asks(question["text"])
            and question["confidence"] >= self._config["split_from"]
            and question["intent"].startswith("ask_")
        ]
        several = {_topic(question): question for question in reversed(sure)}
        if len(several) > 1:
            return list(several.values())[::-1]
        return [whole]

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
