"""Debian's packages for the tests: installed where they are missing and root may, and never fetched from elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess


class NotInstalled(RuntimeError):
    """The packages are missing and cannot be installed; says why."""


def install(*packages: str) -> None:
    """Install packages, without what they merely recommend."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise NotInstalled("only root can install packages, and only with apt-get")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        apt = ["apt-get", "--quiet", "--option", "DPkg::Lock::Timeout=120", *command]
        done = subprocess.run(apt, env=environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise NotInstalled(f"apt-get says: {done.stderr.strip()[-500:]}")
