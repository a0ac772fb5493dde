"""data/abbreviations.txt: what people call occupations, what they make of the words of titles, and ordinary words."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bot.nlu.title_words import key
from knowledge.model import Refused

FILE = Path(__file__).resolve().parents[2] / "data" / "abbreviations.txt"


@dataclass
class Abbreviations:
    """Keys of what people write -> the titles meant, the likeliest first; of `words`, the words meant."""

    names: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    activities: dict[str, list[str]] = field(default_factory=dict)
    jobs: set[str] = field(default_factory=set)  # common words that mean a person at work and nothing else
    things: set[str] = field(default_factory=set)  # words that mean a thing as often as a person at work


def read_abbreviations(path: Path = FILE) -> Abbreviations:
    """The file; raises `Refused` with the line where it is not written as its head says."""
    read = Abbreviations()
    sections = {
        "[names]": read.names,
        "[words]": read.words,
        "[activities]": read.activities,
        "[jobs]": None,
        "[things]": None,
    }
    section: str | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            section = line
            if section not in sections:
                raise Refused(f"{path.name}:{number}: there is no section {line}.")
        elif section in ("[jobs]", "[things]"):
            (read.jobs if section == "[jobs]" else read.things).update(key(word) for word in line.split(","))
        elif section is not None and line.count(" = ") == 1:
            name, meant = line.split(" = ")
            sections[section][key(name)] = [each.strip() for each in meant.split(";")]
        else:
            raise Refused(f"{path.name}:{number}: “{line}” is not written as “name = title”, in a section.")
    return read
