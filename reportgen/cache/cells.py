"""Cells of a column as JSON and bodies, and back; each is checked when it comes back."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any

import numpy as np

from reportgen.arrays import AnyArray
from reportgen.cache.container import DamagedError
from reportgen.cache.store import Buffer

_NUMERIC = "biufc"  # kinds of dtype whose bytes are their values
_MAX_DIMENSIONS = 32
_HALF = 1 << 63  # of the integers of 64 bits


class UnknownCellError(TypeError):
    """A cell is of a type that no entry holds."""


def encoded_array(array: AnyArray, bodies: list[Buffer]) -> list[object]:
    """Return dtype and shape of an array whose bytes are added to the bodies; or its texts."""
    if array.dtype.kind in _NUMERIC:
        bodies.append(np.ascontiguousarray(array).reshape(-1).view(np.uint8).data)
        return [array.dtype.str, list(array.shape)]
    texts = array.reshape(-1).tolist()
    if array.dtype != object or not all(type(text) is str for text in texts):
        raise UnknownCellError(str(array.dtype))
    return ["texts", list(array.shape), texts]


def decoded_array(cell: object, bodies: Iterator[memoryview]) -> AnyArray:
    """Return the array that `encoded_array` took.

    Raises:
        DamagedError: there cannot be such an array.
    """
    if not isinstance(cell, list) or len(cell) not in (2, 3) or not is_shape(cell[1]):
        raise DamagedError("not an array")
    name, shape = cell[0], cell[1]
    if name == "texts" and len(cell) == 3:
        texts = checked_list(cell[2], str)
        if len(texts) != prod(shape):
            raise DamagedError("wrong shape")
        array = np.empty(len(texts), object)
        array[:] = texts
        return array.reshape(shape)
    body = next(bodies, None)
    if body is None or not isinstance(name, str):
        raise DamagedError("no body")
    try:
        dtype = np.dtype(name)
        if dtype.kind not in _NUMERIC or dtype.str != name:
            raise DamagedError("not a number")
        return np.frombuffer(body, dtype).reshape(shape)
    except (ValueError, TypeError) as error:
        raise DamagedError("wrong array") from error


def is_shape(shape: object) -> bool:
    """Return whether this is the shape of an array."""
    return (
        isinstance(shape, list)
        and len(shape) <= _MAX_DIMENSIONS
        and all(type(size) is int and 0 <= size < 1 << 48 for size in shape)
    )


def checked_list(cells: object, *kinds: type) -> list[Any]:
    """Return a list whose items are of one of the types, and of no subclass; integers have 64 bits.

    Raises:
        DamagedError: it is not.
    """
    if not isinstance(cells, list) or not {type(cell) for cell in cells} <= {*kinds}:
        raise DamagedError("not a list of such items")
    if int in kinds and not all(-_HALF <= cell < _HALF for cell in cells if type(cell) is int):
        raise DamagedError("too large an integer")
    return cells
