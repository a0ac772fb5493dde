"""The browser of the tests: Debian's Chromium, found or installed, and never downloaded from elsewhere."""

from __future__ import annotations

import os
import shutil

from tests.debian import NotInstalled, install

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
    try:
        install("chromium", "fonts-dejavu-core")
    except NotInstalled as problem:
        raise NoBrowser(f"{ASK} ({problem})") from problem
    found = _found()
    if not found:
        raise NoBrowser(ASK)
    return found
