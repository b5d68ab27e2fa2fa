"""Scalars of many records at once.

Records of one size whose bytes agree with a layout's fixed ones are decoded together, field by
field; their checksums follow from the fields that differ. All others are left to protobuf.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from reportgen.events.crc32c import masked
from reportgen.events.fields import Decoded, Fields, Indices
from reportgen.events.record_layout import learn
from reportgen.events.rows import Rows, gather, width
from reportgen.events.tags import Tags
from reportgen.events.tfrecord import Frames

_LARGEST = 512  # bytes; a larger record is none of scalars alone
_BLOCK = 1 << 14  # rows that are decoded together: they stay in the cache
_WORTH = 16  # fewer rows are as soon read by protobuf as a layout is learned
_TRIES = 4  # rows of a block that may fail to teach a layout
_LAYOUTS = 32  # of one size that are remembered


class Layouts:
    """Layouts that were learned; files of one writer share them.

    Attributes:
        by_size: of a payload; those learned last come first.
    """

    def __init__(self) -> None:
        self.by_size: defaultdict[int, list[Fields]] = defaultdict(list)


class Decoder:
    """Reads the scalars of one file and remembers its tags.

    Args:
        layouts: those that are known; more are added.

    Attributes:
        tags: the file's tags.
    """

    def __init__(self, layouts: Layouts) -> None:
        self.tags = Tags()
        self._layouts = layouts.by_size

    def decode(self, data: NDArray[np.uint8], frames: Frames) -> Decoded:
        """Decodes a batch of records of a file's bytes."""
        found = Decoded()
        for size, records in _by_size(frames.sizes):
            end = len(data) - width(size) if size <= _LARGEST else -1
            held = int(np.searchsorted(frames.starts[records], end, side="right"))
            found.other.append(records[held:])
            for start in range(0, held, _BLOCK):
                block = records[start : min(start + _BLOCK, held)]
                self._block(found, gather(data, frames.starts[block], size), block, size)
        return found

    def _block(self, found: Decoded, rows: Rows, records: Indices, size: int) -> None:
        """Takes from a block what each known layout fits, then what new ones do."""
        for fields in tuple(self._layouts[size]):
            if not len(rows):
                return
            rows, records = self._take(found, fields, rows, records)
        for _ in range(_TRIES):
            if len(rows) < _WORTH or len(self._layouts[size]) == _LAYOUTS:
                break
            learned = _learned(rows[0], size)
            if learned is None:
                found.other.append(records[:1])
                rows, records = rows[1:], records[1:]
                continue
            self._layouts[size].insert(0, learned)
            rows, records = self._take(found, learned, rows, records)
        found.other.append(records)

    def _take(
        self, found: Decoded, fields: Fields, rows: Rows, records: Indices
    ) -> tuple[Rows, Indices]:
        """Decodes the rows that a layout fits; returns the others."""
        fits = fields.fits(rows)
        if fits.all():
            fields.decode(found, self.tags, rows, records)
            return rows[:0], records[:0]
        if fits.any():
            fields.decode(found, self.tags, rows[fits], records[fits])
        return rows[~fits], records[~fits]


def _by_size(sizes: NDArray[np.int64]) -> Iterator[tuple[int, Indices]]:
    """Each size and the indices of the records that have it, ascending."""
    short = np.minimum(sizes, _LARGEST + 1).astype(np.uint16)  # sorted by radix
    order = np.argsort(short, kind="stable")
    edges = np.flatnonzero(np.diff(short[order])) + 1
    for records in np.split(order, edges):
        if len(records):
            yield int(short[records[0]]), records


def _learned(row: np.void, size: int) -> Fields | None:
    raw = row.tobytes()
    payload, checksum = raw[:size], int.from_bytes(raw[size : size + 4], "little")
    layout = learn(payload) if masked(payload) == checksum else None
    return None if layout is None else Fields(layout)
