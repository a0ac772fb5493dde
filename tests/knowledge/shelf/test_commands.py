"""python -m knowledge add, drafts, draft, publish, withdraw and refresh, as an owner types them."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge import __main__ as program
from knowledge.base import KnowledgeBase
from knowledge.build import fingerprint
from knowledge.encoder import Encoder
from knowledge.model import Occupation
from knowledge.shelf.model import UNSURE
from knowledge.shelf.store import Shelf

pytestmark = pytest.mark.usefixtures("vectors_in")


@pytest.fixture
def url(tmp_path: Path, monkeypatch, technician: Occupation, vectors: np.ndarray, plain: Path, encoder: Encoder) -> str:
    """The address of a store with the shipped document, where the commands look for it."""
    address = f"sqlite:///{tmp_path / 'store.sqlite'}"
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setattr("knowledge.shelf.store.Encoder", lambda threads: encoder)
    KnowledgeBase(address).build([technician], lambda quotes: vectors, fingerprint(plain))
    return address


@pytest.fixture
def file(tmp_path: Path, page: bytes) -> Path:
    """The beekeeper page as a file."""
    path = tmp_path / "beekeeper.html"
    path.write_bytes(page)
    return path


@pytest.fixture
def website(tmp_path: Path, page: bytes) -> Iterator[tuple[str, Path]]:
    """The address of the beekeeper page on this machine, and the file that is served there."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "beekeeper.html").write_bytes(page)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *given: object, **more: object) -> None:
            super().__init__(*given, directory=str(folder), **more)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/beekeeper.html", folder / "beekeeper.html"
    server.shutdown()
    server.server_close()


def run(*arguments: str) -> int:
    return program.main([*map(str, arguments)])


def test_a_file_is_added_looked_at_published_and_withdrawn(url, file, capsys):
    assert run("add", file) == 0
    assert "1: beekeeper.html: Beekeeper: " in capsys.readouterr().out
    assert KnowledgeBase(url).occupations() == ["production-technician"]
    assert run("draft", "1") == 0
    told = capsys.readouterr().out
    assert "line" in told
    assert "inspect the hives" in told
    assert "We use cookies on this website.  [cookie notice]" in told
    assert run("publish", "1") == 0
    assert KnowledgeBase(url).holds("beekeeper")
    assert run("withdraw", "1") == 0
    assert not KnowledgeBase(url).holds("beekeeper")
    capsys.readouterr()
    assert run("drafts") == 0
    assert capsys.readouterr().out == "1: beekeeper.html: Beekeeper (taken back)\n"


def test_unsure_facts_come_first_in_a_draft(url, file, capsys):
    run("add", file)
    capsys.readouterr()
    run("draft", "1")
    shares = [int(line[2:6].strip(" %")) for line in capsys.readouterr().out.splitlines() if line[2:6].endswith("%")]
    assert shares == sorted(shares)
    assert shares


def test_a_fact_is_unsure_in_a_draft_below_the_share_that_is_one_for_all(url, file, encoder, capsys):
    run("add", file)
    shelf = Shelf(url, encoder)
    first, second, *others = (place for place, item in enumerate(shelf.version(1).items) if item.is_fact)
    sure = {first: UNSURE - 0.01, second: UNSURE, **dict.fromkeys(others, 1.0)}
    items = [replace(item, sure=sure.get(place, 1.0)) for place, item in enumerate(shelf.version(1).items)]
    shelf.change(1, 1, by="ada", items=items, note="less sure")
    capsys.readouterr()
    run("draft", "1")
    told = capsys.readouterr().out
    assert f"{len(sure)} facts, 1 of them unsure" in told
    [marked] = [line for line in told.splitlines() if line.startswith("? ")]
    assert marked.endswith(items[first].text)


def test_with_accept_it_is_live_at_once_and_twice_is_once(url, file, capsys):
    assert run("add", file, "--accept", "--title", "Apiarist") == 0
    assert "live: apiarist." in capsys.readouterr().out
    assert KnowledgeBase(url).holds("apiarist")
    assert run("add", file, "--accept") == 0
    assert "is on the shelf already" in capsys.readouterr().out


def test_of_a_folder_each_file_is_added_and_those_that_cannot_be_are_told(url, tmp_path, page, capsys):
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "bee.html").write_bytes(page)
    (folder / "empty.txt").write_bytes(b"")
    assert run("add", folder) == 1
    told = capsys.readouterr()
    assert "Beekeeper" in told.out
    assert "empty.txt: the file is empty." in told.err
    assert "1 of 2 could not be added; the others are." in told.err


def test_a_page_is_fetched_once_more_and_shows_what_changed(url, website, capsys):
    address, served = website
    assert run("add", address, "--private", "--accept") == 0
    assert run("refresh", "1", "--private") == 0
    assert "nothing has changed" in capsys.readouterr().out
    served.write_bytes(served.read_bytes().replace(b"$24,000", b"$26,000"))
    assert run("refresh", "1", "--private") == 0
    told = capsys.readouterr().out
    assert "- pay: Average pay — Starter: $24,000" in told
    assert "+ pay: Average pay — Starter: $26,000" in told
    assert "version 2 is drafted, not live" in told
    assert any("$24,000" in fact.text for fact in KnowledgeBase(url).occupation("beekeeper").facts)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["add", "/nowhere.docx"], "/nowhere.docx: the file cannot be read (No such file or directory)."),
        (["add", "ftp://example.org/a.html"], "only addresses that begin with http:// or https:// are fetched."),
        (["add", "http://127.0.0.1:1/a.html"], "this is an address of a private network; `--private` allows it."),
        (["publish", "7"], "There is no document 7 on the shelf."),
        (["withdraw", "7"], "There is no document 7 on the shelf."),
        (["refresh", "7"], "There is no document 7 on the shelf."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(url, capsys, arguments, why):
    assert run(*arguments) == 1
    assert why in capsys.readouterr().err


def test_a_file_is_not_refreshed(url, file, capsys):
    run("add", file)
    assert run("refresh", "1") == 1
    assert "is a file, and has no address" in capsys.readouterr().err
