"""A folder of downloads: what is new in it is imported, the newest edition of each source stays."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from knowledge.model import Refused, Source
from knowledge.sources import store
from knowledge.sources.release import Release

Read = Callable[[Path], Release]  # raises `Refused` where a path is no download, or a broken one
Say = Callable[[str], None]


def update(engine: store.Engine, folder: Path, read: Read, say: Say) -> list[Release]:
    """Import what is new in a folder since the last time, and say a sentence of each; a broken one stops no other.

    What was imported by hand, or forgotten, stays so until a download changes. Returns what was imported; raises
    `Refused` where there is no such folder.
    """
    if not folder.is_dir():
        raise Refused(f"{folder}: there is no such folder.")
    done: list[Release] = []
    for path in downloads(folder):
        mark = _mark(path)
        if store.knows_download(engine, mark):
            continue
        say(f"{path.name}: reading …")
        try:
            release = read(path)
        except Refused as error:
            say(f"{error}")
            continue
        held = next((each.source for each in store.held(engine) if each.source.name == release.source.name), None)
        if held is not None and _when(held) > _when(release.source):
            say(f"{path.name}: edition {release.source.edition} is older than the one that is held, {held.edition}.")
        else:
            store.save(engine, release)
            done = [each for each in done if each.source.name != release.source.name] + [release]
            say(f"{path.name}: imported, {release.source.title} {release.source.edition or ''}.")
        store.note_download(engine, mark, path.name)
    return done


def downloads(folder: Path) -> Iterator[Path]:
    """The downloads in a folder: each folder, and each archive, workbook or page that lies in it by itself."""
    for path in sorted(folder.iterdir()):
        if not path.name.startswith((".", "~")) and (path.is_dir() or path.suffix.lower() in (".zip", ".xlsx")):
            yield path


def _mark(path: Path) -> str:
    """What tells a download from any other, and from itself once it has changed: its files, their sizes and times."""
    files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
    found = hashlib.sha256(path.name.encode())
    for each in files:
        told = each.stat()
        found.update(f"{each.relative_to(path)}\0{told.st_size}\0{told.st_mtime_ns}\0".encode())
    return found.hexdigest()


def _when(source: Source) -> tuple[int, ...]:
    """An edition as numbers that can be compared, “30.1”, “May 2025”: (30, 1), (2025,)."""
    digits = "".join(character if character.isdigit() else " " for character in source.edition or "")
    return tuple(int(number) for number in digits.split())
