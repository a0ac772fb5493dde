"""What is kept in var/: for its owner alone, for one advisor at a time, and a secret that is one."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.folder import FolderError, close_to_others, held, kept_secret, make

HOLDER = """
import sys, time
from pathlib import Path
from bot.folder import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def mode(path: Path) -> int:
    """The permissions of a file or a folder."""
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture
def holder(tmp_path):
    """A process that holds a folder."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.wait()


def test_a_folder_is_made_for_its_owner_alone_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        make(tmp_path / "var")
    finally:
        os.umask(before)
    assert mode(tmp_path / "var") == 0o700


def test_what_is_there_is_closed_to_others(tmp_path):
    (tmp_path / "var" / "logs").mkdir(parents=True, mode=0o755)
    (tmp_path / "var" / "logs" / "rasa.log").touch(mode=0o644)
    (tmp_path / "outside").touch()
    (tmp_path / "outside").chmod(0o644)
    (tmp_path / "var" / "link").symlink_to(tmp_path / "outside")
    close_to_others(tmp_path / "var", tmp_path / "nowhere")
    assert [mode(tmp_path / "var" / name) for name in (".", "logs", "logs/rasa.log")] == [0o700, 0o700, 0o600]
    assert mode(tmp_path / "outside") == 0o644


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_what_is_somebody_elses_is_left_to_them(tmp_path):
    path = tmp_path / "theirs"
    path.touch()
    path.chmod(0o644)
    os.chown(path, 65534, 65534)
    close_to_others(tmp_path)
    assert mode(path) == 0o644


def test_a_folder_that_another_holds_is_named_with_its_holder(tmp_path, holder):
    with pytest.raises(FolderError, match=rf"in {tmp_path} \(process {holder.pid}\); stop it first"), held(tmp_path):
        pass


def test_death_frees_a_folder(tmp_path, holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with held(tmp_path):
        assert (tmp_path / "lock").read_text() == str(os.getpid())


def test_who_can_wait_is_told_so_and_waits(tmp_path, holder, capsys):
    threading.Timer(0.5, holder.kill).start()
    with held(tmp_path, waiting="Waiting ..."):
        assert holder.wait(timeout=5) == -signal.SIGKILL
    assert capsys.readouterr().out == "Waiting ...\n"


@pytest.mark.parametrize("place", ["/proc/advisor", "/sys/advisor", "/dev/null/var"])
def test_a_folder_that_cannot_be_made_is_one_sentence(place):
    with pytest.raises(FolderError, match=rf"^{place} cannot be written \(.*let the advisor"):
        make(Path(place))


def test_a_folder_that_cannot_be_written_is_one_sentence():
    with pytest.raises(FolderError, match=r"^/proc cannot be written \(.*let the advisor"), held(Path("/proc")):
        pass


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path):
    before = os.umask(0)
    try:
        secret = kept_secret(tmp_path / "secret")
    finally:
        os.umask(before)
    assert kept_secret(tmp_path / "secret") == secret
    assert len(secret) >= 32
    assert mode(tmp_path / "secret") == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


@pytest.mark.parametrize("content", ["", "\n"])
def test_an_empty_secret_heals_and_it_is_said(tmp_path, capsys, content):
    (tmp_path / "secret").write_text(content)
    secret = kept_secret(tmp_path / "secret")
    assert len(secret) >= 32
    assert "was empty; a new secret is in it" in capsys.readouterr().err
    assert kept_secret(tmp_path / "secret") == secret
    assert mode(tmp_path / "secret") == 0o600


@pytest.mark.parametrize(
    ("content", "permissions", "sentence"),
    [
        ("a" * 43, 0o640, "can be read by others, .* `chmod 600`"),
        ("a" * 43, 0o604, "can be read by others"),
        ("a" * 31, 0o600, "fewer than 32 characters, .* delete it"),
    ],
)
def test_a_secret_that_is_none_is_refused_with_what_to_do(tmp_path, content, permissions, sentence):
    (tmp_path / "secret").write_text(content)
    (tmp_path / "secret").chmod(permissions)
    with pytest.raises(FolderError, match=sentence):
        kept_secret(tmp_path / "secret")
    assert (tmp_path / "secret").read_text() == content


def test_a_secret_that_cannot_be_read_is_one_sentence(tmp_path):
    (tmp_path / "secret").mkdir()
    with pytest.raises(FolderError, match=r"secret cannot be used \(Is a directory\)"):
        kept_secret(tmp_path / "secret")
