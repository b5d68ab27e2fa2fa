"""TFRecord framing: a file into the places of its payloads, damage into a ledger.

A record is `u64 length | u32 masked CRC32C of the length | payload | u32 masked CRC32C of the
payload`, all little-endian (tensorboard/data/server/tf_record.rs describes the format).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportgen.columns import Damage
from reportgen.events import chains
from reportgen.events.chains import FRAME, HEADER
from reportgen.events.crc32c import combined, mask, masked, unmasked

Places = NDArray[np.int64]

_HEADER = struct.Struct("<QI")
_PLAIN = 64  # records that are walked one by one before many are tried at once
_SMALL = 512  # bytes; larger records are as well walked one by one
_FEW, _MANY = 1 << 10, 1 << 16  # records at once
_LONGEST = np.uint64(1 << 48)  # bytes; what is longer is no length, but 8 bytes and their checksum
_NEAR, _BLOCK = 1 << 10, 1 << 20  # places that are looked at together for the next header


@dataclass(frozen=True, slots=True)
class Frames:
    """Payloads in a file, in order; their checksums are not yet checked.

    Attributes:
        starts: from the start of the file, (n,) int64.
        sizes: in bytes, (n,) int64.
    """

    starts: Places
    sizes: Places


def frames(data: NDArray[np.uint8], damage: list[Damage]) -> Iterator[Frames]:
    """Yields the whole records of a file, many at a time; appends what is wrong to `damage`."""
    view = data.data
    place, many = 0, _MANY
    while place < len(data):
        heads, sizes, end = _plain(data, view, place, damage)
        yield Frames(heads + HEADER, sizes)
        mean, place = (end - place) // _PLAIN, end
        if FRAME <= mean < _SMALL and len(heads) == _PLAIN:
            stop = min(place + many * mean, len(data))
            heads, sizes, place = chains.walk(data, place, stop, mean)
            many = min(4 * len(heads) + _FEW, _MANY)  # less, where damage stops it again and again
            yield Frames(heads + HEADER, sizes)


def _plain(
    data: NDArray[np.uint8], view: memoryview, place: int, damage: list[Damage]
) -> tuple[Places, Places, int]:
    """The next records, one by one: where they start, their lengths, and where they end."""
    heads: list[int] = []
    sizes: list[int] = []
    while place < len(data) and len(heads) < _PLAIN:
        size = _length(view, place)
        if size is None and len(data) - place >= HEADER:
            following = next_header(data, place + 1)
            damage.append(Damage(place, "header", 1, following - place))
            place = following
        elif size is None or place + size + FRAME > len(data):
            damage.append(Damage(place, "truncated", 1, len(data) - place))
            place = len(data)
        else:
            heads.append(place)
            sizes.append(size)
            place += size + FRAME
    return np.array(heads, np.int64), np.array(sizes, np.int64), place


def _length(view: memoryview, place: int) -> int | None:
    """The length in the header at `place`, or None where no valid header stands there."""
    if len(view) - place < HEADER:
        return None
    size, crc = _HEADER.unpack_from(view, place)
    return size if masked(view[place : place + 8]) == crc else None


def next_header(data: NDArray[np.uint8], place: int) -> int:
    """The first place from `place` on where a valid header stands, or the end of the file."""
    size = _NEAR  # mostly it is near
    while place < len(data):
        # Zeros are no header: a hole is passed over.
        if data[place : place + size + HEADER].any():
            valid = _headers(data, place, place + size)
            if len(valid):
                return int(valid[0])
        place, size = place + size, min(4 * size, _BLOCK)
    return len(data)


def _headers(data: NDArray[np.uint8], start: int, end: int) -> Places:
    """The places from `start` to before `end` where a valid header stands."""
    lengths, checksums = (every[start:end] for every in chains.views(data))
    found = np.flatnonzero(lengths < _LONGEST)
    pairs = lengths[found].view("<u2").reshape(-1, 4).T
    columns = [(pair, 6 - 2 * index) for index, pair in enumerate(pairs)]
    crc = mask(combined(unmasked(bytes(8)), columns, len(found)))
    valid: Places = start + found[crc == checksums[found]]
    return valid
