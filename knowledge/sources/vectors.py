"""The vectors of imported facts, kept in the store by their texts, so that importing again encodes what is new."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

import numpy as np
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine

from knowledge import tables
from knowledge.encoder import MEANING, VERSION, meaning

AT_ONCE = 500  # texts that are looked up and written together
Encode = Callable[[list[str]], np.ndarray]


class KeptVectors:
    """What texts mean, from the store where it is kept there."""

    def __init__(self, engine: Engine, encode: Encode) -> None:
        self._engine = engine
        self._encode = encode

    def of(self, texts: list[str]) -> np.ndarray:
        """The vectors of n texts: (n, 384), float32; what is not kept yet is encoded, and kept."""
        found: dict[str, np.ndarray] = {}
        keys = {text: _key(text) for text in texts}
        for some in _batches(list(keys)):
            found |= self._some({text: keys[text] for text in some})
        return np.stack([found[text] for text in texts]) if texts else np.zeros((0, MEANING), dtype=np.float32)

    def kept(self, texts: list[str]) -> np.ndarray:
        """The vectors of n texts as far as they are kept, (n, 384), float16; zeros where one is not."""
        found = np.zeros((len(texts), MEANING), dtype=np.float16)
        for start in range(0, len(texts), AT_ONCE):
            keys = [_key(text) for text in texts[start : start + AT_ONCE]]
            vectors = self._looked_up(keys)
            for place, key in enumerate(keys, start):
                if key in vectors:
                    found[place] = vectors[key]
        return found

    def keep(self, texts: list[str]) -> Iterator[int]:
        """See to it that the vectors of texts are kept; yields how many are, a batch at a time."""
        done = 0
        for some in _batches(list(dict.fromkeys(texts))):
            self._some({text: _key(text) for text in some})
            done += len(some)
            yield done

    def _some(self, keys: dict[str, str]) -> dict[str, np.ndarray]:
        kept = self._looked_up(list(keys.values()))
        new = [text for text, key in keys.items() if key not in kept]
        if new:
            vectors = meaning(self._encode(new)).astype(np.float16)
            kept |= {keys[text]: vector.astype(np.float32) for text, vector in zip(new, vectors)}
            self._write({keys[text]: vector.tobytes() for text, vector in zip(new, vectors)})
        return {text: kept[key] for text, key in keys.items()}

    def _looked_up(self, keys: list[str]) -> dict[str, np.ndarray]:
        table = tables.kept_vectors
        with self._engine.connect() as connection:
            rows = connection.execute(select(table).where(table.c.text.in_(keys)))
            return {key: np.frombuffer(vector, dtype=np.float16).astype(np.float32) for key, vector in rows}

    def _write(self, vectors: dict[str, bytes]) -> None:
        dialect = postgresql if self._engine.dialect.name == "postgresql" else sqlite
        written = dialect.insert(tables.kept_vectors).on_conflict_do_nothing()  # another process may have been faster
        with self._engine.begin() as connection:
            connection.execute(written, [{"text": key, "vector": vector} for key, vector in vectors.items()])


def _key(text: str) -> str:
    return hashlib.sha256(f"{VERSION}\0{text}".encode()).hexdigest()


def _batches(texts: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(texts), AT_ONCE):
        yield texts[start : start + AT_ONCE]
