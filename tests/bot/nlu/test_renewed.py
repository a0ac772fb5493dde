"""A pipeline that forgets the words it saw, and never takes the room of two."""

from __future__ import annotations

import threading
import weakref

import spacy

from bot.nlu.renewed import Renewed


class Blank:
    """A pipeline and nothing else."""

    def __init__(self) -> None:
        self.nlp = spacy.blank("en")


def test_a_pipeline_that_saw_too_many_words_is_made_anew_once_it_is_gone():
    made: list[weakref.ref[Blank]] = []

    def make() -> Blank:
        assert not any(each() for each in made), "two would take the room of two"
        blank = Blank()
        made.append(weakref.ref(blank))
        return blank

    renewed = Renewed(make, kept=50)
    with renewed() as first:
        first.nlp(" ".join(f"word{number}" for number in range(100)))
    del first
    assert "word7" not in now(renewed).nlp.vocab.strings
    assert len(made) == 2


def test_a_pipeline_that_saw_few_words_stays():
    renewed = Renewed(Blank, kept=50)
    with renewed() as first:
        first.nlp("a few words")
    assert now(renewed) is first
    assert "few" in first.nlp.vocab.strings


def test_one_thread_uses_it_at_a_time():
    renewed, begun = Renewed(Blank), threading.Event()

    def use() -> None:
        begun.set()
        with renewed():
            pass

    other = threading.Thread(target=use)
    with renewed():
        other.start()
        begun.wait()
        other.join(0.1)
        assert other.is_alive()
    other.join(10)
    assert not other.is_alive()


def now(renewed: Renewed[Blank]) -> Blank:
    """The pipeline that serves now."""
    with renewed() as made:
        return made
