"""Backups and models that are cut off, changed or others: noticed, said in a sentence, and nothing of them used."""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

from tests.advisor import PATIENCE, ROOT, Advisor, free_port, until
from tests.attacks.bench import Bench
from tests.attacks.damage import judged, talked
from tests.attacks.rows import Row

CODE = ("bot", "actions", "knowledge", "data", "tests")
FILES = ("config.yml", "domain.yml", "credentials.yml", "endpoints.yml", "uv.lock", "pyproject.toml")


def attack(bench: Bench) -> list[Row]:
    """Damage a backup and put it back; damage a model and start with it."""
    return [_backup(bench), _model(bench)]


def _backup(bench: Bench) -> Row:
    advisor = bench.another()
    talked(advisor)
    advisor.stop()
    kept, found = advisor.folder / "kept.backup", []
    assert _run("bot.backup", [str(kept)], advisor).returncode == 0
    whole = kept.read_bytes()
    for damaged in (whole[: len(whole) // 2], _flipped(whole), gzip.compress(b"[]\n"), b"", os.urandom(1000)):
        kept.write_bytes(damaged)
        ended = _run("bot.backup", ["--restore", "--force", str(kept)], advisor)
        found.append(ended.returncode == 1 and len(ended.stderr.splitlines()) == 1 and "Trace" not in ended.stderr)
    messages = _count(advisor, "SELECT count(*) FROM events WHERE type_name = 'user'")
    return judged(
        advisor,
        f"{len(found)} damaged backups put back: cut off, a byte changed, another format, empty, noise",
        [all(found), messages > 0],
        *("each refused in one sentence", "the database is as it was"),
        attack="archives",
    )


def _model(bench: Bench) -> Row:
    checkout = bench.folder / "checkout"  # a copy: a model belongs to its checkout, and this one's is in use
    for name in CODE:
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__", "evaluation"))
    for name in FILES:
        shutil.copy(ROOT / name, checkout)
    shutil.copytree(ROOT / "models", checkout / "models")
    model = next((checkout / "models").glob("*.tar.gz"))
    whole = model.read_bytes()
    said = []
    for damaged in (_flipped(whole), gzip.compress(b"another model"), b"", whole[: len(whole) // 2]):
        model.write_bytes(damaged)
        told = subprocess.run(
            [sys.executable, "-c", "from bot.training import stale; print(stale())"],
            cwd=checkout, capture_output=True, text=True, env={**os.environ, "PYTHONWARNINGS": "ignore"}, timeout=300,
        )  # fmt: skip
        said.append("damaged, or not the one" in told.stdout)
    advisor = bench.prepare()
    with (advisor.folder / "output").open("wb") as output:
        environment = {"PORT": str(advisor.port), "ADVISOR_REST": "1", "ADVISOR_VAR": str(advisor.var)}
        advisor.process = subprocess.Popen(
            [sys.executable, "-m", "bot.run"], cwd=checkout, stdout=output, stderr=subprocess.STDOUT,
            env={**os.environ, **environment, "DATABASE_URL": f"sqlite:///{advisor.folder / 'advisor.sqlite'}"},
        )  # fmt: skip
    until(lambda: advisor.process.poll() is not None or "Ready." in advisor.output, 2 * PATIENCE)
    answered = talked(advisor) is not None
    advisor.stop()
    return judged(
        advisor,
        "the model's file with a byte changed, of another model, empty, and cut off before a start",
        [all(said), "damaged" in advisor.output, answered],
        *("each is noticed", "the start says so", "and trains it again"),
        attack="archives",
    )


def _flipped(content: bytes) -> bytes:
    place = len(content) // 2
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def _count(advisor: Advisor, query: str) -> int:
    with closing(sqlite3.connect(advisor.folder / "advisor.sqlite")) as connection:
        return connection.execute(query).fetchone()[0]


def _run(module: str, arguments: list[str], advisor: Advisor) -> subprocess.CompletedProcess[str]:
    named = {"ADVISOR_VAR": str(advisor.var), "DATABASE_URL": f"sqlite:///{advisor.folder / 'advisor.sqlite'}"}
    command = [sys.executable, "-m", module, *arguments]
    environment = {**os.environ, "PORT": str(free_port()), **named}
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, env=environment)
