"""The three bots: ours, Rasa's default pipeline with our data and actions, and the cheapest that Rasa can run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.settings import ROOT, VAR
from tests.advisor import Advisor
from tests.evaluation.asking import over_rest
from tests.evaluation.latency import EMPTY, MESSAGES
from tests.evaluation.peers.default import CONFIG, trained
from tests.evaluation.servers import rasa_bot, train

SHORTLY = "-one-epoch"  # in the name of a model of Rasa's default pipeline that was hardly trained


@dataclass
class Bot:
    """A bot that runs: its name, where it is reached, its processes, its conversations, and how it came up."""

    name: str
    url: str
    processes: list[int]
    store: Path  # SQLite, in Rasa's layout
    to_first_answer: float  # seconds from its start, with a trained model
    trained: float | None = None  # seconds; `None` where a model was there


@contextmanager
def ours(folder: Path, data: Path | None = None) -> Iterator[Bot]:
    """The advisor, started as a person does; with `data`, everything in that folder is imported before."""
    advisor = Advisor(folder, environment={"ADVISOR_PROXIES": "1"})
    seconds = {}
    for what in ("training", "second"):  # the first start builds, and trains where that is stale
        began = time.perf_counter()
        advisor.start()
        over_rest(advisor.url)(MESSAGES[0], what)
        seconds[what] = time.perf_counter() - began
        if what == "training":
            trained = "Model: trained" in advisor.output
            advisor.stop()
            if data:
                _import(data, advisor)
    try:
        name = "ours, all sources" if data else "ours"
        store = folder / "advisor.sqlite"
        took = seconds["training"] if trained else None
        yield Bot(name, advisor.url, [advisor.process.pid], store, seconds["second"], took)
    finally:
        advisor.stop()


@contextmanager
def floor(folder: Path) -> Iterator[Bot]:
    """One rule, one custom action with a fixed text."""
    files = ["--domain", EMPTY / "domain.yml", "--config", EMPTY / "config.yml", "--data", EMPTY / "data.yml"]
    arguments = [str(part) for part in [*files, "--out", folder, "--fixed-model-name", "floor"]]
    began = time.perf_counter()
    train(arguments, _environment(), folder / "train.log", "Training the floor")
    took = time.perf_counter() - began
    with _served("floor", folder / "floor.tar.gz", "tests.evaluation.empty.actions", folder, took) as bot:
        yield bot


@contextmanager
def stock(folder: Path, knowledge: Path, *, shortly: bool) -> Iterator[Bot]:
    """Rasa's default pipeline and policies, trained on our data and rules, with our actions on a store of ours.

    `shortly` trains for one epoch: as fast and as large as the real one, and of no use. Else it takes hours, once.
    """
    environment = {**_environment(), "DATABASE_URL": f"sqlite:///{knowledge}"}
    began = time.perf_counter()
    model = _hardly_trained(environment) if shortly else trained(environment)
    took = time.perf_counter() - began
    with _served("stock", model, "actions.actions", folder, took if took > 1 else None, environment) as bot:
        yield bot


@contextmanager
def _served(
    name: str, model: Path, actions: str, folder: Path, took: float | None, environment: dict[str, str] | None = None
) -> Iterator[Bot]:
    started: list[subprocess.Popen] = []
    began = time.perf_counter()
    with rasa_bot(model, actions, folder, environment or _environment(), started) as url:
        over_rest(url)(MESSAGES[0], "first")
        first = time.perf_counter() - began
        yield Bot(name, url, [process.pid for process in started], folder / "conversations.sqlite", first, took)


def _hardly_trained(environment: dict[str, str]) -> Path:
    config = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    for component in [*config["pipeline"], *config["policies"]]:
        if "epochs" in component:
            component["epochs"] = 1
    VAR.mkdir(exist_ok=True)
    model, written = VAR / f"peer-default{SHORTLY}.tar.gz", VAR / f"peer-default{SHORTLY}.yml"
    if not model.exists() or not written.exists() or yaml.safe_load(written.read_text()) != config:
        written.write_text(yaml.safe_dump(config))
        files = ["--domain", "domain.yml", "--config", str(written), "--data", "data", "--skip-validation"]
        place = ["--out", str(VAR), "--fixed-model-name", model.name.removesuffix(".tar.gz")]
        train([*files, *place], environment, VAR / "peer-default.log", "Training Rasa's default pipeline, one epoch")
    return model


def _environment() -> dict[str, str]:
    given = {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")}
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"}
    return {**given, **quiet, "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "CUDA_VISIBLE_DEVICES": "-1"}


def _import(data: Path, advisor: Advisor) -> None:
    command = [sys.executable, "-m", "knowledge", "update", str(data)]
    url = f"sqlite:///{advisor.folder / 'advisor.sqlite'}"
    subprocess.run(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, check=True, stdout=subprocess.DEVNULL)
