"""What servers say, in files that stay small and go with time; nothing that befalls a file stops or blocks a server."""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

LONGEST = 2_000  # characters of a line
FILES = 10  # the log, and NAME.1 to NAME.9, the latest first
DAY = 86_400  # seconds


class LogFile:
    """A log that begins anew where it grows too large, and with each tenth of its days; safe between threads."""

    def __init__(
        self,
        path: Path,
        *,
        megabytes: float = 10,
        days: float = 30,
        json_lines: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`days` is how long a line is kept at most; `clock` gives seconds since 1970."""
        self.path = path
        self._largest = int(megabytes * 1_000_000)
        self._tenth = days * DAY / FILES
        self._json_lines = json_lines
        self._clock = clock
        self._writing = threading.RLock()
        self.drop_old()

    def drain(self, pipe: IO[bytes]) -> None:
        """Write what comes through a pipe, line by line, until its other end is closed."""
        with pipe:
            while part := pipe.readline(4 * LONGEST):
                self.write(part.decode("utf-8", errors="replace").rstrip("\r\n"))
                while part and not part.endswith(b"\n"):  # the rest of a line that is too long
                    part = pipe.readline(4 * LONGEST)

    def write(self, line: str) -> None:
        """Add a line; where that is not possible it is lost."""
        written = self._formed(line[:LONGEST]).encode() + b"\n"
        with self._writing, contextlib.suppress(OSError):
            self._turn(len(written))
            # opened for each line: a file that somebody has moved, or a disk that was full, needs no care
            file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(file, written)
            finally:
                os.close(file)

    def drop_old(self) -> None:
        """Delete the files whose first line may be as old as lines may get."""
        with self._writing, contextlib.suppress(OSError):
            for path in map(self._older, range(FILES)):
                if path.is_file() and self._tenths_since(path.stat().st_mtime) >= FILES:
                    path.unlink()

    def _formed(self, line: str) -> str:
        if not self._json_lines:
            return line
        with contextlib.suppress(ValueError, RecursionError):
            if isinstance(json.loads(line), dict):
                return line
        return json.dumps({"message": line}, ensure_ascii=False)

    def _turn(self, more: int) -> None:
        """Begin a new file where the one there is is full, or from another tenth of the days."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return
        full = found.st_size + more > self._largest
        if found.st_size and (full or self._tenths_since(found.st_mtime)):
            for number in range(FILES - 1, 0, -1):
                with contextlib.suppress(FileNotFoundError):
                    self._older(number - 1).replace(self._older(number))
            self.drop_old()

    def _tenths_since(self, moment: float) -> int:
        return int(self._clock() // self._tenth - moment // self._tenth)

    def _older(self, number: int) -> Path:
        return self.path.with_name(f"{self.path.name}.{number}") if number else self.path
