"""What a fact decides of a question, and the parts that a message is made of: one model, learned over many pages.

It reads a question and a fact together, as a cross-encoder (Nogueira and Cho, arXiv:1901.04085); of a message it says
for each token whether a part begins there, and what that part does. `data/pairs/train.py` makes `reader.onnx`, which
no page has to be known to: a document of tomorrow is read like those that it was learned from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

import numpy as np

from knowledge.encoder import read_tokenizer, session

MODEL = Path(__file__).with_name("reader.onnx")
TOKENS = 80  # of a question and a fact together; it was trained on up to 96
LONGEST = 256  # tokens of a message, as it was trained; longer ones are read in pieces
LAST = 128  # tokens at the end of a message that is too long to be read whole: longer than this and a piece
KNOWN = 4096  # questions and facts whose relation is remembered: it follows from their words alone
BEGINS = 0.5  # chance from which a part begins
ASKS = 0.85  # chance from which a part asks, since most statements look a little like it
ENDS = {".", "?", "!", ";"}


class Relation(IntEnum):
    """What a fact is to a question, in the order of the model's scores."""

    yes = 0  # decides it: yes
    no = 1  # decides it: no
    tells = 2  # answers an open question
    detail = 3  # is on the matter, and lacks what is asked
    beside = 4  # does not bear on it


class Does(IntEnum):
    """What a part of a message does, in the order of the model's scores."""

    whether = 0  # asks what yes or no would answer, in whatever form
    choice = 1  # asks which of named things holds
    open = 2  # asks for anything else
    person = 3  # tells of the person
    talk = 4  # greets, thanks, reacts


ASKING = (Does.whether, Does.choice, Does.open)


@dataclass(frozen=True)
class Part:
    """A part of a message: where it stands in it, and what it does."""

    start: int
    end: int
    does: Does


class Reader:
    """Reads questions against facts, and messages; loads its model when it is made (half a second)."""

    def __init__(self, threads: int = 1) -> None:
        """`threads` read one text together, which costs a sixth more in all: where nobody else works meanwhile."""
        self._pairs = read_tokenizer(TOKENS)
        self._messages = read_tokenizer(TOKENS)
        self._messages.no_truncation()
        self._marks = [self._pairs.token_to_id(mark) for mark in ("[CLS]", "[SEP]")]
        self._session = session(MODEL, threads=threads)
        self._known = lru_cache(maxsize=KNOWN)(self._relation)  # what is offered as a button is asked again and again

    def relations(self, question: str, facts: list[str]) -> np.ndarray:
        """The chance of each relation of a question to n facts: (n, 5), rows sum to 1."""
        found = [self._known(question, fact) for fact in facts]  # one by one: a batch is as slow as its longest
        return np.vstack(found) if found else np.zeros((0, len(Relation)), dtype=np.float32)

    def parts(self, text: str) -> list[Part]:
        """The parts of a message, in order; none where there is nothing to read."""
        encoding = self._messages.encode(text, add_special_tokens=False)
        ids, offsets = encoding.ids, encoding.offsets
        if not ids:
            return []
        scores = np.full((len(ids), 1 + len(Does)), np.nan)
        for start, end in _pieces(encoding.tokens):
            scores[start:end] = self._tokens(ids[start:end])
        bounds = [0, *(place for place in range(1, len(ids)) if scores[place, 0] >= BEGINS), len(ids)]
        ends = [*(offsets[place][0] for place in bounds[1:-1]), len(text)]
        parts = []
        for first, last, end in zip(bounds, bounds[1:], ends):
            parts.append(Part(offsets[first][0], end, _does(np.nanmean(scores[first:last, 1:], axis=0))))
        return parts

    def _relation(self, question: str, fact: str) -> np.ndarray:
        pair = self._pairs.encode(question, fact)
        return self._run("relations", pair.ids, pair.type_ids)

    def _tokens(self, ids: list[int]) -> np.ndarray:
        """Of each token the chance that a part begins there, and of what it does: (tokens, 6)."""
        begin, end = self._marks
        ids = [begin, *ids, end]
        return self._run("parts", ids, [0] * len(ids))[0, 1:-1]

    def _run(self, output: str, ids: list[int], types: list[int]) -> np.ndarray:
        inputs = {"input_ids": ids, "attention_mask": [1] * len(ids), "token_type_ids": types}
        [found] = self._session.run([output], {name: np.array([row], dtype=np.int64) for name, row in inputs.items()})
        return found


def _does(chances: np.ndarray) -> Does:
    """What a part does, of the chances of all that it may do, (5,)."""
    asking, telling = np.split(chances, [len(ASKING)])
    return Does(int(asking.argmax() if asking.sum() >= ASKS else len(ASKING) + telling.argmax()))


def _pieces(tokens: list[str]) -> Iterator[tuple[int, int]]:
    """The pieces of a message that the model reads, one after the other: cut after a sentence, else before a word.

    What stands in the middle of a long one is left out, and belongs to the part that it follows.
    """
    start, room = 0, LONGEST - 2
    if len(tokens) > room + LAST:
        yield from ((0, room), (len(tokens) - LAST, len(tokens)))
        return
    while start < len(tokens):
        end = min(start + room, len(tokens))
        if end < len(tokens):
            later = range(end, start + room // 2, -1)
            sentences = (place for place in later if tokens[place - 1] in ENDS)
            words = (place for place in later if not tokens[place].startswith("##"))
            end = next(sentences, None) or next(words, end)
        yield start, end
        start = end
