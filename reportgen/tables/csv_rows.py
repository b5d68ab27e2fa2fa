"""Rows of a CSV file that any program may have written, within limits."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

MAX_FILE_SIZE = 1 << 26  # bytes
_MAX_LINE = 1 << 20  # characters; a longer line is read as several, none of which fits the header
_MAX_COLUMNS = 2_000
_DELIMITERS = ",;\t"  # that users of Keras' CSVLogger ask for


class CsvRows:
    """The header of a file, and its rows while they are read.

    Args:
        path: the file.

    Attributes:
        header: names of the columns, without the spaces around them.
        damaged: how many lines were skipped so far because they do not fit the header.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is too large or too wide.
    """

    def __init__(self, path: Path) -> None:
        if path.stat().st_size > MAX_FILE_SIZE:
            raise ValueError(f"it is larger than {MAX_FILE_SIZE >> 20} MiB")
        self.header = header(path)
        if len(self.header) > _MAX_COLUMNS:
            raise ValueError(f"it has more than {_MAX_COLUMNS:,} columns")
        self.damaged = 0
        self._path = path

    def __iter__(self) -> Iterator[list[str]]:
        """Yield the rows, each as wide as the header."""
        with _open(self._path) as file:
            reader = _reader(file)
            next(reader, None)
            while True:
                before = reader.line_num
                try:
                    row = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    row = None
                if row is not None and len(row) == len(self.header):
                    yield row
                elif row != []:  # a blank line is not a row
                    self.damaged += reader.line_num - before

    def select(self, names: Sequence[str]) -> Iterator[list[str]]:
        """Yield the cells of some columns, row by row."""
        places = [self.header.index(name) for name in names]
        for row in self:
            yield [row[place] for place in places]


def header(path: Path) -> tuple[str, ...]:
    """Return the names in the first line without the spaces around them; () if there is none.

    Raises:
        OSError: the file cannot be read.
    """
    return tuple(name.strip() for name in _row_at(path, 0))


def first_row(path: Path) -> list[str]:
    """Return the cells of the second line; [] if there is none.

    Raises:
        OSError: the file cannot be read.
    """
    return _row_at(path, 1)


def _row_at(path: Path, place: int) -> list[str]:
    with _open(path) as file:
        reader = _reader(file)
        try:
            rows: list[list[str]] = [next(reader, []) for _ in range(place + 1)]
        except csv.Error:
            return []
        return rows[place]


def _open(path: Path) -> IO[str]:
    return path.open(encoding="utf-8-sig", errors="replace", newline="")


def _reader(file: IO[str]) -> csv._reader:  # type: ignore[name-defined]
    """Return a reader at the start of a file; its first line shows which delimiter it uses."""
    line = file.readline(_MAX_LINE)
    file.seek(0)
    delimiter = max(_DELIMITERS, key=line.count)
    return csv.reader(iter(lambda: file.readline(_MAX_LINE), ""), delimiter=delimiter)
