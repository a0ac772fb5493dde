"""Downloads as people have them: folders, archives, single files, text of either encoding, Excel; and broken ones."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from knowledge.model import Refused
from knowledge.sources import files as module
from knowledge.sources.files import Files

TABLE = "Code\tName\n1\tÄpfel\n2\tBirnen\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a table two folders deep."""
    inside = tmp_path / "download" / "db_30_1"
    inside.mkdir(parents=True)
    (inside / "Fruit.txt").write_text(TABLE, encoding="utf-8")
    return tmp_path / "download"


def zipped(folder: Path) -> Path:
    """The same as an archive."""
    archive = folder.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w") as packed:
        for path in folder.rglob("*.txt"):
            packed.write(path, path.relative_to(folder))
    return archive


@pytest.mark.parametrize("as_what", ["folder", "archive", "file"])
def test_a_table_is_found_in_a_folder_an_archive_or_by_itself(folder, as_what):
    paths = {"folder": folder, "archive": zipped(folder), "file": folder / "db_30_1" / "Fruit.txt"}
    files = Files(paths[as_what])
    rows = list(files.table(files.named("fruit")))
    assert [(row.line, row["Name"]) for row in rows] == [(2, "Äpfel"), (3, "Birnen")]


def test_text_of_older_downloads_is_read_in_their_encoding(tmp_path):
    (tmp_path / "Old.txt").write_bytes(TABLE.encode("cp1252"))
    assert next(Files(tmp_path).table("Old.txt"))["Name"] == "Äpfel"


def test_what_is_not_there_is_refused():
    with pytest.raises(Refused, match="no such file or folder"):
        Files(Path("/nowhere/at/all"))


def test_a_row_that_is_too_long_is_refused_with_its_line(tmp_path):
    (tmp_path / "T.txt").write_text(TABLE + "3\tc\td\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"T\.txt:4: 3 cells, and 2 columns"):
        list(Files(tmp_path).table("T.txt"))


@pytest.mark.parametrize(("cell", "number"), [("1,234.5", 1234.5), ("n/a", None), ("", None), ("—", None)])
def test_a_number_is_read_as_people_write_it(tmp_path, cell, number):
    (tmp_path / "T.txt").write_text(f"N\tM\n{cell}\tx\n", encoding="utf-8")
    assert next(Files(tmp_path).table("T.txt")).number("N") == number


@pytest.mark.parametrize("name", ["T.xlsx", "T.xls"])
def test_what_only_calls_itself_excel_is_refused(tmp_path, name):
    (tmp_path / name).write_bytes(b"no workbook at all")
    with pytest.raises(Refused, match="not an Excel file that can be read"):
        list(Files(tmp_path).table(name))


def test_a_bomb_is_refused_before_it_fills_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LARGEST", 1000)
    archive = tmp_path / "bomb.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("Fruit.txt", "a" * 100_000)
    with pytest.raises(Refused, match="larger than any file"):
        Files(archive).read("Fruit.txt")


def test_a_damaged_archive_is_refused(folder):
    archive = zipped(folder)
    content = bytearray(archive.read_bytes())
    content[40:44] = b"\xff\xff\xff\xff"
    archive.write_bytes(bytes(content))
    with pytest.raises(Refused, match="cannot be read"):
        Files(archive).read("Fruit.txt")
