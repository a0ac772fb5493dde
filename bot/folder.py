"""The folder var/ and what is kept in it: for its owner alone, and for one advisor at a time."""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SHORTEST_SECRET = 32  # characters
OTHERS = stat.S_IRWXG | stat.S_IRWXO


class FolderError(Exception):
    """Why a folder or what is in it cannot be used, in one sentence that says what to do."""


def make(folder: Path) -> None:
    """Make a folder for us alone where there is none; raises `FolderError`."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise FolderError(_unusable(folder, error)) from error


def close_to_others(*paths: Path) -> None:
    """Take what is ours from everybody else: folders with all that is in them, and files; links are not followed."""
    for path in paths:
        for each in [path, *path.rglob("*")]:
            with contextlib.suppress(OSError):  # gone meanwhile, or on a disk that cannot be written
                found = each.lstat()
                if found.st_uid == os.geteuid() and not stat.S_ISLNK(found.st_mode) and found.st_mode & OTHERS:
                    each.chmod(stat.S_IMODE(found.st_mode) & ~OTHERS)


@contextmanager
def held(folder: Path, *, waiting: str = "") -> Iterator[None]:
    """Hold a folder until the block ends or this process dies.

    Where another holds it, say `waiting` and wait, or raise `FolderError` where there is no such word.
    """
    try:
        lock = (folder / "lock").open("a+")
    except OSError as error:
        raise FolderError(_unusable(folder, error)) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if not waiting:
                lock.seek(0)
                holder = lock.read().strip() or "unknown"
                raise FolderError(
                    f"Another advisor keeps its things in {folder} (process {holder}); stop it first, "
                    f"or name a folder for this one in ADVISOR_VAR."
                ) from error
            print(waiting, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        except OSError as error:
            raise FolderError(_unusable(folder, error)) from error
        with contextlib.suppress(OSError):  # a full disk: then the holder stays unknown
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
        yield


def kept_secret(path: Path) -> str:
    """The secret that a file keeps, made where there is none or an empty one; raises `FolderError`."""
    try:
        kept = path.read_text(encoding="utf-8", errors="replace").strip() if path.exists() else None
        if not kept:
            if kept is not None:
                print(f"{path} was empty; a new secret is in it, and visitors begin anew.", file=sys.stderr, flush=True)
            return _new_secret(path)
        readable = path.stat().st_mode & OTHERS
    except OSError as error:
        raise FolderError(f"{path} cannot be used ({error.strerror}); make it a file that you can read.") from error
    if readable:
        raise FolderError(
            f"{path} can be read by others, who could sign in as any visitor; "
            f"delete it, for a new one to be made, or keep it with `chmod 600` if nobody has read it."
        )
    if len(kept) < SHORTEST_SECRET:
        raise FolderError(
            f"{path} holds fewer than {SHORTEST_SECRET} characters, which can be guessed; "
            f"delete it, for a new one to be made."
        )
    return kept


def _new_secret(path: Path) -> str:
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    part.write_text(secrets.token_urlsafe(32), encoding="ascii")
    part.replace(path)  # so that nobody ever reads half of it
    return path.read_text(encoding="ascii")


def _unusable(folder: Path, error: OSError) -> str:
    return f"{folder} cannot be written ({error.strerror}); let the advisor keep its things there."
