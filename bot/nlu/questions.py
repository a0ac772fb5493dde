"""A masked text -> the questions in it, each with its kind, its vectors, and how its answer may begin."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

from bot.nlu.clauses import asks, clauses, decisive
from bot.nlu.learning import Learned
from bot.nlu.statements import Statements
from knowledge.encoder import Encoder

MOST_PARTS, MOST = 8, 4  # parts of a message that are looked at, and questions of it that are answered
URGENT = ("distress", "emergency")
ABOUT_ONE_THING = ("ask_one_task", "ask_one_skill")


class Questions:
    """Finds the questions of a text, and what the person says of themselves."""

    def __init__(self, learned: Learned, encoder: Encoder, *, split_from: float, ranking: int) -> None:
        """`split_from`: confidence from which a part is a question of its own; `ranking`: how many kinds are named."""
        self._learned = learned
        self._encoder = encoder
        self._split_from = split_from
        self._ranking = ranking
        self._statements = Statements()

    def statements(self, text: str) -> list[dict[str, Any]]:
        """What the person says of themselves, with its vectors, for the match of a person and an occupation."""
        statements = self._statements.of(text)
        vectors = self._encoder.encode([statement.text for statement in statements])
        turned = self._learned.retriever.turn(vectors) if statements else vectors
        return [
            {"text": each.text, "holds": each.holds, "vector": _packed(vector), "turned": _packed(toward)}
            for each, vector, toward in zip(statements, vectors, turned)
        ]

    def of(self, text: str) -> list[dict[str, Any]]:
        """The whole text as one question, or its parts where each is surely a question of another kind."""
        parts = clauses(text)[:MOST_PARTS]
        return self._judged(self._classify(parts) if len(parts) == 1 else self._chosen(text, parts))

    def _chosen(self, text: str, parts: list[str]) -> list[dict[str, Any]]:
        whole, *split = self._classify([text, *parts])
        urgent = [each for each in (whole, *split) if each["intent"] in URGENT and self._sure(each)]
        if urgent:  # whatever else is asked
            return urgent[:1]
        sure = [part for part in split if part["intent"].startswith("ask_") and self._sure(part)]
        several = {_topic(part): part for part in reversed(sure) if asks(part["text"])}
        if len(several) > 1:
            return list(several.values())[::-1][:MOST]
        if sure and not whole["intent"].startswith(("ask_", "follow_")):  # a greeting, and then a question
            return sure[-1:]
        return [whole]

    def _sure(self, question: dict[str, Any]) -> bool:
        return question["confidence"] >= self._split_from

    def _classify(self, texts: list[str]) -> list[dict[str, Any]]:
        vectors = self._encoder.encode(texts)
        kinds = self._learned.kinds.confidences([text.lower() for text in texts], vectors)
        return [self._question(*parts) for parts in zip(texts, vectors, kinds)]

    def _question(self, text: str, vector: np.ndarray, kinds: np.ndarray) -> dict[str, Any]:
        best = np.argsort(-kinds)[: self._ranking]
        ranking = [
            {"name": self._learned.kinds.labels[index], "confidence": round(float(kinds[index]), 4)} for index in best
        ]
        first = ranking[0]
        return {
            "text": text,
            "intent": first["name"],
            "confidence": first["confidence"],
            "ranking": ranking,
            "vector": vector,
        }

    def _judged(self, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Questions with how their answers may begin, and with their vectors packed to travel."""
        turned = self._learned.retriever.turn(np.stack([question["vector"] for question in questions]))
        return [
            {**question, "vector": _packed(question["vector"]), "turned": _packed(toward), **self._verdicts(question)}
            for question, toward in zip(questions, turned)
        ]

    def _verdicts(self, question: dict[str, Any]) -> dict[str, Any]:
        """How the answer may begin, judged by the part that decides it, which goes along where it is not the whole."""
        text, vector = decisive(question["text"]), question["vector"]
        part = {}
        if text != question["text"]:
            vector = self._encoder.encode([text])[0]
            part = {"decisive": {"text": text, "vector": _packed(vector)}}
        [chances] = self._learned.verdicts.confidences([text.lower()], vector[None, :])
        labels = self._learned.verdicts.labels
        return {"verdicts": {name: round(float(chance), 4) for name, chance in zip(labels, chances)}, **part}


def _packed(vector: np.ndarray) -> str:
    return base64.b64encode(vector.astype(np.float16).tobytes()).decode("ascii")


def _topic(question: dict[str, Any]) -> str:
    """What tells two questions of a message apart: their kinds, but two tasks or two skills are two."""
    return question["text"] if question["intent"] in ABOUT_ONE_THING else question["intent"]
