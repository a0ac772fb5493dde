"""The texts that training learns from, as their files hold them."""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.nlu.linker import mask, unmarked

DATA = Path(__file__).resolve().parent.parent.parent / "data"


def training_texts(data: Path = DATA) -> list[str]:
    """Every text that training encodes: the examples of intents."""
    texts = []
    for path in sorted((data / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            texts += [masked(line.removeprefix("- ")) for line in block["examples"].splitlines()]
    return texts


def masked(marked: str) -> str:
    """A text marked as in training data -> the text with its occupations masked."""
    return mask(*unmarked(marked))
