"""TFRecord framing: the places of a file's payloads, and what is damaged.

A record is `u64 length | u32 masked CRC32C of the length | payload | u32 masked CRC32C of the
payload`, all little-endian (tensorboard/data/server/tf_record.rs describes the format).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from reportgen.arrays import ByteArray, IntArray
from reportgen.columns import Damage
from reportgen.events import chains
from reportgen.events.chains import FRAME, HEADER
from reportgen.events.crc32c import combined, mask, masked, unmasked

SAMPLE_RECORDS = 64  # walked one by one, to learn the mean size, before a chain is tried
MAX_CHAIN_SIZE = 512  # bytes of a record on average; larger ones are as fast one by one
MIN_CHAIN, MAX_CHAIN = 1 << 10, 1 << 16  # records that a chain is asked for
SEARCH_START, SEARCH_MAX = 1 << 10, 1 << 20  # places that a search for a header takes at once
# Bytes. A longer record is not believed: its length is payload that happens to fit its checksum.
_MAX_LENGTH = np.uint64(1 << 48)
LOAD_AHEAD = 1 << 16  # bytes from which records are walked one by one
_HEADER = struct.Struct("<QI")

# Makes the bytes before a place available; returns the size of the file as far as it is known.
Load = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Frames:
    """Payloads in a file, in order; their checksums are not checked yet.

    Attributes:
        starts: from the start of the file, (n,) int64.
        sizes: in bytes, (n,) int64.
    """

    starts: IntArray
    sizes: IntArray


def frames(
    data: ByteArray, damage: list[Damage], load: Load | None = None, start: int = 0
) -> Iterator[Frames]:
    """Yield the whole records of a file, many at a time; append what is wrong to `damage`.

    Args:
        data: the file, (size,).
        damage: is added to.
        load: makes the bytes before a place available, and returns the size of the file, which
            may have shrunk; None if `data` is complete.
        start: of the first record that is wanted.
    """
    load = load or (lambda _: len(data))
    place, limit = start, MAX_CHAIN
    while place < len(data):
        loaded = place + LOAD_AHEAD
        data = data[: load(loaded)]
        heads, sizes, end = _walk_singly(data, place, loaded, damage, load)
        data = data[: load(end)]
        heads, sizes, end = _before_cut(heads, sizes, end, len(data))
        yield Frames(heads + HEADER, sizes)
        mean_size, place = (end - place) // SAMPLE_RECORDS, end
        if FRAME <= mean_size < MAX_CHAIN_SIZE and len(heads) == SAMPLE_RECORDS:
            stop = min(place + limit * mean_size, len(data))
            data = data[: load(stop + chains.MAX_LENGTH + FRAME)]
            stop = min(stop, len(data))
            heads, sizes, place = chains.walk(data, place, stop, mean_size)
            # Fewer next time where damage ends the chain, so that little is walked in vain.
            limit = min(4 * len(heads) + MIN_CHAIN, MAX_CHAIN)
            yield Frames(heads + HEADER, sizes)


def _walk_singly(
    data: ByteArray, place: int, loaded: int, damage: list[Damage], load: Load
) -> tuple[IntArray, IntArray, int]:
    """Return where the next few records start, their lengths, and where they end."""
    view = data.data
    heads: list[int] = []
    sizes: list[int] = []
    while place < len(data) and len(heads) < SAMPLE_RECORDS and place + HEADER <= loaded:
        size = _length_at(view, place)
        if size is None and len(data) - place >= HEADER:
            following = next_header(data, place + 1, load)
            damage.append(Damage(place, "header", 1, following - place))
            return np.array(heads, np.int64), np.array(sizes, np.int64), following
        if size is None or place + size + FRAME > len(data):
            damage.append(Damage(place, "truncated", 1, len(data) - place))
            place = len(data)
        else:
            heads.append(place)
            sizes.append(size)
            place += size + FRAME
    return np.array(heads, np.int64), np.array(sizes, np.int64), place


def _before_cut(
    heads: IntArray, sizes: IntArray, end: int, size: int
) -> tuple[IntArray, IntArray, int]:
    """Return the records that end before the end of a file that may have shrunk."""
    count = int(np.searchsorted(heads + sizes + FRAME, size, side="right"))
    return heads[:count], sizes[:count], int(heads[count]) if count < len(heads) else end


def _length_at(view: memoryview, place: int) -> int | None:
    """Return the length in the header at `place`, or None where the header is not valid."""
    if len(view) - place < HEADER:
        return None
    size, crc = _HEADER.unpack_from(view, place)
    return size if masked(view[place : place + 8]) == crc else None


def next_header(data: ByteArray, place: int, load: Load) -> int:
    """Return the first place from `place` on with a valid header, or the end of the file."""
    size = SEARCH_START  # it is near in most cases
    while place < len(data):
        load(place + size + HEADER)
        # No header consists of zeros, so a hole is skipped quickly.
        if data[place : place + size + HEADER].any():
            valid = _valid_headers(data, place, place + size)
            if len(valid):
                return int(valid[0])
        place, size = place + size, min(4 * size, SEARCH_MAX)
    return len(data)


def _valid_headers(data: ByteArray, start: int, end: int) -> IntArray:
    """Return the places from `start` to before `end` with a valid header."""
    lengths, checksums = (view[start:end] for view in chains.header_views(data))
    short = np.flatnonzero(lengths < _MAX_LENGTH)
    pairs = lengths[short].view("<u2").reshape(-1, 4).T
    columns = [(pair, 6 - 2 * index) for index, pair in enumerate(pairs)]
    crc = mask(combined(unmasked(bytes(8)), columns, len(short)))
    valid: IntArray = start + short[crc == checksums[short]]
    return valid
