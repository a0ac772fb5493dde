"""Weights that were learned, kept in files by what they were learned from, so that a start need not learn them again.

They are plain arrays of numbers. A file that was cut off is learned anew; where none can be kept, nothing else is lost.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np

logger = logging.getLogger(__name__)

KEPT = Path(__file__).resolve().parent.parent / "var" / "learned"
MOST = 512  # files, more than occupations are read ahead; those that were not asked for longest go first
CODE = ("classifier.py", "terms.py", "form.py")


def learned(
    made_of: tuple[np.ndarray | list[str], ...], learn: Callable[[], np.ndarray], folder: Path = KEPT
) -> np.ndarray:
    """What `learn` learns from arrays and texts, as it was kept, or learned and kept now."""
    path = folder / f"{_digest(made_of)}.npy"
    try:
        weights = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):  # it is not there, or was cut off
        weights = learn()
        try:
            _keep(weights, path)
        except OSError as error:  # the disk is full, or not ours to write
            logger.warning("What was learned could not be kept, and is learned again at the next start: %s", error)
        return weights
    with contextlib.suppress(OSError):
        os.utime(path)
    return weights


def _keep(weights: np.ndarray, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.stem}-{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            np.save(file, weights)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    for old in sorted(path.parent.glob("*.npy"), key=_asked_for)[:-MOST]:
        old.unlink(missing_ok=True)


def _asked_for(path: Path) -> float:
    """When a file was asked for last; 0 where another process has just taken it away."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


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
