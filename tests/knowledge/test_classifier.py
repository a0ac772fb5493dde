"""The classifier on a few texts with the real encoder."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from knowledge.classifier import Classifier
from knowledge.encoder import Encoder

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
