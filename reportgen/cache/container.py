"""An entry as bytes: a header of JSON, then arrays and texts as they are, under one checksum.

    magic (8) | CRC-32 of all that follows (4) | size of the header (4) | header | bodies

The header holds the key of the entry, so that an entry under a wrong name is none.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

from reportgen.cache.store import Buffer

_MAGIC = b"rptgen\x001"
_FIXED = 16  # bytes before the header


class DamagedError(ValueError):
    """An entry is not what was written."""


def packed(key: str, content: object, bodies: Sequence[Buffer]) -> list[Buffer]:
    """Return an entry, in pieces.

    Args:
        key: of the entry.
        content: of JSON's types.
        bodies: bytes, of which the content says what they are.
    """
    sizes = [len(body) for body in bodies]
    header = json.dumps({"key": key, "content": content, "sizes": sizes}).encode("ascii")
    rest: list[Buffer] = [len(header).to_bytes(4, "little"), header, *bodies]
    checksum = 0
    for piece in rest:
        checksum = zlib.crc32(piece, checksum)
    return [_MAGIC, checksum.to_bytes(4, "little"), *rest]


def unpacked(key: str, entry: bytes) -> tuple[Any, list[memoryview]]:
    """Return content and bodies of an entry.

    Raises:
        DamagedError: it is not whole, or not the entry of the key.
    """
    view = memoryview(entry)
    if entry[:8] != _MAGIC or len(entry) < _FIXED:
        raise DamagedError("no entry")
    if zlib.crc32(view[12:]) != int.from_bytes(view[8:12], "little"):
        raise DamagedError("wrong checksum")
    end = _FIXED + int.from_bytes(view[12:16], "little")
    try:
        header = json.loads(entry[_FIXED:end])
        is_right = header["key"] == key
        content, sizes = header["content"], header["sizes"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise DamagedError("wrong header") from error
    if not is_right or not _are_sizes(sizes, len(entry) - end):
        raise DamagedError("another entry")
    bodies = []
    for size in sizes:
        bodies.append(view[end : end + size])
        end += size
    return content, bodies


def _are_sizes(sizes: object, total: int) -> bool:
    """Return whether these are sizes of bodies that together take so many bytes."""
    if not isinstance(sizes, list) or not all(type(size) is int and size >= 0 for size in sizes):
        return False
    return sum(sizes) == total
