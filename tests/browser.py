"""The browsers of the tests: Debian's Chromium, Firefox and WebKit, found or installed, and from nowhere else."""

from __future__ import annotations

import glob
import os
import shutil
from collections.abc import Sequence

from tests.debian import NotInstalled, install

NAMES = ("chromium", "chromium-browser", "google-chrome")
MINI_BROWSER = "/usr/lib/*/webkit2gtk-4.1/MiniBrowser"
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
    """There is no such browser and none can be installed; says what to do."""


def chromium() -> str:
    """The path of Chromium; installs Debian's package where there is none and root may."""
    return os.environ.get("CHROMIUM") or _found(NAMES) or _installed(NAMES, "chromium", "fonts-dejavu-core")


def firefox() -> str:
    """The path of Firefox; installs Debian's package where there is none and root may."""
    return _found(("firefox-esr", "firefox")) or _installed(("firefox-esr",), "firefox-esr")


def webkit() -> tuple[str, str, str]:
    """The paths of WebKit's driver, of a browser that it drives and of a screen; installed where missing."""
    packages = ("webkit2gtk-driver", "libwebkit2gtk-4.1-0", "xvfb")
    driver = _found(("WebKitWebDriver",)) or _installed(("WebKitWebDriver",), *packages)
    screen = _found(("Xvfb",)) or _installed(("Xvfb",), *packages)
    found = glob.glob(MINI_BROWSER)
    if not found:
        raise NoBrowser(f"{MINI_BROWSER} is not there, which comes with Debian's libwebkit2gtk-4.1-0.")
    return driver, found[0], screen


def _found(names: Sequence[str]) -> str | None:
    return next(filter(None, map(shutil.which, names)), None)


def _installed(names: Sequence[str], *packages: str) -> str:
    ask = f"The tests of the widget need {names[0]}: `apt-get install {' '.join(packages)}`."
    try:
        install(*packages)
    except NotInstalled as problem:
        raise NoBrowser(f"{ask} ({problem})") from problem
    found = _found(names)
    if not found:
        raise NoBrowser(ask)
    return found
