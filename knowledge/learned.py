"""Weights that were learned, kept in files by what they were learned from, so that a start need not learn them again.

They are plain arrays of numbers. A file that is damaged, or of other numbers than asked for, is learned anew.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

KEPT = Path(__file__).resolve().parent.parent / "var" / "learned"
MOST = 64  # files; those that were not asked for longest go first
CODE = ("classifier.py", "terms.py", "form.py")


def learned(
    made_of: tuple[np.ndarray | list[str], ...], learn: Callable[[], np.ndarray], folder: Path = KEPT
) -> np.ndarray:
    """What `learn` learns from arrays and texts, as it was kept, or learned and kept now."""
    path = folder / f"{_digest(made_of)}.npy"
    try:
        weights = np.load(path, allow_pickle=False)
        os.utime(path)
        return weights
    except (OSError, ValueError, EOFError):  # it is not there, or was cut off
        weights = learn()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
        np.save(part, weights)
    os.replace(part.name, path)
    for old in sorted(folder.glob("*.npy"), key=lambda each: -each.stat().st_mtime)[MOST:]:
        old.unlink(missing_ok=True)
    return weights


def _digest(made_of: tuple[np.ndarray | list[str], ...]) -> str:
    """SHA-256 over what is learned from, and the code that learns."""
    digest = hashlib.sha256()
    for name in CODE:
        digest.update((Path(__file__).parent / name).read_bytes())
    for each in made_of:
        if isinstance(each, np.ndarray):
            digest.update(f"{each.shape}{each.dtype}".encode() + np.ascontiguousarray(each).tobytes())
        else:
            digest.update("\0".join(each).encode() + b"\1")
    return digest.hexdigest()[:32]
