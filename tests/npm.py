"""Packages of npm that tests put on a page or run: fetched once a machine, and no script of theirs is run then."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

ASK = "The tests of the widget need npm, which brings the libraries that real websites use: `apt-get install npm`."
KEPT = Path(tempfile.gettempdir()) / "career-advisor-npm"


def package(name: str, version: str, *, alone: bool = False) -> Path:
    """The folder of a package, what it needs beside it unless `alone`; raises `RuntimeError` where it can't be had."""
    folder = KEPT / f"{name.replace('/', '-')}-{version}{'-alone' if alone else ''}"
    if not folder.exists():
        if not shutil.which("npm"):
            raise RuntimeError(ASK)
        KEPT.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=KEPT) as place:
            made = Path(place) / "in"
            if alone:
                _npm("pack", "--pack-destination", place, f"{name}@{version}")
                shutil.unpack_archive(next(Path(place).glob("*.tgz")), place)
                (made / "node_modules" / name).parent.mkdir(parents=True)
                (Path(place) / "package").rename(made / "node_modules" / name)
            else:
                _npm("install", "--no-audit", "--ignore-scripts", "--prefix", str(made), f"{name}@{version}")
            made.rename(folder)
    return folder / "node_modules" / name


def _npm(*command: str) -> None:
    done = subprocess.run(["npm", "--silent", *command], capture_output=True, text=True, timeout=180)
    if done.returncode != 0:
        raise RuntimeError(f"{ASK} (npm says: {done.stderr.strip()[-500:]})")
