"""Framing of many records at once: several cursors walk stretches of the file in lockstep.

A file's records are a chain: each length says where the next record starts, so one cursor must
take them one by one. Here a few thousand cursors start at places that look like a header (the
checksum of the length fits) and each walks to where the next one started. A cursor that arrives
exactly there proves that start; up to the first that does not, all records are known for certain.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reportgen.events.crc32c import of_lengths

Places = NDArray[np.int64]
HEADER, FRAME = 12, 16  # bytes before a payload; bytes around it
LONGEST = 1 << 16  # lengths from here on end a chain: their checksums are in no table
_EACH = 64  # records that a cursor takes: less costs more starts, more costs longer loops


def walk(data: NDArray[np.uint8], place: int, stop: int, mean: int) -> tuple[Places, Places, int]:
    """The records from `place` on whose headers are valid, without a gap.

    Args:
        data: the file, (size,).
        place: where a record starts.
        stop: no record from here on is wanted.
        mean: about how many bytes a record takes.

    Returns:
        Where they start, ascending; the lengths of their payloads; and where the next one would
        start: at or after `stop`, or before it where no whole valid record stands or the cursors
        did not meet.
    """
    last = len(data) - HEADER
    if last <= place:
        return np.empty(0, np.int64), np.empty(0, np.int64), place
    data[place:stop].max()  # read once in order: the cursors then find all of it in the cache
    starts = _starts(data, place, min(stop, last), mean)
    bounds = np.append(starts[1:], stop)
    heads = _run(data, starts, bounds, last)
    inside = heads[:-1] < bounds
    ends = heads[inside.sum(axis=0), np.arange(len(starts))]
    missed = np.flatnonzero(ends[:-1] != bounds[:-1])
    chains = int(missed[0]) + 1 if len(missed) else len(starts)
    places = heads[:-1].T[:chains][inside.T[:chains]]
    return _valid(data, places, int(ends[chains - 1]))


def views(data: NDArray[np.uint8]) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """The length and its checksum that a header at each place of `data` would have."""
    size = max(len(data) - HEADER + 1, 0)
    lengths = np.ndarray(size, "<u8", data.data, 0, (1,))
    return lengths, np.ndarray(size, "<u4", data.data, 8 if size else 0, (1,))


def _starts(data: NDArray[np.uint8], place: int, stop: int, mean: int) -> Places:
    """`place`, and about every `_EACH` records the next place that looks like a header."""
    apart, window = _EACH * mean, 2 * mean
    count = (stop - place - window) // apart
    if count < 1:
        return np.array([place])
    shape = (count, window)
    near = np.ndarray(shape, "<u8", data.data, place + apart, (apart, 1))
    segment, offset = np.nonzero(near < LONGEST)
    found = place + apart * (segment + 1) + offset
    fits, _ = _fits(data, found)
    _, first = np.unique(segment[fits], return_index=True)
    return np.append(place, found[fits][first])


def _fits(data: NDArray[np.uint8], places: Places) -> tuple[NDArray[np.bool_], Places]:
    """Whether the checksum of a header's length is right, and it is below LONGEST; the length."""
    lengths, checksums = views(data)
    size = lengths[places]
    fits = of_lengths().take(size.view(np.int64), mode="clip") == checksums[places]
    fits &= size < LONGEST
    return fits, size.view(np.int64)


def _run(data: NDArray[np.uint8], starts: Places, bounds: Places, last: int) -> Places:
    """Where each cursor came by: (steps, cursors), the last at or after its bound if it got there.

    A cursor in a damaged place takes any bytes for a length; it is held within the file.
    """
    lengths, _ = views(data)
    heads, place = [starts], starts
    for _ in range(4 * _EACH):
        if not (place < bounds).any():
            break
        size = lengths[np.minimum(place, last)]
        place = place + np.minimum(size, LONGEST).view(np.int64) + FRAME
        heads.append(place)
    return np.array(heads)


def _valid(data: NDArray[np.uint8], places: Places, end: int) -> tuple[Places, Places, int]:
    """Up to the first header that is wrong, or whose record the file does not hold whole."""
    held = places[: np.searchsorted(places, len(data) - HEADER, side="right")]
    good, sizes = _fits(data, held)
    good &= held + sizes + FRAME <= len(data)
    bad = np.flatnonzero(~good)
    count = int(bad[0]) if len(bad) else len(held)
    return held[:count], sizes[:count], int(places[count]) if count < len(places) else end
