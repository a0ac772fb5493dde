"""The vectors of training texts, kept in a file, so that no text is encoded twice, whatever is trained anew.

Encoding is most of the work of training. `bot.training` fills the file in one process while Rasa is still
being imported in another; a lock makes the second wait for the first.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import yaml

from bot.nlu.linker import mask, unmarked
from knowledge.encoder import MODEL_SHA256, Encoder

DATA = Path(__file__).resolve().parent.parent.parent / "data"
KEPT = DATA.parent / "var" / f"vectors-{MODEL_SHA256[:12]}.npz"


class Vectors:
    """Encodes texts, and remembers them in a file."""

    def __init__(self, encoder: Encoder, path: Path = KEPT) -> None:
        self._encoder = encoder
        self._path = path

    def encode(self, texts: list[str]) -> np.ndarray:
        """Unit vectors of `texts`: (n, 384), float32; only those that the file lacks are encoded."""
        with _locked(self._path):
            known = self._read()
            new = [text for text in dict.fromkeys(texts) if text not in known]
            if new:
                known.update(zip(new, self._encoder.encode(new)))
                self._write(known)
        return np.stack([known[text] for text in texts])

    def _read(self) -> dict[str, np.ndarray]:
        try:
            with np.load(self._path) as kept:
                return dict(zip(json.loads(str(kept["texts"])), kept["vectors"]))
        except (OSError, ValueError, KeyError):  # not there yet, or cut off: everything is encoded anew
            return {}

    def _write(self, known: dict[str, np.ndarray]) -> None:
        part = self._path.with_suffix(".part.npz")
        np.savez(part, texts=json.dumps(list(known)), vectors=np.stack(list(known.values())))
        part.replace(self._path)


def training_texts(data: Path = DATA) -> list[str]:
    """Every text that training encodes: examples of intents, judged questions, pages with their questions."""
    texts = []
    for path in sorted((data / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            texts += [masked(line.removeprefix("- ")) for line in block["examples"].splitlines()]
    texts += [masked(question["text"]) for question in read_lines(data / "verdicts.jsonl")]
    for page in read_lines(data / "pages.jsonl"):
        for fact in page["facts"]:
            texts += [told(fact), *fact["questions"]]
    return texts


def read_lines(path: Path) -> list[dict]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def masked(marked: str) -> str:
    """A text marked as in training data -> the text with its occupations masked."""
    return mask(*unmarked(marked))


def told(fact: dict[str, str]) -> str:
    """The words by which a fact of a page is found, as `knowledge.base.embedded` writes them."""
    return f"{fact['aspect'].replace('_', ' ')}: {fact['text']}"


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
