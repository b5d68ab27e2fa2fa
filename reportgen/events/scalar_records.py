"""Scalars of many records at once.

Records of one size whose bytes agree with the fixed bits of a layout are decoded together, field
by field; their checksums follow from the fields that differ. All others are left to protobuf.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from reportgen.arrays import ByteArray, IntArray, StructArray
from reportgen.events.crc32c import masked
from reportgen.events.fields import Decoded, Fields
from reportgen.events.record_layout import learn
from reportgen.events.rows import gather, width
from reportgen.events.tags import Tags
from reportgen.events.tfrecord import Frames

MAX_SIZE = 512  # bytes; larger records are not of scalars alone
BLOCK_ROWS = 1 << 14  # decoded together: they fit the processor's cache
MIN_ROWS = 16  # fewer rows are read by protobuf sooner than a layout is learned
_MAX_FAILURES = 4  # rows of a block that may fail to teach a layout
_MAX_LAYOUTS = 32  # remembered for each size


class Layouts:
    """Layouts that were learned; files of one writer share them.

    Attributes:
        by_size: of a payload; the latest come first.
    """

    def __init__(self) -> None:
        self.by_size: defaultdict[int, list[Fields]] = defaultdict(list)


class Decoder:
    """Read the scalars of one file and remember its tags.

    Args:
        layouts: from earlier files; new ones are added.

    Attributes:
        tags: the file's tags.
    """

    def __init__(self, layouts: Layouts) -> None:
        self.tags = Tags()
        self._layouts = layouts.by_size

    def decode(self, data: ByteArray, frames: Frames) -> Decoded:
        """Decode a batch of records of a file's bytes."""
        decoded = Decoded()
        for size, records in _by_size(frames.sizes):
            # A row is a little wider than its record, so the file's last ones are left out.
            end = len(data) - width(size) if size <= MAX_SIZE else -1
            count = int(np.searchsorted(frames.starts[records], end, side="right"))
            decoded.other.append(records[count:])
            for start in range(0, count, BLOCK_ROWS):
                block = records[start : min(start + BLOCK_ROWS, count)]
                self._decode_block(decoded, gather(data, frames.starts[block], size), block, size)
        return decoded

    def _decode_block(
        self, decoded: Decoded, rows: StructArray, records: IntArray, size: int
    ) -> None:
        """Decode what the layouts fit that are known, then what new ones fit."""
        for fields in tuple(self._layouts[size]):
            if not len(rows):
                return
            rows, records = self._decode_fitting(decoded, fields, rows, records)
        for _ in range(_MAX_FAILURES):
            if len(rows) < MIN_ROWS or len(self._layouts[size]) == _MAX_LAYOUTS:
                break
            learned = _learn_from(rows[0], size)
            if learned is None:
                decoded.other.append(records[:1])
                rows, records = rows[1:], records[1:]
                continue
            self._layouts[size].insert(0, learned)
            rows, records = self._decode_fitting(decoded, learned, rows, records)
        decoded.other.append(records)

    def _decode_fitting(
        self, decoded: Decoded, fields: Fields, rows: StructArray, records: IntArray
    ) -> tuple[StructArray, IntArray]:
        """Decode the rows that a layout fits; return the others."""
        fits = fields.fits(rows)
        if fits.all():
            fields.decode(decoded, self.tags, rows, records)
            return rows[:0], records[:0]
        if fits.any():
            fields.decode(decoded, self.tags, rows[fits], records[fits])
        return rows[~fits], records[~fits]


def _by_size(sizes: IntArray) -> Iterator[tuple[int, IntArray]]:
    """Yield each size and the indices of the records that have it, ascending."""
    clipped = np.minimum(sizes, MAX_SIZE + 1).astype(np.uint16)  # 16 bits: numpy sorts by radix
    order = np.argsort(clipped, kind="stable")
    edges = np.flatnonzero(np.diff(clipped[order])) + 1
    for records in np.split(order, edges):
        if len(records):
            yield int(clipped[records[0]]), records


def _learn_from(row: np.void, size: int) -> Fields | None:
    """Return the layout of the record in a row, or None if it has none or is damaged."""
    content = row.tobytes()
    payload, checksum = content[:size], int.from_bytes(content[size : size + 4], "little")
    layout = learn(payload) if masked(payload) == checksum else None
    return None if layout is None else Fields(layout)
