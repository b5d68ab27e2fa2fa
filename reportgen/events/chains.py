"""Frame many records at once: several cursors walk stretches of the file in lockstep.

A file's records form a chain: each length says where the next record starts, so a single cursor
must take them one by one. Here a few thousand cursors start at candidates, places that look like a
header because the checksum of the length fits, and each walks its stretch up to the place where
the next cursor started. A cursor that arrives exactly there proves that start; up to the first
cursor that does not, all records are certain. docs/lockstep.md explains this with a picture.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reportgen.arrays import BoolArray, ByteArray, IntArray
from reportgen.events.crc32c import length_checksums

HEADER, FRAME = 12, 16  # bytes before a payload; bytes around it
MAX_LENGTH = 1 << 16  # longer records end a chain: `length_checksums` has no entry for them
# Records of a stretch: fewer cost more candidates, more cost more steps of the loop.
STRETCH_RECORDS = 64
SAMPLE_RECORDS = 16  # of each of several files, which tell the mean size of their records


def walk(data: ByteArray, place: int, stop: int, mean_size: int) -> tuple[IntArray, IntArray, int]:
    """Return the records from `place` on whose headers are valid, without a gap.

    Args:
        data: the file, (size,).
        place: where a record starts.
        stop: records from here on are not wanted.
        mean_size: about how many bytes a record takes.

    Returns:
        Where the records start, ascending; the lengths of their payloads; and where the next
        record would start: at or after `stop`, or before it where there is no whole valid record
        or the cursors did not meet.
    """
    last = len(data) - HEADER
    if last <= place:
        return np.empty(0, np.int64), np.empty(0, np.int64), place
    data[place:stop].max()  # reads the pages in order, which is faster than as the cursors jump
    starts = _cursor_starts(data, place, min(stop, last), mean_size)
    bounds = np.append(starts[1:], stop)
    heads = _walk_cursors(data, starts, bounds, last)
    inside = heads[:-1] < bounds
    ends = heads[inside.sum(axis=0), np.arange(len(starts))]
    missed = np.flatnonzero(ends[:-1] != bounds[:-1])
    proven = int(missed[0]) + 1 if len(missed) else len(starts)
    places = heads[:-1].T[:proven][inside.T[:proven]]
    return _valid_records(data, places, int(ends[proven - 1]))


def walk_files(data: ByteArray, bounds: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return the records of files that stand one after the other.

    A cursor starts at the beginning of each file, which is certain, and at candidates between.

    Args:
        data: the bytes of all files, and at least `HEADER` bytes behind them, (size,).
        bounds: where each file starts, ascending, and where the last one ends, (files + 1,).

    Returns:
        Where the records of whole files start, ascending; the lengths of their payloads; and the
        indices of the files that are left out, because their records do not fill them without a
        gap, or because the cursors did not meet.
    """
    end = int(bounds[-1])
    file_starts = bounds[:-1][np.diff(bounds) > 0]
    if not len(file_starts):
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64)
    mean_size = _mean_size(data, bounds)
    candidates = _cursor_starts(data, int(bounds[0]), end, mean_size)
    starts = np.union1d(file_starts, candidates)
    next_starts = np.append(starts[1:], end)
    heads = _walk_cursors(data, starts, next_starts, len(data) - HEADER)
    inside = heads[:-1] < next_starts
    ends = heads[inside.sum(axis=0), np.arange(len(starts))]
    places = heads[:-1].T[inside.T]
    valid, sizes = _check_headers(data, np.minimum(places, len(data) - HEADER))
    broken_places = np.concatenate([starts[ends != next_starts], places[~valid]])
    broken = np.unique(np.searchsorted(bounds, broken_places, side="right") - 1)
    if not len(broken):
        return places, sizes, broken
    is_broken = np.zeros(len(bounds), np.bool_)
    is_broken[broken] = True
    whole = ~is_broken[np.searchsorted(bounds, places, side="right") - 1]
    return places[whole], sizes[whole], broken


def _mean_size(data: ByteArray, bounds: IntArray) -> int:
    """Return about how many bytes a record takes, from the first records of each file."""
    lengths, _ = header_views(data)
    place, records = bounds[:-1].copy(), 0
    for _ in range(SAMPLE_RECORDS):
        inside = np.flatnonzero(place < bounds[1:])
        place[inside] += lengths[place[inside]].clip(max=MAX_LENGTH).view(np.int64) + FRAME
        records += len(inside)
    return int((np.minimum(place, bounds[1:]) - bounds[:-1]).sum()) // max(records, 1) + 1


def header_views(data: ByteArray) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """Return the length and its checksum that a header at each place of `data` would have."""
    size = max(len(data) - HEADER + 1, 0)
    lengths = np.ndarray(size, "<u8", data.data, 0, (1,))
    return lengths, np.ndarray(size, "<u4", data.data, 8 if size else 0, (1,))


def _cursor_starts(data: ByteArray, place: int, stop: int, mean_size: int) -> IntArray:
    """Return `place`, and the first candidate after about every `STRETCH_RECORDS` records."""
    stretch, window = STRETCH_RECORDS * mean_size, 2 * mean_size
    count = (stop - place - window) // stretch
    if count < 1:
        return np.array([place])
    shape = (count, window)
    lengths = np.ndarray(shape, "<u8", data.data, place + stretch, (stretch, 1))
    segment, offset = np.nonzero(lengths < MAX_LENGTH)
    candidates = place + stretch * (segment + 1) + offset
    fits, _ = _check_headers(data, candidates)
    _, first = np.unique(segment[fits], return_index=True)
    return np.append(place, candidates[fits][first])


def _check_headers(data: ByteArray, places: IntArray) -> tuple[BoolArray, IntArray]:
    """Return whether the header at each place is valid and its length short, and the lengths."""
    lengths, checksums = header_views(data)
    size = lengths[places]
    fits = length_checksums().take(size.view(np.int64), mode="clip") == checksums[places]
    fits &= size < MAX_LENGTH
    return fits, size.view(np.int64)


def _walk_cursors(data: ByteArray, starts: IntArray, bounds: IntArray, last: int) -> IntArray:
    """Return the places of each cursor, (steps, cursors), until all have reached their bounds.

    A cursor at a damaged place takes any bytes for a length; it is held within the file.
    """
    lengths, _ = header_views(data)
    heads, place = [starts], starts
    for _ in range(4 * STRETCH_RECORDS):
        if not (place < bounds).any():
            break
        size = lengths[np.minimum(place, last)]
        place = place + np.minimum(size, MAX_LENGTH).view(np.int64) + FRAME
        heads.append(place)
    return np.array(heads)


def _valid_records(data: ByteArray, places: IntArray, end: int) -> tuple[IntArray, IntArray, int]:
    """Return the records before the first whose header is wrong or which the file cuts off."""
    in_file = places[: np.searchsorted(places, len(data) - HEADER, side="right")]
    valid, sizes = _check_headers(data, in_file)
    valid &= in_file + sizes + FRAME <= len(data)
    invalid = np.flatnonzero(~valid)
    count = int(invalid[0]) if len(invalid) else len(in_file)
    return in_file[:count], sizes[:count], int(places[count]) if count < len(places) else end
