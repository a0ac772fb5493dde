"""Packages of npm that tests put on a page or run: fetched once a machine, and no script of theirs is run then."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

ASK = "The tests of the widget need npm, which brings the libraries that real websites use: `apt-get install npm`."
KEPT = Path(tempfile.gettempdir()) / "career-advisor-npm"


def package(name: str, version: str) -> Path:
    """The folder of a package, with what it needs beside it; raises `RuntimeError` where it can't be had."""
    folder = KEPT / f"{name.replace('/', '-')}-{version}"
    if not folder.exists():
        if not shutil.which("npm"):
            raise RuntimeError(ASK)
        KEPT.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=KEPT) as place:
            command = ["npm", "install", "--silent", "--no-audit", "--ignore-scripts", "--prefix", f"{place}/in"]
            done = subprocess.run([*command, f"{name}@{version}"], capture_output=True, text=True, timeout=180)
            if done.returncode != 0:
                raise RuntimeError(f"{ASK} (npm says: {done.stderr.strip()[-500:]})")
            (Path(place) / "in").rename(folder)
    return folder / "node_modules" / name
