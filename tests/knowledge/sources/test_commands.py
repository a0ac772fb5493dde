"""python -m knowledge import, sources and forget, as an owner types them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from knowledge import __main__ as program
from knowledge.base import FRESH, KnowledgeBase
from knowledge.build import build_documents


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a store with the shipped document."""
    address = f"sqlite:///{tmp_path / 'store.sqlite'}"
    monkeypatch.setenv("DATABASE_URL", address)
    build_documents(address)
    return address


def test_a_release_is_imported_listed_and_forgotten(url, write_onet, capsys):
    assert program.main(["import", str(write_onet())]) == 0
    told = capsys.readouterr().out
    assert told.startswith("onet: O*NET 30.1 Database (edition 30.1, December 2025; CC BY 4.0): 2 occupations")
    assert "  There is no “Knowledge”." in told
    assert program.main(["sources"]) == 0
    assert "2 occupations" in capsys.readouterr().out
    assert program.main(["forget", "onet"]) == 0
    assert program.main(["sources"]) == 0
    assert "Nothing was imported." in capsys.readouterr().out


def test_an_open_store_sees_what_is_imported_and_keeps_the_documents(url, write_onet):
    knowledge = KnowledgeBase(url)
    assert not knowledge.holds("45-9999.00")
    program.main(["import", str(write_onet())])
    time.sleep(FRESH)
    assert knowledge.occupation("45-9999.00").title == "Kite Menders"
    assert knowledge.occupations() == ["production-technician"]
    build_documents(url, force=True)
    assert KnowledgeBase(url).holds("45-9999.00")


def test_facts_are_read_ahead_so_that_nobody_waits(url, write_onet):
    program.main(["import", "--ahead", str(write_onet())])
    knowledge = KnowledgeBase(url)
    knowledge._vectors._encode = None  # nothing is left to encode
    facts = knowledge.occupation("45-9999.00").facts
    vector = knowledge._vectors.of([facts[0].placed])[0]
    assert knowledge.similarities("45-9999.00", vector)[0] == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["import", "/nowhere"], "/nowhere: there is no such file or folder."),
        (["import", "oews", "{folder}"], "these are not the files of oews."),
        (["forget", "onet"], "There is no source “onet”; there are: none."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(url, write_onet, capsys, arguments, why):
    folder = write_onet()
    assert program.main([each.format(folder=folder) for each in arguments]) == 1
    assert why in capsys.readouterr().err


def test_files_of_no_kind_are_refused(url, tmp_path, capsys):
    (tmp_path / "letter.txt").write_text("Dear all,\nno table here.\n", encoding="utf-8")
    assert program.main(["import", str(tmp_path / "letter.txt")]) == 1
    assert "these are not the files of any of: onet, ooh, oews, projections." in capsys.readouterr().err


def test_a_broken_release_leaves_the_old_one(url, write_onet, capsys):
    program.main(["import", str(write_onet())])
    broken = write_onet(Task_Statements="O*NET-SOC Code\tTask\n45-9999.00\tFly.\n")
    assert program.main(["import", str(broken)]) == 1
    assert "Task Statements.txt:2" in capsys.readouterr().err
    assert "Sew torn sails." in [fact.text for fact in KnowledgeBase(url).occupation("45-9999.00").facts]
