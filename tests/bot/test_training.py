"""When a model is trained anew: where what it is made of has changed, or its archive has."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import training


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive that was trained of all that there is."""
    path = tmp_path / "advisor.tar.gz"
    path.write_bytes(b"a model" * 100_000)
    monkeypatch.setattr(training, "MODEL", path)
    monkeypatch.setattr(training, "STAMP", tmp_path / "advisor.tar.fingerprint")
    training.stamp(training.fingerprint())
    return path


def test_a_model_as_it_was_trained_is_kept(model):
    assert training.stale() is None


def test_without_a_model_there_is_none(model):
    model.unlink()
    assert training.stale() == "there is none yet"


def test_what_it_is_made_of_has_changed(model, monkeypatch):
    monkeypatch.setattr(training, "MADE_OF", (*training.MADE_OF, "README.md"))  # as if it were an example
    assert training.stale() == "what it is made of has changed"


@pytest.mark.parametrize("content", [b"another model", b"a model" * 99_999, b"a model" * 99_999 + b"a-model", b""])
def test_an_archive_that_was_exchanged_or_cut_off_is_not_used(model, content):
    model.write_bytes(content)
    assert training.stale() == "advisor.tar.gz is damaged, or not the one that was trained"


@pytest.mark.parametrize("content", ["", "nonsense", "\udcff"])
def test_a_stamp_that_says_nothing_is_not_believed(model, content):
    training.STAMP.write_bytes(content.encode(errors="surrogateescape"))
    assert training.stale()


def test_a_stamp_of_before_archives_were_looked_at_is_not_believed(model):
    training.STAMP.write_text(training.fingerprint())
    assert training.stale() == "advisor.tar.gz is damaged, or not the one that was trained"
