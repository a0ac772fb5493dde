"""The file of vectors: no text is encoded twice."""

from __future__ import annotations

import numpy as np

from knowledge.vectors import Vectors


def test_a_text_is_encoded_once(encoder, tmp_path):
    path = tmp_path / "vectors.npz"
    first = Vectors(encoder, path).encode(["a question", "another", "a question"])
    again = Vectors(None, path).encode(["another"])  # without an encoder: from the file alone
    assert np.array_equal(again[0], first[1])
    assert np.array_equal(first[0], first[2])


def test_a_damaged_file_of_vectors_is_made_anew(encoder, tmp_path):
    path = tmp_path / "vectors.npz"
    path.write_bytes(b"PK cut off")
    assert Vectors(encoder, path).encode(["a question"]).shape == (1, 768)


def test_a_file_of_vectors_that_was_cut_off_is_made_anew(encoder, tmp_path):
    path = tmp_path / "vectors.npz"
    Vectors(encoder, path).encode(["a question"])
    for size in (path.stat().st_size - 10, 2000, 0):
        path.write_bytes(path.read_bytes()[:size])
        assert Vectors(encoder, path).encode(["a question"]).shape == (1, 768)


def test_the_files_of_other_encoders_are_removed(encoder, tmp_path):
    old, others = tmp_path / "vectors-old.npz", [tmp_path / "something.npz", tmp_path / "vectors-old.part.npz"]
    for path in (old, *others):
        path.touch()
    Vectors(encoder, tmp_path / "vectors-new.npz").encode(["a question"])
    assert not old.exists()
    assert all(path.exists() for path in others)
    assert Vectors(None, tmp_path / "vectors-new.npz").encode(["a question"]).shape == (1, 768)
