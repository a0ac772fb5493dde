"""A download as people have it: a folder, a .zip or a single file, with tables as text or Excel -> rows."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from python_calamine import CalamineError, CalamineWorkbook

from knowledge.model import Refused

LARGEST = 400_000_000  # bytes of one file when unpacked: the largest that is published has a tenth of that
TEXT, EXCEL = (".txt", ".tsv", ".csv"), (".xlsx", ".xls", ".xlsm")


@dataclass(frozen=True)
class Row:
    """A row of a table by the names of its columns, and where it stands."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell of a column, without space around it; raises `Refused` where the row is too short for it."""
        try:
            return self.cells[column]
        except KeyError:
            raise self.wrong(f"the row has no “{column}”") from None

    def number(self, column: str) -> float | None:
        """The cell as a number, `None` where it is empty or not available; raises `Refused` where it is none."""
        written = self[column].replace(",", "")
        if written in ("", "n/a", "N/A", "—", "-"):
            return None
        try:
            return float(written)
        except ValueError:
            raise self.wrong(f"“{self[column]}” under “{column}” is not a number") from None

    def wrong(self, what: str) -> Refused:
        """What is wrong with this row, to be raised."""
        return Refused(f"{self.file}:{self.line}: {what}.")


class Files:
    """The files of a download, by their bare names, whatever folder of it they lie in."""

    def __init__(self, path: Path) -> None:
        """Look into a folder, a .zip or a single file; raises `Refused` where there is none, or it cannot be read."""
        self.path = path
        self._archive: zipfile.ZipFile | None = None
        if path.is_dir():
            found = {each.name: each for each in sorted(path.rglob("*")) if each.is_file()}
        elif zipfile.is_zipfile(path) and path.suffix.lower() not in EXCEL:
            try:
                self._archive = zipfile.ZipFile(path)
            except (OSError, zipfile.BadZipFile, NotImplementedError) as error:
                raise Refused(f"{path}: it cannot be read: {error}.") from error
            inside = [each for each in self._archive.infolist() if not each.is_dir()]
            found = {PurePosixPath(each.filename).name: each for each in inside}
        elif path.is_file():
            found = {path.name: path}
        else:
            raise Refused(f"{path}: there is no such file or folder.")
        # A Mac puts "._name" beside every file of a zip, and Excel "~$name" beside an open one: neither is a table
        self._found = {name: each for name, each in found.items() if not name.startswith((".", "~$"))}

    @property
    def names(self) -> list[str]:
        """The names of the files, in order."""
        return sorted(self._found)

    def read(self, name: str) -> bytes:
        """What a file holds; raises `Refused` where it cannot be read or is larger than any that is published."""
        found = self._found[name]
        try:
            if self._archive is None:
                if found.stat().st_size > LARGEST:
                    raise Refused(f"{name}: it is larger than any file of this kind that is published.")
                return found.read_bytes()
            with self._archive.open(found) as packed:
                content = packed.read(LARGEST + 1)
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            # damaged, locked, or packed in a way that is not known
            raise Refused(f"{name}: it cannot be read: {error}.") from error
        if len(content) > LARGEST:
            raise Refused(f"{name}: unpacked it is larger than any file of this kind that is published.")
        return content

    def text(self, name: str) -> str:
        """A text file as Unicode: UTF-8, else Windows-1252, which older downloads have."""
        content = self.read(name)
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return content.decode("cp1252", errors="replace")

    def named(self, stem: str) -> str | None:
        """The table of that name, as text or as Excel, whatever its case; `None` where there is none."""
        wanted = {f"{stem}{suffix}".lower() for suffix in (*TEXT, *EXCEL)}
        return next((name for name in self.names if name.lower() in wanted), None)

    def table(self, name: str, sheet: str | None = None, header: int = 0) -> Iterator[Row]:
        """The rows of a table; `header` is the place of the line that names its columns.

        Raises `Refused` where it is no table, or a row has more cells than there are columns.
        """
        rows = self._excel(name, sheet) if name.lower().endswith(EXCEL) else self._text(name)
        columns: list[str] = []
        for line, cells in rows:
            if line <= header:
                continue
            if not columns:
                columns = cells
            elif any(cells):
                if len(cells) > len(columns):
                    raise Refused(f"{name}:{line}: {len(cells)} cells, and {len(columns)} columns.")
                yield Row(name, line, dict(zip(columns, cells)))

    def sheets(self, name: str) -> list[str]:
        """The sheets of an Excel file; of a text file none."""
        return self._workbook(name).sheet_names if name.lower().endswith(EXCEL) else []

    def columns(self, name: str) -> list[str]:
        """The names of the columns of a table's first sheet; empty where the file holds none."""
        rows = self._excel(name, None) if name.lower().endswith(EXCEL) else self._text(name)
        return next((cells for _, cells in rows), [])

    def _text(self, name: str) -> Iterator[tuple[int, list[str]]]:
        comma = name.lower().endswith(".csv")
        lines = io.StringIO(self.text(name), newline="")
        quoting = csv.QUOTE_MINIMAL if comma else csv.QUOTE_NONE  # O*NET's text has quotation marks that quote nothing
        rows = csv.reader(lines, delimiter="," if comma else "\t", quoting=quoting)
        try:
            for cells in rows:
                yield rows.line_num, [cell.strip() for cell in cells]
        except csv.Error as error:
            raise Refused(f"{name}:{rows.line_num}: it is not a table: {error}.") from error

    def _excel(self, name: str, sheet: str | None) -> Iterator[tuple[int, list[str]]]:
        book = self._workbook(name)
        try:
            found = book.get_sheet_by_name(sheet) if sheet else book.get_sheet_by_index(0)
        except CalamineError as error:
            raise Refused(f"{name}: it has no sheet “{sheet or 1}”.") from error
        for line, cells in enumerate(found.to_python(skip_empty_area=False), 1):
            yield line, [_written(cell) for cell in cells]

    def _workbook(self, name: str) -> CalamineWorkbook:
        try:
            return CalamineWorkbook.from_filelike(io.BytesIO(self.read(name)))
        except CalamineError as error:
            raise Refused(f"{name}: it is not an Excel file that can be read: {error}.") from error


def _written(cell: object) -> str:
    """A cell of Excel as its text would be written: whole numbers without a point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
