"""What training learns, from the examples of intents, the judged questions and the pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.nlu.retriever import Retriever, read_pages
from bot.nlu.texts import masked, read_lines
from knowledge.classifier import YES_OR_NO, Classifier, Settings
from knowledge.vectors import Vectors


@dataclass(frozen=True)
class Learned:
    """What training learns: the kinds of question, the verdicts they ask for, and where their facts lie."""

    kinds: Classifier
    verdicts: Classifier
    retriever: Retriever


def learn(texts: list[str], labels: list[str], pages: Path, verdicts: Path, vectors: Vectors) -> Learned:
    """Learn from masked texts with their intents, and from the files of pages and of verdicts."""
    judged = read_lines(verdicts)
    asked = [masked(example["text"]) for example in judged]
    return Learned(
        _classifier(texts, labels, vectors, Settings()),
        _classifier(asked, [example["verdict"] for example in judged], vectors, YES_OR_NO),
        Retriever.fit(read_pages(pages, vectors.encode)),
    )


def _classifier(texts: list[str], labels: list[str], vectors: Vectors, settings: Settings) -> Classifier:
    return Classifier(settings).fit([text.lower() for text in texts], vectors.encode(texts), labels)
