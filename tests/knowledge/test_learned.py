"""Tests of knowledge/learned.py."""

from __future__ import annotations

import os

import numpy as np

from knowledge import learned as module
from knowledge.learned import learned

VECTORS = np.arange(6, dtype=np.float32).reshape(2, 3)
WEIGHTS = np.ones((2, 2), dtype=np.float32)


class Learning:
    """Learns the same always, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> np.ndarray:
        self.times += 1
        return WEIGHTS


def test_the_same_is_learned_once(tmp_path):
    learn = Learning()
    found = [learned((["a", "b"], VECTORS), learn, tmp_path) for _ in range(2)]
    assert learn.times == 1
    assert all(np.array_equal(each, WEIGHTS) for each in found)


def test_other_texts_or_numbers_are_learned_anew(tmp_path):
    learn = Learning()
    for made_of in ((["a", "b"], VECTORS), (["ab"], VECTORS), (["a", "b"], VECTORS + 1), (["a", "b"], VECTORS.T)):
        learned(made_of, learn, tmp_path)
    assert learn.times == 4


def test_a_file_that_was_cut_off_is_learned_anew(tmp_path):
    learned((["a"],), Learning(), tmp_path)
    [path] = tmp_path.iterdir()
    for size in (0, 10, path.stat().st_size - 3):
        os.truncate(path, size)
        learn = Learning()
        assert np.array_equal(learned((["a"],), learn, tmp_path), WEIGHTS)
        assert learn.times == 1


def test_only_so_many_are_kept_and_nothing_half_written(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST", 3)
    for name in "abcdef":
        learned(([name],), Learning(), tmp_path)
    assert len(list(tmp_path.iterdir())) == 3


def test_what_cannot_be_kept_is_learned_and_said(tmp_path, caplog):
    (tmp_path / "full").write_text("no folder")
    assert np.array_equal(learned((["a"],), Learning(), tmp_path / "full"), WEIGHTS)
    assert "could not be kept" in caplog.text


def test_what_is_kept_serves_where_nothing_can_be_written(tmp_path, monkeypatch):
    learned((["a"],), Learning(), tmp_path)
    monkeypatch.setattr(module.os, "utime", _refuse)
    learn = Learning()
    assert np.array_equal(learned((["a"],), learn, tmp_path), WEIGHTS)
    assert learn.times == 0


def test_a_disk_that_fills_up_leaves_nothing_half_written(tmp_path, monkeypatch):
    monkeypatch.setattr(module.os, "fsync", _refuse)
    assert np.array_equal(learned((["a"],), Learning(), tmp_path), WEIGHTS)
    assert list(tmp_path.iterdir()) == []


def _refuse(*arguments: object) -> None:
    raise OSError("no space left on device")
