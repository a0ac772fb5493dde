"""The classifier, the retriever and the file of vectors, each on a few texts with the real encoder."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from bot.nlu.retriever import Page, Retriever
from knowledge.classifier import Classifier
from knowledge.encoder import Encoder
from knowledge.vectors import Vectors

TEXTS = {
    "pay": ["what does it pay", "how much money would i make", "salary?", "is the wage good"],
    "safety": ["is it dangerous", "do people get hurt", "how safe is the place", "many accidents?"],
}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """The real encoder."""
    return Encoder()


@pytest.fixture(scope="module")
def classifier(encoder) -> Classifier:
    """A classifier of two kinds."""
    texts = [text for several in TEXTS.values() for text in several]
    return Classifier().fit(texts, encoder.encode(texts), [label for label, several in TEXTS.items() for _ in several])


@pytest.mark.parametrize(("text", "label"), [("what is the hourly rate", "pay"), ("could i be injured", "safety")])
def test_an_unseen_question_is_put_into_its_kind(classifier, encoder, text, label):
    chances = classifier.confidences([text], encoder.encode([text]))[0]
    assert classifier.labels[int(chances.argmax())] == label
    assert chances.sum() == pytest.approx(1)


def test_a_classifier_survives_being_kept(classifier, encoder):
    kept = pickle.loads(pickle.dumps(classifier))
    vector = encoder.encode(["the pay"])
    assert np.array_equal(kept.confidences(["the pay"], vector), classifier.confidences(["the pay"], vector))


def test_a_retriever_turns_questions_towards_the_facts_that_answer_them():
    random = np.random.default_rng(1)
    facts = np.eye(8, dtype=np.float32)
    noise = random.normal(scale=0.1, size=(8, 8)).astype(np.float32)
    questions = np.roll(facts, 1, axis=1) + noise  # each question lies where another fact is
    questions /= np.linalg.norm(questions, axis=1, keepdims=True)
    retriever = Retriever.fit([Page(facts, questions, np.arange(8))], pull=0.0, steps=1500)
    assert (retriever.turn(questions) @ facts.T).argmax(axis=1).tolist() == list(range(8))
    assert np.linalg.norm(retriever.turn(questions), axis=1) == pytest.approx(np.ones(8), abs=1e-5)


def test_a_text_is_encoded_once(encoder, tmp_path):
    path = tmp_path / "vectors.npz"
    first = Vectors(encoder, path).encode(["a question", "another", "a question"])
    again = Vectors(None, path).encode(["another"])  # without an encoder: from the file alone
    assert np.array_equal(again[0], first[1])
    assert np.array_equal(first[0], first[2])


def test_a_damaged_file_of_vectors_is_made_anew(encoder, tmp_path):
    path = tmp_path / "vectors.npz"
    path.write_bytes(b"PK cut off")
    assert Vectors(encoder, path).encode(["a question"]).shape == (1, 384)
