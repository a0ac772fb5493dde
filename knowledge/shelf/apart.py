"""Reads a file in a process of its own, bounded in time and memory, so that no file can hold up the desk."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path, PurePath

from knowledge.model import Refused
from knowledge.shelf.blocks import Block, Converted, Role

SECONDS = 60  # that reading may take; a PDF of 40 pages takes ten
MEMORY = 2_000_000_000  # bytes of address space; text of a hundred pages takes a tenth
ROOT = Path(__file__).resolve().parents[2]
LONGEST_BLOCK, LONGEST = 50_000, 2_000_000  # characters; a book has a million
ENDING = 20  # characters of a name that are passed on; what a file is its ending tells
ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")  # no secrets: hostile files are read
REFUSED = 3  # exit code that says: one sentence on stdout


def convert_apart(name: str, content: bytes) -> Converted:
    """As `convert.convert`, in a process of its own; raises `Refused` also where it takes too long or too much."""
    called = f"file{PurePath(name).suffix}".replace("\0", "")[:ENDING]  # an argument holds neither all nor any name
    command = [sys.executable, "-m", "knowledge.shelf.apart", called]
    kept = {each: os.environ[each] for each in ENVIRONMENT if each in os.environ}
    environment = {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS + 10, cwd=ROOT, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(
            f"{name}: reading it took more than {SECONDS} seconds; split it, or save its text alone."
        ) from error
    if done.returncode == REFUSED:
        said = done.stdout.decode("utf-8")
        raise Refused(f"{name}{said.removeprefix(called)}" if said.startswith(called) else said)
    if done.returncode != 0:
        raise Refused(f"{name}: it is broken, or too large to be read; save it once more, or its text alone.")
    read = json.loads(done.stdout)
    return Converted(read["kind"], [Block.of_json(each) for each in read["blocks"]], read["title"])


def _refuse_what_is_too_long(found: Converted, name: str) -> None:
    """Raise `Refused` for what would keep busy whoever reads on, where nothing bounds it."""
    told = (len(block.text) for block in found.blocks if block.role is not Role.dropped)
    if (longest := max(told, default=0)) > LONGEST_BLOCK:
        raise Refused(
            f"{name}: one paragraph or row has {longest:,} characters; at most {LONGEST_BLOCK:,} are read. Divide it."
        )
    if (all_ := sum(len(block.text) for block in found.blocks)) > LONGEST:
        raise Refused(f"{name}: it has {all_:,} characters; at most {LONGEST:,} are read. Split it by occupation.")


def main() -> int:
    """Read stdin as the file that the argument names; what it holds goes to stdout as JSON."""
    from knowledge.shelf.convert import convert

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        found = convert(sys.argv[1], sys.stdin.buffer.read())
        _refuse_what_is_too_long(found, sys.argv[1])
    except Refused as error:
        sys.stdout.write(str(error))
        return REFUSED
    json.dump(asdict(found), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
