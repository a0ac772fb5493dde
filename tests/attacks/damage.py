"""A full disk, a database that is broken or gone: GET /ready says so, people are told in a sentence, no traceback."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.advisor import PATIENCE, Advisor, until
from tests.attacks.bench import Bench, Servers, logged
from tests.attacks.callers import Answer, Caller, Visitor
from tests.attacks.locks import told
from tests.attacks.rows import Row

SAID = 30  # seconds until GET /ready tells
SMALL = 150  # megabytes of the disk that is filled


def attack(bench: Bench) -> list[Row]:
    """Break each thing, look at what is said, and at what is well again afterwards."""
    return [_disk(bench), *_database(bench)]


def _disk(bench: Bench) -> Row:
    advisor, how = bench.prepare(), "the disk of var/ and the database full (a tmpfs)"
    with _small_disk(advisor.folder) as is_small:
        advisor.start()
        visitor = talked(advisor)
        if is_small:
            filler = advisor.folder / "filler"
            with suppress(OSError), filler.open("wb") as file:
                while True:
                    file.write(bytes(1 << 16))
                    file.flush()
            empty: Callable[[], None] = filler.unlink
        else:
            how = "nothing can be written (RLIMIT_FSIZE of the Rasa server, for want of a small disk)"
            server = Servers.of(advisor).rasa
            before = resource.prlimit(server, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
            empty = lambda: resource.prlimit(server, resource.RLIMIT_FSIZE, before)  # noqa: E731
        said = _ready_says(advisor, "database")
        answer = visitor.chat("is it dangerous?", "m1")
        empty()
        again = _ready_says(advisor, None)
        answered = again and visitor.chat("is it dangerous?", "m1").is_whole
        advisor.stop()
        return judged(advisor, how, [said, told(answer), again, answered], *_TOLD, "the message sent again is answered")


_TOLD = ("GET /ready says so", "a visitor is told in a sentence", "GET /ready is good again")


def _database(bench: Bench) -> list[Row]:
    gone = bench.another()
    visitor = talked(gone)
    _of_database(gone, Path.unlink)
    said, answer = _ready_says(gone, "database"), visitor.chat("is it dangerous?", "m1")
    gone.stop()
    gone.start()
    fresh = talked(gone) is not None
    rows = [
        judged(
            gone,
            "the database's files deleted under the running advisor; then a new start",
            [said, answer.is_whole or told(answer), fresh],
            *("GET /ready says so", "a visitor is answered or told in a sentence", "a new start builds a new one"),
        )
    ]
    visitor = talked(gone)
    _of_database(gone, _scramble)
    answer = visitor.chat("is it dangerous?", "m1")
    said = _ready_says(gone, "database") or answer.is_whole
    gone.stop()
    rows.append(
        judged(
            gone,
            "the database's files overwritten with noise under the running advisor",
            [said, answer.is_whole or told(answer)],
            *("GET /ready says so, or answers go on", "a visitor is answered or told in a sentence"),
        )
    )
    gone.spawn()
    until(lambda: gone.process.poll() is not None, PATIENCE)
    sentence = gone.output.strip().splitlines()
    rows.append(
        judged(
            gone,
            "a start with a database of noise",
            [gone.process.returncode == 1, len(sentence) <= 2],
            *("exit code 1", "one sentence"),
            said=sentence[-1] if sentence else "",
        )
    )
    return rows


def judged(
    advisor: Advisor, what: str, held: list[bool], *promises: str, said: str = "", attack: str = "damage"
) -> Row:
    """Whether what was promised held, with what did not, and no traceback was written."""
    traces = sum("Traceback" in line for line in [*logged(advisor), *advisor.output.splitlines()])
    missing = [name for name, is_so in zip(promises, held) if not is_so]
    measured = "all so" if not missing else f"not so: {'; '.join(missing)}"
    return Row(
        attack,
        what,
        "; ".join([*promises, "no traceback"]),
        measured + (f"; {traces} tracebacks" if traces else "") + (f" (“{said}”)" if said else ""),
        not missing and not traces,
    )


def talked(advisor: Advisor) -> Visitor | None:
    """A visitor who was answered; `None` where nobody is."""
    visitor = Visitor(advisor.port)
    visitor.begin()
    answers: list[Answer] = []
    with suppress(AssertionError):
        until(lambda: answers.append(visitor.chat("hello")) or answers[-1].is_whole, 60)
    return visitor if answers[-1].is_whole else None


def _ready_says(advisor: Advisor, part: str | None) -> bool:
    """Whether GET /ready says in time that a part is missing, or that none is."""

    def says() -> bool:
        answer = Caller(advisor.port).call("GET", "/ready")
        if part is None:
            return answer.status == 200
        return answer.status == 503 and f'"{part}":false' in answer.content.decode()

    with suppress(AssertionError):
        until(says, SAID)
        return True
    return False


def _of_database(advisor: Advisor, change: Callable[[Path], None]) -> None:
    for path in (advisor.folder / f"advisor.sqlite{ending}" for ending in ("", "-wal")):
        with suppress(FileNotFoundError):
            change(path)


def _scramble(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(os.urandom(path.stat().st_size))


@contextmanager
def _small_disk(folder: Path) -> Iterator[bool]:
    """A small file system at a folder, if we may mount one."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL}m", "tmpfs", str(folder)], capture_output=True
    ).returncode
    try:
        yield mounted == 0
    finally:
        if mounted == 0:
            subprocess.run(["umount", "-l", str(folder)], check=True)
