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
THREADS = 2  # that read a pair together, since nobody else works while one waits for it
TOKENS = 96  # of a question and a fact together, as it was trained


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
        self._session = session(MODEL.read_bytes(), threads=THREADS)

    def read(self, question: str, facts: list[str]) -> np.ndarray:
        """The chance of each relation of a question to n facts: (n, 5), rows sum to 1."""
        found = [self._read(question, fact) for fact in facts]  # one by one: a batch is as slow as its longest
        return np.vstack(found) if found else np.zeros((0, len(Relation)), dtype=np.float32)

    def _read(self, question: str, fact: str) -> np.ndarray:
        pair = self._tokenizer.encode(question, fact)
        inputs = {"input_ids": pair.ids, "attention_mask": pair.attention_mask, "token_type_ids": pair.type_ids}
        [chances] = self._session.run(None, {name: np.array([row], dtype=np.int64) for name, row in inputs.items()})
        return chances
