"""The classifier on a few texts with the real encoder."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from knowledge.classifier import Classifier, Regression, Settings
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


def test_what_is_learned_beside_a_label_is_what_would_be_learned_without_its_texts(encoder):
    compared = ["which of the two pays more", "are welders safer than bakers"]
    texts = [*(text for several in TEXTS.values() for text in several), *compared]
    labels = [*(label for label, several in TEXTS.items() for _ in several), "comparison", "comparison"]
    both = Classifier().fit(texts, encoder.encode(texts), labels, beside="comparison")
    text = "which of the two has the better wage"
    _, beside, _ = both.all([text], encoder.encode([text]))
    assert both.labels[int(beside[0].argmax())] == "pay"
    assert beside[0, both.labels.index("comparison")] == 0
    full = Classifier().fit(texts, encoder.encode(texts), labels)
    vector = encoder.encode([text])
    assert np.allclose(both.all([text], vector)[0], full.confidences([text], vector), atol=1e-5)


def test_a_mark_is_learned_beside_the_labels_and_leaves_them_as_they_are(encoder):
    texts = [text for several in TEXTS.values() for text in several] + ["which pays more", "is either safer"]
    labels = [*(label for label, several in TEXTS.items() for _ in several), "comparison", "comparison"]
    vectors, marked = encoder.encode(texts), [place % 3 == 0 for place in range(len(texts))]
    plain = Classifier().fit(texts, vectors, labels, "comparison")
    with_marks = Classifier().fit(texts, vectors, labels, "comparison", marked)
    kinds, beside, marks = with_marks.all(texts, vectors)
    assert np.allclose(kinds, plain.all(texts, vectors)[0], atol=1e-5)
    assert np.allclose(beside, plain.all(texts, vectors)[1], atol=1e-5)
    assert [mark > 0 for mark in marks] == marked


def test_leaving_texts_out_gives_the_scores_of_a_regression_that_never_saw_them(encoder):
    texts = [text for several in TEXTS.values() for text in several]
    vectors, targets = encoder.encode(texts), np.eye(len(texts), 3, dtype=np.float32)
    regression = Regression(Settings(characters=0.0, words=0.0))  # whose weights of terms depend on all texts
    whole = regression.fit(texts, vectors, targets, left_out=np.array([0, 5]))
    asked = encoder.encode(["what is the hourly rate"])
    _, without = np.split(whole.scores(["what is the hourly rate"], asked), 2, axis=1)
    kept = [place for place in range(len(texts)) if place not in (0, 5)]
    fresh = Regression(Settings(characters=0.0, words=0.0))
    fresh.fit([texts[place] for place in kept], vectors[kept], targets[kept])
    assert np.allclose(without, fresh.scores(["what is the hourly rate"], asked), atol=1e-4)
