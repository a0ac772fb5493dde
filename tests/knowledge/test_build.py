"""Tests of knowledge/build.py: a stale store is built, a broken document leaves the old one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import build as module
from knowledge.base import KnowledgeBase
from knowledge.build import build_documents, documents, fingerprint, read_documents
from knowledge.document import LARGEST, Refused
from knowledge.encoder import Encoder, meaning
from knowledge.model import Aspect

pytestmark = pytest.mark.usefixtures("loaded")

READING = "title: Welder\nprose: {1: [{tasks: Welders weld.}]}\n"


def text(folder: Path) -> Path:
    return folder / "production-technician.txt"


def reading(folder: Path) -> Path:
    return folder / "production-technician.reading.yml"


def append(path: Path, words: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + words, encoding="utf-8")


def swap(path: Path, old: str, new: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def test_an_empty_store_is_built_with_every_fact_and_vector(url, technician, vectors, monkeypatch):
    monkeypatch.setattr(module, "Encoder", Encoder)
    assert build_documents(url)
    knowledge = KnowledgeBase(url)
    assert knowledge.occupation(technician.slug) == technician
    assert knowledge.similarities(technician.slug, meaning(vectors[7]))[7] == pytest.approx(1, abs=1e-3)


def test_a_second_build_with_nothing_changed_builds_nothing(built, folder):
    assert not build_documents(built, folder)


def test_a_store_that_is_up_to_date_is_not_written(tmp_path, plain, technician, vectors):
    path = tmp_path / "store.sqlite"
    KnowledgeBase(f"sqlite:///{path}").build([technician], lambda quotes: vectors, fingerprint(plain))
    before = path.stat().st_mtime_ns, path.read_bytes()
    build_documents(f"sqlite:///{path}", plain)
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before


def test_a_store_that_is_up_to_date_needs_no_encoder(built, folder, monkeypatch):
    monkeypatch.setattr(module, "Encoder", None)
    assert not build_documents(built, folder)


def test_force_builds_a_store_that_is_up_to_date(built, folder):
    assert build_documents(built, folder, force=True)


def test_a_changed_document_is_built(built, folder):
    swap(text(folder), "Heavy Lifting Ability", "Light Lifting Ability")
    build_documents(built, folder)
    (fact,) = KnowledgeBase(built).facts("production-technician", Aspect.requirements)
    assert fact.text == "Light Lifting Ability"


def test_a_new_document_is_built_beside_the_others(built, folder):
    (folder / "welder.txt").write_text("Welders weld.")
    (folder / "welder.reading.yml").write_text(READING)
    build_documents(built, folder)
    assert KnowledgeBase(built).occupations() == ["production-technician", "welder"]


def test_a_removed_document_is_known_no_more(url, folder, document):
    (folder / "welder.txt").write_text("Welders weld.")
    (folder / "welder.reading.yml").write_text(READING)
    build_documents(url, folder)
    document.unlink()
    build_documents(url, folder)
    assert KnowledgeBase(url).occupations() == ["welder"]


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: append(text(folder), " "),
        lambda folder: append(reading(folder), "\n"),
        lambda folder: reading(folder).unlink(),
        lambda folder: (folder / "welder.txt").write_text("Welders weld."),
        lambda folder: text(folder).rename(folder / "technician.txt"),
    ],
    ids=["document", "reading", "reading removed", "another document", "renamed"],
)
def test_the_fingerprint_changes_with_whatever_the_store_is_built_from(folder, change):
    before = fingerprint(folder)
    change(folder)
    assert fingerprint(folder) != before


def test_the_fingerprint_does_not_depend_on_where_the_documents_lie(folder, plain):
    assert fingerprint(folder) == fingerprint(plain)


def test_documents_come_in_the_order_of_their_names(folder):
    (folder / "a-welder.txt").write_text("Welders weld.")
    (folder / "notes.md").write_text("Not a document.")
    assert [path.name for path in documents(folder)] == ["a-welder.txt", "production-technician.txt"]


def test_every_document_is_read_as_an_occupation(technician):
    assert read_documents() == [technician]


BREAKS: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "empty": (lambda folder: text(folder).write_bytes(b""), "txt:1", "the document is empty"),
    "binary": (lambda folder: text(folder).write_bytes(b"\x89PNG\n\0\0"), "txt:2", "the file is binary"),
    "not UTF-8": (lambda folder: text(folder).write_bytes(b"a\nb\n\xff"), "txt:3", "byte 4 is not UTF-8"),
    "huge": (lambda folder: text(folder).write_bytes(b"a" * (LARGEST + 1)), "txt:1", "the file has 1,000,001 bytes"),
    "a link to nothing": (
        lambda folder: (text(folder).unlink(), text(folder).symlink_to("nothing")),
        "txt:1",
        "the file cannot be read",
    ),
    "a folder": (lambda folder: (text(folder).unlink(), text(folder).mkdir()), "txt:1", "the file cannot be read"),
    "no reading": (lambda folder: reading(folder).unlink(), "txt:27", "this list has no heading"),
    "a reading that is not YAML": (
        lambda folder: append(reading(folder), "\n  oops: [\n"),
        "reading.yml:",
        "the reading is not YAML",
    ),
    "a list moved down": (
        lambda folder: text(folder).write_text("\n" + text(folder).read_text("utf-8"), "utf-8"),
        "reading.yml:1",
        "no list without a heading begins at production-technician.txt:27",
    ),
    "an unknown aspect": (
        lambda folder: swap(reading(folder), "- safety:", "- danger:"),
        "txt:7",
        "says “danger”, which is none of",
    ),
    "an unknown key": (
        lambda folder: append(reading(folder), "\nfootnotes: {}\n"),
        "reading.yml:1",
        "a reading has no `footnotes`",
    ),
    "a quote that the source lacks": (
        lambda folder: swap(text(folder), "all day", "all night"),
        "txt:5",
        "the source does not contain “Production",
    ),
}


@pytest.mark.parametrize(("change", "place", "why"), BREAKS.values(), ids=BREAKS)
def test_a_broken_document_is_refused_in_one_sentence_with_file_and_line(tmp_path, folder, change, place, why):
    change(folder)
    with pytest.raises(Refused) as refused:
        build_documents(f"sqlite:///{tmp_path / 'store.sqlite'}", folder)
    message = str(refused.value)
    assert message.startswith(f"{folder}/production-technician.{place}")
    assert why in message
    assert message.endswith(".")
    assert "\n" not in message


@pytest.mark.parametrize("change", [change for change, _, _ in BREAKS.values()], ids=BREAKS)
def test_a_broken_document_leaves_the_store_untouched(built, folder, plain, technician, change):
    change(folder)
    with pytest.raises(Refused):
        build_documents(built, folder)
    knowledge = KnowledgeBase(built)
    assert knowledge.occupation("production-technician") == technician
    assert knowledge.fingerprint() == fingerprint(plain)


def test_one_broken_document_keeps_all_others_from_being_built(built, folder):
    (folder / "apprentice.txt").write_text("Apprentices learn.")
    (folder / "apprentice.reading.yml").write_text("title: Apprentice\nprose: {1: [{tasks: Apprentices learn.}]}")
    (folder / "welder.txt").write_text("Welders weld.")
    with pytest.raises(Refused, match="welder.txt:1: nobody has read this document yet"):
        build_documents(built, folder)
    assert KnowledgeBase(built).occupations() == ["production-technician"]


def test_an_encoder_that_cannot_be_loaded_leaves_the_store_untouched(built, folder, technician, monkeypatch):
    monkeypatch.setattr(module, "Encoder", Encoder)
    monkeypatch.setattr("knowledge.encoder.TOKENIZER_SHA256", "0" * 64)
    with pytest.raises(RuntimeError, match="run `make setup` again"):
        build_documents(built, folder, force=True)
    assert KnowledgeBase(built).occupation("production-technician") == technician


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_without_a_document_is_refused(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(Refused, match=f"{name}:1: there is no document"):
        build_documents(f"sqlite:///{tmp_path / 'store.sqlite'}", tmp_path / name)
