"""Rows of a Parquet file that any program may have written, within limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

_MAX_SIZE = 1 << 29  # bytes of the file, and of what it claims to hold
_MAX_ROWS = 1 << 22
_BATCH_ROWS = 1 << 14
_PLAIN_TYPES = (
    "bool",
    "int",
    "uint",
    "halffloat",
    "float",
    "double",
    "string",
    "large_string",
    "null",
)


class ParquetRows:
    """The columns of a file, and its rows while they are read.

    Args:
        path: the file.

    Attributes:
        header: names of the columns.
        damaged: 0, because a damaged file cannot be read at all.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is not a Parquet file, or pyarrow is not installed.
    """

    def __init__(self, path: Path) -> None:
        self.damaged = 0
        self._path = path
        with _open(path, ()) as file:
            self.header = tuple(map(str, file.schema_arrow.names))

    def select(self, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Yield the cells of some columns, row by row.

        Strings are read as dictionaries, so that a small file cannot fill the memory.

        Raises:
            ValueError: the file is too large, or a column holds neither numbers nor strings.
        """
        with _open(self._path, ()) as file:
            _check(file, self._path.stat().st_size, names)
        with _open(self._path, names) as file:
            try:
                for batch in file.iter_batches(_BATCH_ROWS, columns=list(names)):
                    yield from zip(*(_cells(batch.column(name)) for name in names), strict=True)
            except import_module("pyarrow").ArrowException as error:
                raise ValueError(str(error)) from error


def _open(path: Path, dictionaries: Sequence[str]) -> Any:  # noqa: ANN401
    """Open a file; read the strings of the columns in `dictionaries` as dictionaries."""
    try:
        pyarrow = import_module("pyarrow")
        parquet = import_module("pyarrow.parquet")
    except ImportError as error:
        raise ValueError("pip install pyarrow") from error
    try:
        return parquet.ParquetFile(path, read_dictionary=list(dictionaries))
    except pyarrow.ArrowException as error:
        raise ValueError(str(error)) from error


def _check(file: Any, size: int, names: Sequence[str]) -> None:  # noqa: ANN401
    """Raise ValueError if the file is too large, or a column is not of a plain type."""
    groups = (file.metadata.row_group(place) for place in range(file.num_row_groups))
    if max(size, sum(group.total_byte_size for group in groups)) > _MAX_SIZE:
        raise ValueError(f"it is larger than {_MAX_SIZE >> 20} MiB")
    if file.metadata.num_rows > _MAX_ROWS:
        raise ValueError(f"it has more than {_MAX_ROWS:,} rows")
    columns = file.schema_arrow.names
    for name in names:
        dtype = file.schema_arrow.field(columns.index(name)).type
        value_type = str(getattr(dtype, "value_type", dtype)).rstrip("0123456789")
        nested = dtype.num_fields and not hasattr(dtype, "index_type")
        if columns.count(name) > 1 or nested or value_type not in _PLAIN_TYPES:
            raise ValueError(f"its column {name} holds neither numbers nor strings")


def _cells(column: Any) -> list[Any]:  # noqa: ANN401
    """Return the values of a column; equal strings of a dictionary are one object."""
    if not hasattr(column, "dictionary"):
        return list(column.to_pylist())
    strings = column.dictionary.to_pylist()
    return [None if code is None else strings[code] for code in column.indices.to_pylist()]
