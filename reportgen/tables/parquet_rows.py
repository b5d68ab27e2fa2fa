"""Rows of a Parquet file that any program may have written, within bounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

_LARGEST = 1 << 29  # bytes of a file, and of all that it says it holds
_MOST = 1 << 22  # rows
_BATCH = 1 << 14  # rows
_PLAIN = ("bool", "int", "uint", "halffloat", "float", "double", "string", "large_string", "null")


class ParquetRows:
    """A file's columns, and its rows as they are read.

    Args:
        path: the file.

    Attributes:
        header: names of the columns.
        damaged: 0, as a damaged file cannot be read at all.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no Parquet file, or pyarrow is not installed.
    """

    def __init__(self, path: Path) -> None:
        self.damaged = 0
        self._path = path
        with _opened(path, ()) as file:
            self.header = tuple(map(str, file.schema_arrow.names))

    def of(self, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The cells of some columns, row by row.

        Texts stay in their dictionaries, so that few bytes cannot become very many.

        Raises:
            ValueError: it is too large, or the columns hold neither numbers nor texts.
        """
        with _opened(self._path, ()) as file:
            _check(file, self._path.stat().st_size, names)
        with _opened(self._path, names) as file:
            try:
                for batch in file.iter_batches(_BATCH, columns=list(names)):
                    yield from zip(*(_cells(batch.column(name)) for name in names), strict=True)
            except import_module("pyarrow").ArrowException as error:
                raise ValueError(str(error)) from error


def _opened(path: Path, texts: Sequence[str]) -> Any:  # noqa: ANN401
    try:
        pyarrow = import_module("pyarrow")
        parquet = import_module("pyarrow.parquet")
    except ImportError as error:
        raise ValueError("pip install 'reportgen[parquet]'") from error
    try:
        return parquet.ParquetFile(path, read_dictionary=list(texts))
    except pyarrow.ArrowException as error:
        raise ValueError(str(error)) from error


def _check(file: Any, size: int, names: Sequence[str]) -> None:  # noqa: ANN401
    """Raises ValueError where the file is not to be read."""
    groups = (file.metadata.row_group(place) for place in range(file.num_row_groups))
    if max(size, sum(group.total_byte_size for group in groups)) > _LARGEST:
        raise ValueError(f"it is larger than {_LARGEST >> 20} MiB")
    if file.metadata.num_rows > _MOST:
        raise ValueError(f"it has more than {_MOST:,} rows")
    for name in names:
        places = [at for at, held in enumerate(file.schema_arrow.names) if held == name]
        kind = file.schema_arrow.field(places[0]).type
        plain = str(getattr(kind, "value_type", kind)).rstrip("0123456789")
        nested = kind.num_fields and not hasattr(kind, "index_type")
        if len(places) > 1 or nested or plain not in _PLAIN:
            raise ValueError(f"its column {name} holds neither numbers nor texts")


def _cells(column: Any) -> list[Any]:  # noqa: ANN401
    """The values of a column, each text of a dictionary once in memory."""
    if not hasattr(column, "dictionary"):
        return list(column.to_pylist())
    texts = column.dictionary.to_pylist()
    return [None if at is None else texts[at] for at in column.indices.to_pylist()]
