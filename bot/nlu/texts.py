"""The texts that training learns from, as their files hold them."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from bot.nlu.linker import mask, unmarked

DATA = Path(__file__).resolve().parent.parent.parent / "data"


def training_texts(data: Path = DATA) -> list[str]:
    """Every text that training encodes: examples of intents, judged questions, pages with their questions."""
    texts = []
    for path in sorted((data / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            texts += [masked(line.removeprefix("- ")) for line in block["examples"].splitlines()]
    texts += [masked(question["text"]) for question in read_lines(data / "verdicts.jsonl")]
    for page in read_lines(data / "pages.jsonl"):
        for fact in page["facts"]:
            texts += [told(fact), *fact["questions"]]
    return texts


def read_lines(path: Path) -> list[dict]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def masked(marked: str) -> str:
    """A text marked as in training data -> the text with its occupations masked."""
    return mask(*unmarked(marked))


def told(fact: dict[str, str]) -> str:
    """The words by which a fact of a page is found, as `knowledge.rows.embedded` writes them."""
    return f"{fact['aspect'].replace('_', ' ')}: {fact['text']}"
