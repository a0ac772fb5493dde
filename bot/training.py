"""Trains the model where what it is made of has changed."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

from bot.folder import held, make
from bot.logfiles import LogFile
from bot.nlu.texts import training_texts
from bot.process import end, spawn
from bot.settings import MODEL, ROOT, VAR
from knowledge.encoder import Encoder
from knowledge.vectors import Vectors

STAMP = MODEL.with_suffix(".fingerprint")
MADE_OF = (
    "config.yml",
    "domain.yml",
    "data/**/*.yml",
    "data/*.txt",
    "bot/nlu/**/*.py",
    "knowledge/classifier.py",
    "knowledge/encoder.py",
    "knowledge/terms.py",
    "uv.lock",
)


class TrainingFailed(RuntimeError):
    """Training ended without a model; says where the log is."""


def fingerprint() -> str:
    """SHA-256 over everything that the model is made of."""
    digest = hashlib.sha256()
    for pattern in MADE_OF:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def stale() -> str | None:
    """Why a model has to be trained; `None` where there is one, of what there is now, as it was trained."""
    if not MODEL.exists():
        return "there is none yet"
    made_of, _, archive = (STAMP.read_text(errors="replace") if STAMP.exists() else "").partition(" ")
    if made_of != fingerprint():
        return "what it is made of has changed"
    if archive != _digest(MODEL):  # Rasa would run what is pickled in another one, and wait in silence for a broken one
        return f"{MODEL.name} is damaged, or not the one that was trained"
    return None


def train_where_stale(environment: dict[str, str]) -> None:
    """Train the model where that has to be, one process of this checkout at a time; raises `TrainingFailed`."""
    make(MODEL.parent)
    with held(MODEL.parent, waiting="Model: another process is at it; waiting ..."):
        if why := stale():
            print(f"Model: {why}.", flush=True)
            train(environment)
        else:
            print("Model: up to date.", flush=True)


def train(environment: dict[str, str]) -> None:
    """Train the model, showing how long it takes; raises `TrainingFailed`."""
    made_of = fingerprint()
    log = VAR / "training.log"
    command = [
        "rasa",
        "train",
        "--domain",
        "domain.yml",
        "--config",
        "config.yml",
        "--data",
        "data",
        "--skip-validation",  # the tests validate the data; it takes as long as training
        "--out",
        str(MODEL.parent),
        "--fixed-model-name",
        MODEL.name.removesuffix(".tar.gz"),
    ]
    began = time.monotonic()
    log.unlink(missing_ok=True)
    process, writing = spawn(command, environment, LogFile(log))
    try:
        shown = 0
        print("Training the model ...", flush=True)
        Vectors(Encoder(threads=2)).encode(training_texts())
        while process.poll() is None:
            time.sleep(0.5)
            seconds = int(time.monotonic() - began)
            if seconds >= shown + 10:
                shown = seconds
                print(f"Training the model ... {seconds} s (usually less than 60)", flush=True)
    finally:
        end(process, writing)
    if process.returncode != 0 or not MODEL.exists():
        raise TrainingFailed(f"Training failed (exit code {process.returncode}); see {log}.")
    stamp(made_of)
    print(f"Model: trained in {time.monotonic() - began:.0f} s.", flush=True)


def stamp(made_of: str) -> None:
    """Keep the fingerprint of what the model was made of, and its archive's own."""
    STAMP.write_text(f"{made_of} {_digest(MODEL)}")


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as archive:
        while part := archive.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()
