"""The peer that `rasa init` would give: its pipeline and policies, trained on our data, with our actions."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from bot.settings import ROOT, VAR
from tests.evaluation.asking import Asked, over_rest, put
from tests.evaluation.cases import Case
from tests.evaluation.servers import rasa_bot, train

CONFIG = Path(__file__).resolve().parent / "config.yml"
MADE_OF = ("domain.yml", "data/rules.yml", "data/nlu/*.yml")


def fingerprint() -> str:
    """What the model is made of, shortened: it names the file that keeps the model."""
    digest = hashlib.sha256(CONFIG.read_bytes())
    for pattern in MADE_OF:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def trained(environment: dict[str, str]) -> Path:
    """The model, from var/ or trained anew, which takes very long on few cores."""
    name = f"peer-default-{fingerprint()}"
    model = VAR / f"{name}.tar.gz"
    if not model.exists():
        with tempfile.TemporaryDirectory(prefix="advisor-peer-", dir=VAR) as folder:
            files = ["--domain", "domain.yml", "--config", str(CONFIG), "--data", "data", "--skip-validation"]
            place = ["--out", folder, "--fixed-model-name", name]
            train([*files, *place], environment, Path(folder) / f"{name}.log", "Training Rasa's default pipeline")
            os.replace(Path(folder) / model.name, model)
    return model


def ask_default(cases: list[Case], environment: dict[str, str]) -> list[Asked]:
    """Put cases to the peer, served by Rasa, with our action server."""
    model = trained(environment)
    with (
        tempfile.TemporaryDirectory(prefix="advisor-peer-") as folder,
        rasa_bot(model, "actions.actions", Path(folder), environment) as url,
    ):
        return put(cases, over_rest(url), "Rasa's default pipeline")
