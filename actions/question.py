"""What the Rasa server understood of a message, as the action server reads it."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

import numpy as np

PREFIX = "ask_"
SURE = 0.5  # confidence from which a question is of a kind
MASK = "this job"  # what stands in a question's text for the name of an occupation


@dataclass(frozen=True)
class Question:
    """One question of a message: its words, the kinds it may be, and its vectors."""

    text: str
    intent: str
    confidence: float
    kinds: dict[str, float] = field(default_factory=dict)  # intent -> confidence, the likeliest ones
    vector: np.ndarray | None = None  # (768,), meaning and wording; None where a button was pressed
    said: str = ""  # its words as they were written, with the names of occupations that `text` masks
    clause: str = ""  # the question reported, to stand behind "it does not say"; empty where it cannot
    among: int = 1  # how many questions the message has
    compares: str | None = None  # the intent in which jobs are compared, where they are: "which pays more"
    compared: str | None = None  # the kind that is told of this occupation and of others, in short
    where: str = ""  # the states that another part of the message names: "we live in Ohio"
    does: str = "open"  # what it does: `whether`, `choice`, `open`; `person` or `talk` where it asks nothing

    @property
    def kind(self) -> str:
        """The kind of question without its prefix: `skills` of `ask_skills`; talk keeps its name."""
        return self.intent[len(PREFIX) :] if self.intent.startswith(PREFIX) else self.intent


def questions(latest_message: dict[str, Any]) -> list[Question]:
    """The questions of a tracker's latest message, in order; one at least."""
    entries = latest_message.get("questions")
    if entries:
        return [_question(entry, len(entries)) for entry in entries]
    intent = latest_message.get("intent") or {}
    name = intent.get("name") or "nlu_fallback"
    return [Question("", name, 1.0, {name: 1.0})]


@dataclass(frozen=True)
class Statement:
    """One thing that a person says of themselves, and whether it holds ("fixing cars") or not ("math")."""

    text: str
    holds: bool
    vector: np.ndarray


def statements(latest_message: dict[str, Any]) -> list[Statement]:
    """What the person says of themselves in a tracker's latest message."""
    return [
        Statement(entry["text"], entry["holds"], _unpacked(entry["vector"]))
        for entry in latest_message.get("statements") or []
    ]


def _question(entry: dict[str, Any], among: int) -> Question:
    kinds = {kind["name"]: kind["confidence"] for kind in entry["ranking"]}
    vector = _unpacked(entry["vector"])
    written = {name: entry[name] for name in ("text", "intent", "confidence", "said", "clause", "does")}
    return Question(kinds=kinds, vector=vector, among=among, compares=entry.get("compares"), **written)


def _unpacked(packed: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed), dtype=np.float16).astype(np.float32)
