"""Tests of knowledge/encoder.py, with the real model."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge import encoder as module
from knowledge.encoder import BATCH, DIMENSIONS, MEANING, Encoder, meaning


def test_each_text_becomes_two_vectors_of_384_floats(encoder):
    vectors = encoder.encode(["Mathematics", "Heavy lifting"])
    assert (vectors.shape, vectors.dtype) == ((2, DIMENSIONS), np.float32)


def test_both_vectors_have_length_one(encoder):
    vectors = encoder.encode(["Mathematics", "", "Watching gauges, dials, or other indicators " * 20])
    assert np.linalg.norm(vectors.reshape(3, 2, MEANING), axis=2) == pytest.approx(np.ones((3, 2)), abs=1e-5)


def test_no_texts_become_no_vectors(encoder):
    assert encoder.encode([]).shape == (0, DIMENSIONS)


def test_the_same_text_becomes_the_same_vector(encoder):
    assert np.array_equal(encoder.encode(["Mathematics"]), encoder.encode(["Mathematics"]))


def test_vectors_come_in_the_order_of_their_texts_however_they_are_batched(encoder):
    texts = [f"Number {n} of the machines " * (1 + n * 7 % 5) for n in range(2 * BATCH + 3)]
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert encoder.encode(texts) == pytest.approx(alone, abs=1e-3)


def test_texts_that_mean_the_same_are_nearer_than_texts_that_do_not(encoder):
    asked, near, far = meaning(
        encoder.encode(["Is the work dangerous?", "Safety hazards on the job", "A recipe for soup"])
    )
    assert asked @ near > asked @ far


def test_questions_that_are_asked_alike_are_near_in_their_wording_only(encoder):
    one, other = encoder.encode(["do I have to lift things?", "can I skip the math?"])
    assert one[:MEANING] @ other[:MEANING] < 0.3
    assert one[MEANING:] @ other[MEANING:] > 0.6


def test_what_stands_beyond_the_longest_text_changes_nothing(encoder):
    start = "machine " * 200
    assert np.array_equal(encoder.encode([start]), encoder.encode([start + "soup"]))


def test_a_tokenizer_with_another_checksum_is_not_loaded(monkeypatch):
    monkeypatch.setattr(module, "TOKENIZER_SHA256", "0" * 64)
    with pytest.raises(RuntimeError, match=f"not {'0' * 64}; run `make setup` again"):
        Encoder()
