"""Packages of npm that tests put on a page or run: fetched once a machine, at a version, and only unpacked."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

ASK = "The tests of the widget need npm, which brings the libraries that real websites use: `apt-get install npm`."
KEPT = Path(tempfile.gettempdir()) / "career-advisor-npm"


def package(name: str, version: str) -> Path:
    """The folder of a package; raises `RuntimeError` where it can't be had."""
    folder = KEPT / f"{name.replace('/', '-')}-{version}"
    if folder.exists():
        return folder / "package"
    if not shutil.which("npm"):
        raise RuntimeError(ASK)
    KEPT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=KEPT) as place:
        command = ["npm", "pack", "--silent", "--pack-destination", place, f"{name}@{version}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180)
        if done.returncode != 0:
            raise RuntimeError(f"{ASK} (npm says: {done.stderr.strip()[-500:]})")
        [packed] = Path(place).glob("*.tgz")
        with tarfile.open(packed) as archive:
            archive.extractall(Path(place) / "unpacked", filter="data")
        (Path(place) / "unpacked").rename(folder)
    return folder / "package"
