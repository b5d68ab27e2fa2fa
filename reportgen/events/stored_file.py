"""The content of an event file as an entry of a cache, and back; an entry is never trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple
from itertools import pairwise
from typing import Any

import numpy as np

from reportgen.arrays import AnyArray
from reportgen.cache.cells import (
    UnknownCellError,
    checked_list,
    decoded_array,
    encoded_array,
)
from reportgen.cache.container import DamagedError, packed, unpacked
from reportgen.cache.store import Buffer
from reportgen.columns import SCALAR_DTYPES, Damage, LogFile, Start
from reportgen.events import stored_columns

# What says nothing about the file, but about the moment at which it was read.
_PASSING = ("unreadable", "shrunk")
_COUNTS = ("rows", "events", "size")


def entry(key: str, file: LogFile) -> list[Buffer] | None:
    """Return a file as an entry, in pieces; None for one that no entry can hold.

    Args:
        key: of the entry.
        file: as it was read, with all its scalars.
    """
    if any(damage.kind in _PASSING for damage in file.damage):
        return None
    bodies: list[Buffer] = []
    try:
        content = {
            "scalars": {name: encoded_array(_joined(file, name), bodies) for name in SCALAR_DTYPES},
            "parts": [len(part) for part in file.scalars["step"]],
            "columns": {
                kind: stored_columns.encoded(kind, columns, bodies)
                for kind, columns in file.columns.items()
            },
            "tags": file.tags,
            "damage": [astuple(damage) for damage in file.damage],
            "unknown": list(file.unknown.items()),
            "starts": [astuple(start) for start in file.starts],
            "counts": [getattr(file, name) for name in _COUNTS],
        }
        return packed(key, content, bodies)
    except (UnknownCellError, TypeError):  # TypeError: of json
        return None


def content(key: str, stored: bytes, path: str, size: int) -> LogFile:
    """Return the file that an entry holds.

    Args:
        key: of the entry.
        stored: the entry.
        path: of the file.
        size: of the file, in bytes.

    Raises:
        DamagedError: the entry is damaged, or cannot be of such a file.
    """
    fields, views = unpacked(key, stored)
    try:
        return _file(fields, iter(views), path, size)
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise DamagedError("not a file") from error


def _file(fields: dict[str, Any], bodies: Iterator[memoryview], path: str, size: int) -> LogFile:
    tags = checked_list(fields["tags"], str)
    scalars = _scalars(fields["scalars"], checked_list(fields["parts"], int), bodies, len(tags))
    columns = {
        kind: stored_columns.decoded(kind, columns, bodies, path, size)
        for kind, columns in fields["columns"].items()
    }
    counts = dict(zip(_COUNTS, checked_list(fields["counts"], int), strict=True))
    if min(counts.values()) < 0 or counts["size"] != size or next(bodies, None) is not None:
        raise DamagedError("another file")
    return LogFile(
        tags=tags,
        scalars=scalars,
        columns=columns,
        damage=[Damage(*_typed(item, int, str, int, int, str)) for item in fields["damage"]],
        unknown=Counter(dict(_typed(item, str, int) for item in fields["unknown"])),
        starts=[_start(item) for item in fields["starts"]],
        **counts,
    )


def _joined(file: LogFile, name: str) -> AnyArray:
    parts = file.scalars[name]
    if len(parts) == 1:
        return parts[0]
    return np.concatenate([*parts, np.empty(0, SCALAR_DTYPES[name])])


def _scalars(
    fields: dict[str, Any], sizes: list[int], bodies: Iterator[memoryview], tags: int
) -> dict[str, list[AnyArray]]:
    """Return the scalars in the parts in which they were read."""
    edges = np.cumsum([0, *sizes]).tolist()
    scalars = {}
    for name, dtype in SCALAR_DTYPES.items():
        column = decoded_array(fields[name], bodies)
        is_right = column.dtype == dtype and column.shape == (edges[-1],)
        if not is_right or min(sizes, default=0) < 0:
            raise DamagedError("not such scalars")
        scalars[name] = [column[start:end] for start, end in pairwise(edges)]
        if name == "code" and len(column) and not 0 <= column.min() <= column.max() < tags:
            raise DamagedError("a tag that there is not")
    return scalars


def _start(item: object) -> Start:
    index, step, wall_time, rows = _typed(item, int, int, float, dict)
    checked_list([*rows.values()], int)
    return Start(index, step, wall_time, rows)


def _typed(item: object, *types: type) -> list[Any]:
    """Return a list of items of these types, one of each."""
    fields = checked_list(item, *types)
    if [type(field) for field in fields] != [*types]:
        raise DamagedError("not such a list")
    return fields
