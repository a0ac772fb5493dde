"""The browser of the tests: Debian's Chromium, found or installed, and never downloaded from elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome")
ASK = "The tests of the widget need Chromium: `apt-get install chromium`, or set CHROMIUM to where it is."
# it runs as root in a container, has no screen, and has nothing to look for outside
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NoBrowser(RuntimeError):
    """There is no Chromium and none can be installed; says what to do."""


def chromium() -> str:
    """The path of Chromium; installs Debian's package where there is none and root may."""
    return _found() or _installed()


def _found() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def _installed() -> str:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise NoBrowser(ASK)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium", "fonts-dejavu-core"]):
        done = subprocess.run(["apt-get", "--quiet", *command], env=environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise NoBrowser(f"{ASK} (apt-get says: {done.stderr.strip()[-500:]})")
    found = _found()
    if not found:
        raise NoBrowser(ASK)
    return found
