"""A folder of downloads: what is new is imported once, the newest edition stays, and what is broken stops nothing."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from knowledge.model import Refused, Source
from knowledge.sources import store
from knowledge.sources.commands import read_release
from knowledge.sources.downloads import update
from knowledge.sources.release import Release
from tests.onet import write_release


@pytest.fixture
def renew(engine: Engine, tmp_path: Path) -> Callable[[], list[str]]:
    """A function that imports what is new in a folder, and returns what was said."""
    (tmp_path / "downloads").mkdir()

    def renew() -> list[str]:
        said: list[str] = []
        update(engine, tmp_path / "downloads", read_release, said.append)
        return said

    return renew


def held(engine: Engine) -> list[str]:
    """The editions that are in the store."""
    return [f"{each.source.name} {each.source.edition}" for each in store.held(engine)]


def test_what_is_new_is_imported_once(renew, engine, tmp_path):
    write_release(tmp_path / "downloads" / "onet")
    assert renew() == ["onet: reading …", "onet: imported, O*NET 30.1 Database 30.1."]
    assert held(engine) == ["onet 30.1"]
    assert renew() == []


def test_what_was_forgotten_stays_so_until_the_download_changes(renew, engine, tmp_path):
    write_release(tmp_path / "downloads" / "onet")
    renew()
    store.forget(engine, "onet")
    assert renew() == []
    assert held(engine) == []
    (tmp_path / "downloads" / "onet" / "Notes of ours.txt").write_text("new", encoding="utf-8")
    renew()
    assert held(engine) == ["onet 30.1"]


def test_a_broken_download_is_named_and_the_others_are_imported(renew, engine, tmp_path):
    (tmp_path / "downloads" / "a.zip").write_bytes(b"no archive")
    write_release(tmp_path / "downloads" / "onet")
    said = renew()
    assert "a.zip" in said[1]
    assert held(engine) == ["onet 30.1"]
    assert any("a.zip" in sentence for sentence in renew())  # it is looked at again, since nothing came of it


def test_an_older_edition_does_not_replace_a_newer_one(renew, engine, tmp_path):
    store.save(engine, Release(Source("onet", "O*NET 31.0 Database", edition="31.0")))
    write_release(tmp_path / "downloads" / "onet")
    assert renew()[-1] == "onet: edition 30.1 is older than the one that is held, 31.0."
    assert held(engine) == ["onet 31.0"]


def test_an_archive_is_a_download_too_and_what_is_hidden_is_none(renew, engine, tmp_path):
    release = write_release(tmp_path / "release")
    with zipfile.ZipFile(tmp_path / "downloads" / "db.zip", "w") as archive:
        for path in release.iterdir():
            archive.write(path, f"db/{path.name}")
    (tmp_path / "downloads" / ".hidden.zip").write_bytes(b"")
    (tmp_path / "downloads" / "notes.txt").write_text("mine", encoding="utf-8")
    assert renew()[0] == "db.zip: reading …"
    assert held(engine) == ["onet 30.1"]


def test_a_folder_that_is_not_there_is_said_to_be_missing(engine, tmp_path):
    with pytest.raises(Refused, match="there is no such folder"):
        update(engine, tmp_path / "gone", read_release, print)
