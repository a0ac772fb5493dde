"""Answers with the verdicts of two readers, as their files hold them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

FAULTS = {
    "unsupported claim", "other question answered", "opposite", "part dropped", "filler called nearest",
    "gap not named", "wrong occupation or person", "odd wording", "false alarm", "untrue about itself", "too long",
}  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """One message, what the advisor said, and whether each of two readers would sign it."""

    name: str
    message: str
    replies: tuple[str, ...]
    said: tuple[bool, bool]
    faults: tuple[str | None, str | None]

    @property
    def right(self) -> bool:
        """Whether both call it right."""
        return all(self.said)


def read_judged(path: Path) -> list[Judged]:
    """The answers of a file; raises `ValueError` with file and line where a verdict is missing or none."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        entry = json.loads(line)
        readers = entry["readers"]
        if len(readers) != 2:
            raise ValueError(f"{path}:{number}: there have to be two verdicts, not {len(readers)}.")
        for reader in readers:
            if reader["right"] is not True and reader.get("fault") not in FAULTS:
                raise ValueError(f"{path}:{number}: “{reader.get('fault')}” is none of {', '.join(sorted(FAULTS))}.")
        said, faults = (tuple(reader[key] for reader in readers) for key in ("right", "fault"))
        found.append(Judged(entry["id"], entry["message"], tuple(entry["replies"]), said, faults))
    return found
