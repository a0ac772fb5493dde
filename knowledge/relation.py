"""A question and a fact -> what the fact decides of the question: a cross-encoder, learned over many pages.

It reads both together (Nogueira and Cho, arXiv:1901.04085). `data/pairs/train.py` makes `relation.onnx`, which no page
has to be known to: a document of tomorrow is read like those that it was learned from.
"""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path

import numpy as np

from knowledge.encoder import read_tokenizer, session

MODEL = Path(__file__).with_name("relation.onnx")
TOKENS = 96  # of a question and a fact together, as it was trained
BATCH = 12  # pairs that are read at once


class Relation(IntEnum):
    """What a fact is to a question, in the order of the model's scores."""

    yes = 0  # decides it: yes
    no = 1  # decides it: no
    tells = 2  # answers an open question
    detail = 3  # is on the matter, and lacks what is asked
    beside = 4  # does not bear on it


class Reader:
    """Reads questions against facts; loads its model when it is made (half a second)."""

    def __init__(self) -> None:
        self._tokenizer = read_tokenizer(TOKENS)
        self._session = session(MODEL.read_bytes())

    def read(self, question: str, facts: list[str]) -> np.ndarray:
        """The chance of each relation of a question to n facts: (n, 5), rows sum to 1."""
        found = [self._read(question, facts[start : start + BATCH]) for start in range(0, len(facts), BATCH)]
        return np.vstack(found) if found else np.zeros((0, len(Relation)), dtype=np.float32)

    def _read(self, question: str, facts: list[str]) -> np.ndarray:
        pairs = self._tokenizer.encode_batch([(question, fact) for fact in facts])
        inputs = {
            "input_ids": [pair.ids for pair in pairs],
            "attention_mask": [pair.attention_mask for pair in pairs],
            "token_type_ids": [pair.type_ids for pair in pairs],
        }
        [chances] = self._session.run(None, {name: np.array(rows, dtype=np.int64) for name, rows in inputs.items()})
        return chances
