"""The file of a backup: whole or not at all, and what is wrong with it is said in one sentence."""

from __future__ import annotations

import gzip
import stat
from pathlib import Path

import pytest

from bot.archive import ArchiveError, Contents, Part, read, write

CONTENTS = Contents("2026-01-02T03:04:05+00:00", [Part("events", ["id", "data"], 3), Part("empty", ["id"], 0)])
ROWS = [(1, "naïve 🙂"), (2, None), (3, 'a "quote"\nand a line\ud800')]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A file with three rows."""
    path = tmp_path / "advisor.backup"
    write(path, CONTENTS, ROWS)
    return path


def refusal(path: Path) -> str:
    """Why a file is not read to its end."""
    with pytest.raises(ArchiveError) as refused:
        list(read(path)[1])
    assert "\n" not in str(refused.value)
    return str(refused.value)


def repacked(path: Path, change) -> None:
    """The file with its text changed."""
    path.write_bytes(gzip.compress(change(gzip.decompress(path.read_bytes()))))


def test_what_was_written_is_read(written):
    contents, rows = read(written)
    assert contents == CONTENTS
    assert [tuple(row) for row in rows] == ROWS


def test_only_the_owner_can_read_it(written):
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


@pytest.mark.parametrize("kept", [0.3, 0.9, 0.99])
def test_a_file_that_is_cut_off_is_refused(written, kept):
    whole = written.read_bytes()
    written.write_bytes(whole[: int(len(whole) * kept)])
    assert "cut off" in refusal(written) or "damaged" in refusal(written)


def test_a_file_without_its_last_lines_is_refused(written):
    repacked(written, lambda text: b"".join(text.splitlines(keepends=True)[:-2]))
    assert "damaged" in refusal(written)


@pytest.mark.parametrize("change", [(b"quote", b"quota"), (b"[2,null]\n", b"[2,null\n"), (b'"rows":3', b'"rows":2')])
def test_a_file_that_somebody_has_changed_is_refused(written, change):
    repacked(written, lambda text: text.replace(*change))
    assert "damaged" in refusal(written)


def test_more_after_the_end_is_refused(written):
    repacked(written, lambda text: text + b"[4,null]\n")
    assert "damaged" in refusal(written)


@pytest.mark.parametrize(
    "content",
    [b"", b"SQLite format 3\0", gzip.compress(b""), gzip.compress(b"hello\n"), gzip.compress(b'{"format": 1}\n')],
)
def test_another_file_is_said_to_be_no_backup(tmp_path, content):
    (tmp_path / "file").write_bytes(content)
    assert "no backup" in refusal(tmp_path / "file") or "cut off" in refusal(tmp_path / "file")


def test_a_version_that_is_not_known_is_named(tmp_path, monkeypatch):
    with monkeypatch.context() as later:
        later.setattr("bot.archive.FORMAT", "career-advisor backup 2")
        write(tmp_path / "file", CONTENTS, ROWS)
    assert "another version (career-advisor backup 2)" in refusal(tmp_path / "file")


@pytest.mark.parametrize("place", range(0, 200, 7))
def test_a_file_with_one_wrong_bit_is_refused(written, place):
    content = bytearray(written.read_bytes())
    content[place] ^= 1
    written.write_bytes(content)
    try:
        contents, rows = read(written)
    except ArchiveError:
        return
    assert (contents, [tuple(row) for row in rows]) == (CONTENTS, ROWS)  # a bit of gzip's own that says nothing


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert "cannot be read (No such file" in refusal(tmp_path / "nowhere")


def test_where_rows_fail_the_file_that_was_there_stays(written):
    def failing():
        yield ROWS[0]
        raise OSError(28, "No space left on device")

    before = written.read_bytes()
    with pytest.raises(ArchiveError, match=r"cannot be written \(No space left"):
        write(written, CONTENTS, failing())
    assert written.read_bytes() == before
    assert [path.name for path in written.parent.iterdir()] == [written.name]


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(ArchiveError, match="cannot be written"):
        write(tmp_path / "nowhere" / "advisor.backup", CONTENTS, ROWS)
