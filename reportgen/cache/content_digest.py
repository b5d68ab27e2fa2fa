"""The digest of a value by all that it holds, whatever process made it and in which order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

import numpy as np

_Update = Callable[[bytes], None]
_MAX_DEPTH = 40
_ATOMS = (str, bool, int, float, type(None))


class OpaqueError(TypeError):
    """A value holds something whose content cannot be seen."""


def content_digest(*values: object) -> str:
    """Return a digest that is equal for equal values alone.

    Args:
        values: dataclasses, texts, numbers, arrays, and collections of these.

    Raises:
        OpaqueError: a value holds anything else.
    """
    digest = hashlib.sha256()
    _add(values, digest.update, 0)
    return digest.hexdigest()


def _add(value: object, update: _Update, depth: int) -> None:
    """Add the type and content of a value; each is told apart from what follows."""
    if depth > _MAX_DEPTH:
        raise OpaqueError("too deep")
    kind = type(value)
    own, items = _own(value), _items(value)
    if own is None and items is None:
        raise OpaqueError(f"{kind.__module__}.{kind.__qualname__}")
    own = own or b""
    count = len(items or ())
    update(f"{kind.__module__}.{kind.__qualname__} {len(own)} {count}:".encode() + own)
    for item in items or ():
        _add(item, update, depth + 1)


def _own(value: Any) -> bytes | None:  # noqa: ANN401
    """Return what a value holds beside other values; None where it is of another type."""
    if isinstance(value, Enum):
        return value.name.encode()
    if type(value) is bytes:
        return value
    if type(value) in _ATOMS:
        return str(value).encode("utf-8", "surrogatepass")
    if isinstance(value, np.generic):
        return value.dtype.str.encode() + value.tobytes()
    if isinstance(value, np.ndarray):
        head = f"{value.dtype.str}{value.shape}".encode()
        return head if value.dtype.hasobject else head + value.tobytes()
    return None


def _items(value: Any) -> Sequence[object] | None:  # noqa: ANN401
    """Return the values that a value holds; None where it is of another type."""
    if isinstance(value, np.ndarray):
        return value.reshape(-1).tolist() if value.dtype == object else ()
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name) for field in fields(value)]
    if isinstance(value, Mapping):
        return [*value.items()]
    if isinstance(value, set | frozenset):
        return sorted(content_digest(item) for item in value)
    return value if isinstance(value, list | tuple) else None
