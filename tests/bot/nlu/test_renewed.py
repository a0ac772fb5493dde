"""A pipeline that forgets the words it saw, without anybody waiting for it."""

from __future__ import annotations

import spacy

from bot.nlu.renewed import Renewed
from tests.advisor import until


class Blank:
    """A pipeline and nothing else."""

    def __init__(self) -> None:
        self.nlp = spacy.blank("en")


def test_a_pipeline_that_saw_too_many_words_is_made_anew():
    renewed = Renewed(Blank, kept=50)
    first = renewed()
    first.nlp(" ".join(f"word{number}" for number in range(100)))
    assert renewed() is first, "nobody waits for the new one"
    until(lambda: renewed() is not first, 30)
    assert "word7" not in renewed().nlp.vocab.strings


def test_a_pipeline_that_saw_few_words_stays():
    renewed = Renewed(Blank, kept=50)
    first = renewed()
    first.nlp("a few words")
    assert renewed() is first
    assert "few" in renewed().nlp.vocab.strings
