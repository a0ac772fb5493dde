"""Trains the model where what it is made of has changed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time

from bot.nlu.texts import training_texts
from bot.settings import MODEL, ROOT, VAR
from knowledge.encoder import Encoder
from knowledge.vectors import Vectors

STAMP = MODEL.with_suffix(".fingerprint")
MADE_OF = (
    "config.yml",
    "domain.yml",
    "data/**/*.yml",
    "data/pages.jsonl",
    "data/*.txt",
    "data/verdicts.jsonl",
    "bot/nlu/**/*.py",
    "knowledge/classifier.py",
    "knowledge/encoder.py",
    "knowledge/form.py",
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


def stale() -> bool:
    """Whether there is no model, or one made of something else."""
    return not (MODEL.exists() and STAMP.exists() and STAMP.read_text() == fingerprint())


def train(environment: dict[str, str]) -> None:
    """Train the model, showing how long it takes; raises `TrainingFailed`."""
    made_of = fingerprint()
    log = VAR / "training.log"
    command = [
        sys.executable,
        "-m",
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
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
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
        except BaseException:
            process.kill()
            process.wait()
            raise
    if process.returncode != 0 or not MODEL.exists():
        raise TrainingFailed(f"Training failed (exit code {process.returncode}); see {log}.")
    STAMP.write_text(made_of)
    print(f"Model: trained in {time.monotonic() - began:.0f} s.", flush=True)
