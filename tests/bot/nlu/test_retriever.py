"""The map from questions to facts, on made-up vectors."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.retriever import Page, Retriever


def test_a_retriever_turns_questions_towards_the_facts_that_answer_them():
    random = np.random.default_rng(1)
    facts = np.eye(8, dtype=np.float32)
    noise = random.normal(scale=0.1, size=(8, 8)).astype(np.float32)
    questions = np.roll(facts, 1, axis=1) + noise  # each question lies where another fact is
    questions /= np.linalg.norm(questions, axis=1, keepdims=True)
    retriever = Retriever.fit([Page(facts, questions, np.arange(8))], pull=0.0, steps=1500)
    assert (retriever.turn(questions) @ facts.T).argmax(axis=1).tolist() == list(range(8))
    assert np.linalg.norm(retriever.turn(questions), axis=1) == pytest.approx(np.ones(8), abs=1e-5)
