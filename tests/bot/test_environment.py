"""The set-up: which uv, which Python, and one clear sentence where there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot import environment
from bot.environment import SetupError, find_python, uv_wheel, works

LOCK = environment.LOCK.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("system", "machine", "tags"),
    [
        ("linux", "x86_64", "manylinux_2_17_x86_64"),
        ("linux", "aarch64", "manylinux_2_17_aarch64"),
        ("darwin", "arm64", "macosx_11_0_arm64"),
        ("darwin", "x86_64", "macosx_10_12_x86_64"),
    ],
)
def test_uv_is_the_wheel_that_the_lock_pins_for_the_platform(system, machine, tags):
    url, sha256 = uv_wheel(LOCK, system, machine)
    assert tags in url
    assert len(sha256) == 64


def test_a_platform_without_uv_gets_a_clear_sentence():
    with pytest.raises(SetupError, match="uv has no build for linux on sparc"):
        uv_wheel(LOCK, "linux", "sparc")


def test_without_a_network_the_set_up_says_so_in_one_sentence(tmp_path):
    clone = tmp_path / "clone"
    (clone / "bot").mkdir(parents=True)
    for name in ("bot/environment.py", "uv.lock", "pyproject.toml"):
        (clone / name).write_bytes((environment.ROOT / name).read_bytes())
    nowhere = {**os.environ, "https_proxy": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9"}
    ended = subprocess.run(
        [sys.executable, str(clone / "bot" / "environment.py")], env=nowhere, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "The package index cannot be reached" in ended.stderr


def test_a_python_that_is_there_but_does_not_run_is_passed_over(tmp_path, monkeypatch):
    shim = tmp_path / "python3.10"
    shim.write_text("#!/bin/sh\necho 'pyenv: python3.10: command not found' >&2\nexit 127\n")
    shim.chmod(0o755)
    assert not works(shim)
    root = tmp_path / "pyenv" / "versions" / "3.10.13" / "bin"
    root.mkdir(parents=True)
    (root / "python3.10").symlink_to(sys.executable)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    assert Path(find_python("no-uv")).exists()


def test_where_no_python_3_10_can_be_had_the_set_up_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "works", lambda python: False)
    uv = tmp_path / "uv"
    uv.write_text("#!/bin/sh\nexit 2\n")
    uv.chmod(0o755)
    with pytest.raises(SetupError, match="No Python 3.10 was found and none could be fetched; install one"):
        find_python(uv)


def test_the_set_up_runs_on_an_old_python():
    compile((environment.ROOT / "bot" / "environment.py").read_text(encoding="utf-8"), "environment.py", "exec")
    source = (environment.ROOT / "bot" / "environment.py").read_text(encoding="utf-8")
    assert not any(word in source for word in ("removeprefix", "match ", " | None", "list[", "dict["))
