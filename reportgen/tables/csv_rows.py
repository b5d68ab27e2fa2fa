"""Rows of a CSV file that any program may have written, within bounds."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

LARGEST = 1 << 26  # bytes of a file
_LONGEST = 1 << 20  # characters of a line; a longer one is several, none of which fits
_MOST = 2_000  # columns
_DELIMITERS = ",;\t"  # that Keras' CSVLogger is asked for


class CsvRows:
    """A file's header, and its rows as they are read.

    Args:
        path: the file.

    Attributes:
        header: names of the columns, without the spaces around them.
        damaged: how many lines were left out so far, as their cells are not those of the header.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is too large or too wide.
    """

    def __init__(self, path: Path) -> None:
        if path.stat().st_size > LARGEST:
            raise ValueError(f"it is larger than {LARGEST >> 20} MiB")
        self.header = header(path)
        if len(self.header) > _MOST:
            raise ValueError(f"it has more than {_MOST:,} columns")
        self.damaged = 0
        self._path = path

    def __iter__(self) -> Iterator[list[str]]:
        """The rows, each as wide as the header."""
        with _opened(self._path) as file:
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
                elif row != []:  # a blank line is no row
                    self.damaged += reader.line_num - before

    def of(self, names: Sequence[str]) -> Iterator[list[str]]:
        """The cells of some columns, row by row."""
        places = [self.header.index(name) for name in names]
        for row in self:
            yield [row[place] for place in places]


def header(path: Path) -> tuple[str, ...]:
    """The names in a file's first line, without the spaces around them; () where it is none.

    Raises:
        OSError: the file cannot be read.
    """
    return tuple(name.strip() for name in _first(path, 0))


def first_row(path: Path) -> list[str]:
    """The cells of a file's second line; none where there is none.

    Raises:
        OSError: the file cannot be read.
    """
    return _first(path, 1)


def _first(path: Path, place: int) -> list[str]:
    with _opened(path) as file:
        reader = _reader(file)
        try:
            rows: list[list[str]] = [next(reader, []) for _ in range(place + 1)]
        except csv.Error:
            return []
        return rows[place]


def _opened(path: Path) -> IO[str]:
    return path.open(encoding="utf-8-sig", errors="replace", newline="")


def _reader(file: IO[str]) -> csv._reader:  # type: ignore[name-defined]
    """A reader at the file's start; what its first line holds most is what parts cells."""
    line = file.readline(_LONGEST)
    file.seek(0)
    delimiter = max(_DELIMITERS, key=line.count)
    return csv.reader(iter(lambda: file.readline(_LONGEST), ""), delimiter=delimiter)
