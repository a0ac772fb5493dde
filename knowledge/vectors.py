"""The vectors of texts, kept in a file, so that no text is encoded twice, whatever is built or trained anew.

Encoding is most of the work of both. `bot.training` fills the file in one process while Rasa is still
being imported in another; a lock makes the second wait for the first.
"""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.encoder import VERSION, Encoder
from knowledge.locked import locked

KEPT = Path(__file__).resolve().parent.parent / "var" / f"vectors-{VERSION}.npz"
PART = ".part.npz"


class Vectors:
    """Encodes texts, and remembers them in a file."""

    def __init__(self, encoder: Encoder, path: Path = KEPT) -> None:
        self._encoder = encoder
        self._path = path

    def encode(self, texts: list[str]) -> np.ndarray:
        """As `Encoder.encode`, (n, 768); only those that the file lacks are encoded."""
        with locked(self._path.with_suffix(".lock")):
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
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):  # not there yet, or cut off
            return {}

    def _write(self, known: dict[str, np.ndarray]) -> None:
        part = self._path.with_suffix(PART)
        np.savez(part, texts=json.dumps(list(known)), vectors=np.stack(list(known.values())))
        part.replace(self._path)
        for old in self._path.parent.glob("vectors-*.npz"):  # of an encoder that is no longer used
            if old != self._path and not old.name.endswith(PART):
                old.unlink(missing_ok=True)
