"""The file of a backup: packed lines of JSON; what is in it, then its rows, table after table, then their checksum."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

FORMAT = "career-advisor backup 1"
BEGINNING = b'{"format":"career-advisor backup '
Row = Sequence[Any]  # values of JSON's own kinds


class ArchiveError(Exception):
    """Why a file cannot be written or read, in one sentence."""


@dataclass(frozen=True)
class Part:
    """The rows of one table."""

    table: str
    columns: list[str]
    rows: int


@dataclass(frozen=True)
class Contents:
    """What is in a backup, in the order of its rows, and when it was made (ISO 8601)."""

    made_at: str
    parts: list[Part]


def write(path: Path, contents: Contents, rows: Iterable[Row]) -> None:
    """Write a file for our eyes only, whole or not at all; raises `ArchiveError`."""
    half = path.with_name(f"{path.name}.part")
    digest = hashlib.sha256()
    try:
        half.unlink(missing_ok=True)
        half.touch(0o600, exist_ok=False)
        with half.open("wb") as file:
            with gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=6) as packed:
                for line in chain([{"format": FORMAT, **asdict(contents)}], rows):
                    written = json.dumps(line, separators=(",", ":")).encode() + b"\n"
                    digest.update(written)
                    packed.write(written)
                packed.write(_checksum(digest))
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError as error:
        raise ArchiveError(f"{path} cannot be written ({error.strerror}).") from error
    finally:
        half.unlink(missing_ok=True)


def read(path: Path) -> tuple[Contents, Iterator[Row]]:
    """What is in a file, and its rows; raises `ArchiveError` where it is not, to its end, as it was written."""
    _verify(path)
    lines = _lines(path)
    found = json.loads(next(lines))
    if found["format"] != FORMAT:
        raise ArchiveError(f"{path} is of another version ({found['format']}); this one reads {FORMAT}.")
    contents = Contents(found["made_at"], [Part(**part) for part in found["parts"]])
    return contents, map(json.loads, islice(lines, sum(part.rows for part in contents.parts)))


def _verify(path: Path) -> None:
    digest, line = hashlib.sha256(), b""
    for place, following in enumerate(_lines(path)):
        if place == 0 and not following.startswith(BEGINNING):
            break
        digest.update(line)
        line = following
    if not line:
        raise ArchiveError(f"{path} is no backup of the advisor.")
    if line != _checksum(digest):
        raise ArchiveError(f"{path} is damaged: its checksum is another one.")


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path) as packed:
            yield from packed
    except EOFError as error:
        raise ArchiveError(f"{path} is cut off; take another backup.") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise ArchiveError(f"{path} is no backup of the advisor, or a damaged one.") from error
    except OSError as error:
        raise ArchiveError(f"{path} cannot be read ({error.strerror}).") from error


def _checksum(digest: hashlib._Hash) -> bytes:
    return json.dumps({"sha256": digest.hexdigest()}).encode() + b"\n"
