"""A masked text -> the questions in it, each with its kind, its vectors, and the clause that reports it."""

from __future__ import annotations

import base64
import re
from typing import Any

import numpy as np

from bot.nlu.clauses import clauses
from bot.nlu.indirect import Indirect
from bot.nlu.statements import Statements
from knowledge.classifier import Classifier
from knowledge.encoder import Encoder

MOST_PARTS, MOST = 12, 6  # parts of a message that are looked at, and questions of it that are answered
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")  # what is told beside a question may be urgent
URGENT = ("distress", "emergency")


class Questions:
    """Finds the questions of a text, and what the person says of themselves."""

    def __init__(self, kinds: Classifier, encoder: Encoder, *, split_from: float, ranking: int) -> None:
        """`split_from`: confidence from which a part is a question of its own; `ranking`: how many kinds are named."""
        self._kinds = kinds
        self._encoder = encoder
        self._split_from = split_from
        self._ranking = ranking
        self._statements = Statements()
        self._indirect = Indirect()

    def statements(self, text: str) -> list[dict[str, Any]]:
        """What the person says of themselves, with its vectors, for the match of a person and an occupation."""
        statements = self._statements.of(text)
        vectors = self._encoder.encode([statement.text for statement in statements])
        return [
            {"text": each.text, "holds": each.holds, "vector": _packed(vector)}
            for each, vector in zip(statements, vectors)
        ]

    def of(self, text: str) -> list[dict[str, Any]]:
        """The questions of a text, in order; the whole text where there is one."""
        parts = clauses(text)[:MOST_PARTS]
        parts = parts if parts != [text] else []
        told = [each for each in SENTENCE.split(text) if each not in (text, *parts)][:MOST_PARTS]
        whole, *others = self._classify([text, *parts, *told])
        split = others[: len(parts)]
        urgent = [each for each in (whole, *others) if each["intent"] in URGENT and self._sure(each)]
        if urgent:  # whatever else is asked
            return self._sent(urgent[:1])
        if len(split) > 1 or not whole["intent"].startswith(("ask_", "follow_")):  # thanks, and then a question
            return self._sent(split[:MOST] or [whole])
        return self._sent([whole])

    def _sure(self, question: dict[str, Any]) -> bool:
        return question["confidence"] >= self._split_from

    def _classify(self, texts: list[str]) -> list[dict[str, Any]]:
        vectors = self._encoder.encode(texts)
        kinds = self._kinds.confidences([text.lower() for text in texts], vectors)
        return [self._question(*parts) for parts in zip(texts, vectors, kinds)]

    def _question(self, text: str, vector: np.ndarray, kinds: np.ndarray) -> dict[str, Any]:
        best = np.argsort(-kinds)[: self._ranking]
        ranking = [{"name": self._kinds.labels[index], "confidence": round(float(kinds[index]), 4)} for index in best]
        first = ranking[0]
        return {
            "text": text,
            "intent": first["name"],
            "confidence": first["confidence"],
            "ranking": ranking,
            "vector": vector,
        }

    def _sent(self, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Questions with their vectors packed to travel."""
        return [{**question, "vector": _packed(question["vector"])} for question in questions]

    def reported(self, said: str) -> str:
        """What completes "it does not say …" for a question as it was written; empty where nothing can."""
        return self._indirect(said) or ""


def _packed(vector: np.ndarray) -> str:
    return base64.b64encode(vector.astype(np.float16).tobytes()).decode("ascii")
