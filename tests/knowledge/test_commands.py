"""Tests of `python -m knowledge build | check | show`: what they print, and their exit codes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.base import KnowledgeBase
from knowledge.build import DOCUMENTS, build_documents

ROOT = DOCUMENTS.parent.parent

pytestmark = pytest.mark.usefixtures("loaded")


@pytest.fixture(autouse=True)
def database_url(monkeypatch, tmp_path):
    """No test may touch the project's own store."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")


@pytest.fixture
def shipped(url, monkeypatch) -> str:
    """The address, set in the environment, of a store that holds the shipped documents."""
    build_documents(url)
    monkeypatch.setenv("DATABASE_URL", url)
    return url


def swap(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# build


def test_build_says_what_it_built(url, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(["build"]) == 0
    assert capsys.readouterr().out == "Production Technician: 47 facts, 6 names.\n"


def test_build_says_when_nothing_changed(shipped, capsys):
    assert main(["build"]) == 0
    assert capsys.readouterr().out == "The knowledge base is up to date.\n"


def test_build_force_builds_though_nothing_changed(shipped, capsys):
    assert main(["build", "--force"]) == 0
    assert capsys.readouterr().out == "Production Technician: 47 facts, 6 names.\n"


def test_build_understands_the_address_that_hosts_hand_out(shipped, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", shipped.replace("postgresql://", "postgres://"))
    assert main(["build"]) == 0
    assert capsys.readouterr().out == "The knowledge base is up to date.\n"


@pytest.mark.parametrize("address", [None, ""])
def test_build_without_an_address_builds_the_projects_own_store(tmp_path, monkeypatch, address):
    monkeypatch.setattr("knowledge.__main__.STORE", f"sqlite:///{tmp_path / 'var' / 'advisor.sqlite'}")
    monkeypatch.delenv("DATABASE_URL") if address is None else monkeypatch.setenv("DATABASE_URL", address)
    assert main(["build"]) == 0
    assert (tmp_path / "var" / "advisor.sqlite").exists()


BROKEN = {
    "empty": (b"", 1),
    "binary": (b"Welders\nweld\0", 2),
    "not UTF-8": (b"Welders\nweld\n\xe9", 3),
    "huge": (b"a" * 1_000_001, 1),
    "a quote that the source lacks": (b"Welders do not weld.", 1),
}


@pytest.mark.parametrize(("content", "line"), BROKEN.values(), ids=BROKEN)
def test_build_names_file_and_line_of_a_broken_document_and_keeps_the_store(
    shipped, folder, document, technician, capsys, content, line
):
    document.write_bytes(content)
    (folder / "production-technician.reading.yml").write_text("title: Welder\nprose: {1: [{tasks: Welders weld.}]}\n")
    assert main(["build", "--documents", str(folder)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{document}:{line}: ")
    assert err.count("\n") == 1
    assert KnowledgeBase(shipped).occupation("production-technician") == technician


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("source:", "source: [", "reading.yml:6"),
        ("- safety:", "- danger:", "txt:7"),
        ("\nprose:", "\npross:", "reading.yml:1"),
        ("  50: {aspect: interests}  # its heading is lost altogether\n", "", "txt:50"),
    ],
    ids=["not YAML", "unknown aspect", "unknown key", "a list without a heading"],
)
def test_build_names_file_and_line_of_a_broken_reading_and_keeps_the_store(
    shipped, folder, reading, technician, capsys, old, new, place
):
    swap(reading, old, new)
    assert main(["build", "--documents", str(folder)]) == 1
    err = capsys.readouterr().err
    assert err.startswith(f"{folder}/production-technician.{place}: ")
    assert err.count("\n") == 1
    assert KnowledgeBase(shipped).occupation("production-technician") == technician


def test_build_names_a_folder_that_is_not_there(tmp_path, capsys):
    assert main(["build", "--documents", str(tmp_path / "nowhere")]) == 1
    assert capsys.readouterr().err == f"{tmp_path}/nowhere:1: there is no document (*.txt) to build from.\n"


@pytest.mark.parametrize("command", [["build"], ["build", "--force"], ["show"]])
def test_a_server_that_does_not_answer_is_one_sentence(monkeypatch, capsys, command):
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:secret@127.0.0.1:1/x")
    assert main(command) == 1
    err = capsys.readouterr().err
    assert err.startswith("The store cannot be read: ")
    assert err.count("\n") == 1
    assert "secret" not in err


# check


def test_check_proves_every_fact_of_the_shipped_documents(capsys):
    assert main(["check"]) == 0
    assert capsys.readouterr().out == (
        "production-technician.txt: 79 facts and names stand at their lines, 0 do not; "
        "0 sentences are covered by no fact.\n"
    )


def test_check_lists_what_no_fact_covers(folder, document, reading, capsys):
    swap(reading, '    - experience: "You can gain experience on the job or through internships."\n', "")
    assert main(["check", "--documents", str(folder)]) == 0
    first, last = capsys.readouterr().out.splitlines()
    assert first == f"{document}:57: no fact covers “You can gain experience on the job or through internships.”"
    assert last.endswith("1 sentences are covered by no fact.")


def test_check_refuses_a_quote_that_the_source_lacks(folder, document, reading, capsys):
    swap(reading, "Some experience is necessary", "No experience is necessary")
    assert main(["check", "--documents", str(folder)]) == 1
    assert capsys.readouterr().err.startswith(f"{document}:57: the source does not contain “No experience")


def test_check_needs_no_store(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "oops")
    assert main(["check"]) == 0


# show


def test_show_lists_the_occupations(shipped, capsys):
    assert main(["show"]) == 0
    assert capsys.readouterr().out == "production-technician: Production Technician\n"


def test_show_of_an_occupation_lists_its_names_and_its_facts(shipped, capsys):
    assert main(["show", "production-technician"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert (len(lines), lines[0]) == (53, "titles  line 13: Advanced Manufacturing Technician")


def test_show_of_an_aspect_lists_its_facts_with_line_and_heading(shipped, capsys):
    assert main(["show", "production-technician", "requirements"]) == 0
    assert capsys.readouterr().out == "requirements  line 47 (Special Requirements): Heavy Lifting Ability\n"


def test_show_of_titles_lists_the_names_only(shipped, capsys):
    assert main(["show", "production-technician", "titles"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 6


def test_show_of_an_aspect_that_the_source_does_not_tell_is_empty(shipped, capsys):
    assert main(["show", "production-technician", "pay"]) == 0
    assert capsys.readouterr().out == ""


def test_show_of_an_unknown_occupation_names_those_there_are(shipped, capsys):
    assert main(["show", "astronaut"]) == 1
    assert capsys.readouterr().err == "There is no occupation “astronaut”; there are: production-technician.\n"


def test_show_of_an_unknown_aspect_is_a_wrong_use(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["show", "production-technician", "colour"])
    assert stopped.value.code == 2


def test_show_of_an_empty_store_says_how_to_build_it(capsys):
    assert main(["show"]) == 1
    assert capsys.readouterr().err == "The knowledge base is empty; run `python -m knowledge build`.\n"


# the command itself


def test_python_m_knowledge_exits_with_1_where_it_refuses(tmp_path):
    command = [sys.executable, "-m", "knowledge", "build", "--documents", str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (run.returncode, run.stderr.count("\n")) == (1, 1)


def test_no_command_is_a_wrong_use():
    with pytest.raises(SystemExit) as stopped:
        main([])
    assert stopped.value.code == 2
