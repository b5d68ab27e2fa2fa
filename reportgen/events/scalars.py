"""Scalars of many records at once.

Records of one size whose bytes agree with a layout's fixed ones are decoded together, field by
field; their checksums follow from the fields that differ. All others are left to protobuf.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reportgen.events.crc32c import Column, combined, mask, masked, unmasked
from reportgen.events.layout import Layout, Value, learn
from reportgen.events.rows import Rows, column, gather, width
from reportgen.events.tags import Codes, Tags
from reportgen.events.tfrecord import Frames

Indices = NDArray[np.int64]

_LARGEST = 512  # bytes; a larger record is none of scalars alone
_BLOCK = 1 << 14  # rows that are decoded together: they stay in the cache
_WORTH = 16  # fewer rows are as soon read by protobuf as a layout is learned
_TRIES = 4  # rows of a block that may fail to teach a layout
_LAYOUTS = 32  # of one size that are remembered


@dataclass(frozen=True, slots=True)
class Chunk:
    """One scalar of each of some records.

    Attributes:
        records: their indices in the batch, (n,) int64.
        position: of the scalar among those of its record.
        value: how it is written.
        codes: of its tag, (n,) int32.
        step: (n,) int64.
        wall_time: (n,) float64.
        number: (n,) float64.
    """

    records: Indices
    position: int
    value: Value
    codes: Codes
    step: NDArray[np.int64]
    wall_time: NDArray[np.float64]
    number: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a batch of records holds.

    Attributes:
        chunks: the scalars of the records that were understood.
        damaged: indices of records whose checksum is wrong.
        other: indices of records that are to be read otherwise, their checksums too.
    """

    chunks: list[Chunk] = field(default_factory=list)
    damaged: list[Indices] = field(default_factory=list)
    other: list[Indices] = field(default_factory=list)


class Layouts(defaultdict[int, "list[_Reader]"]):
    """Layouts that were learned, by the size of a payload; files of one writer share them."""

    def __init__(self) -> None:
        super().__init__(list)


class Decoder:
    """Reads the scalars of one file and remembers its tags.

    Args:
        layouts: those that are known; more are added.

    Attributes:
        tags: the file's tags.
    """

    def __init__(self, layouts: Layouts) -> None:
        self.tags = Tags()
        self._layouts = layouts

    def decode(self, data: NDArray[np.uint8], frames: Frames) -> Decoded:
        """Decodes a batch of records of a file's bytes."""
        found = Decoded()
        for size, records in _by_size(frames.sizes):
            held = frames.starts[records] + width(size) <= len(data)
            if size > _LARGEST or not held.all():
                found.other.append(records if size > _LARGEST else records[~held])
                records = records[:0] if size > _LARGEST else records[held]  # noqa: PLW2901
            for start in range(0, len(records), _BLOCK):
                block = records[start : start + _BLOCK]
                self._block(found, gather(data, frames.starts[block], size), block, size)
        return found

    def _block(self, found: Decoded, rows: Rows, records: Indices, size: int) -> None:
        """Takes from a block what each known layout fits, then what new ones do."""
        for reader in tuple(self._layouts[size]):
            rows, records = self._take(found, reader, rows, records)
        for _ in range(_TRIES):
            if len(rows) < _WORTH or len(self._layouts[size]) == _LAYOUTS:
                break
            reader_or_none = _learned(rows[0], size)
            if reader_or_none is None:
                found.other.append(records[:1])
                rows, records = rows[1:], records[1:]
                continue
            self._layouts[size].insert(0, reader_or_none)
            rows, records = self._take(found, reader_or_none, rows, records)
        found.other.append(records)

    def _take(
        self, found: Decoded, reader: _Reader, rows: Rows, records: Indices
    ) -> tuple[Rows, Indices]:
        """Decodes the rows that a layout fits; returns the others."""
        fits = reader.fits(rows)
        if fits.all():
            reader.decode(found, self.tags, rows, records)
            return rows[:0], records[:0]
        if fits.any():
            reader.decode(found, self.tags, rows[fits], records[fits])
        return rows[~fits], records[~fits]


def _by_size(sizes: NDArray[np.int64]) -> Iterator[tuple[int, Indices]]:
    """Each size and the indices of the records that have it, ascending."""
    short = np.minimum(sizes, _LARGEST + 1).astype(np.uint16)  # sorted by radix
    order = np.argsort(short, kind="stable")
    edges = np.flatnonzero(np.diff(short[order])) + 1
    for records in np.split(order, edges):
        if len(records):
            yield int(short[records[0]]), records


def _learned(row: np.void, size: int) -> _Reader | None:
    raw = row.tobytes()
    payload, checksum = raw[:size], int.from_bytes(raw[size : size + 4], "little")
    layout = learn(payload) if masked(payload) == checksum else None
    return None if layout is None else _Reader(layout)


class _Reader:
    """A layout made ready for columns of rows."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._size = len(layout.fixed)
        spans = [layout.step] + [(value.number, int(value.dtype[-1])) for value in layout.values]
        spans += [(layout.wall_time, 8)] if layout.wall_time >= 0 else []
        self._pieces = [piece for start, size in spans for piece in _pieces(start, size)]
        blank = bytearray(layout.sample)
        blank[layout.step[0] : sum(layout.step)] = bytes(layout.step[1])
        self._start = unmasked(bytes(blank))
        wide = width(self._size)
        bits, sample = (
            np.frombuffer(text.ljust(wide, b"\0"), "<u8") for text in (layout.fixed, layout.sample)
        )
        self._words = [(8 * int(i), bits[i], sample[i]) for i in np.flatnonzero(bits)]

    def fits(self, rows: Rows) -> NDArray[np.bool_]:
        """Which rows agree with the layout in all fixed bits, (n,)."""
        wrong = np.zeros(len(rows), np.uint64)
        for offset, bits, sample in self._words:
            word = column(rows, offset, "<u8") & bits
            word ^= sample
            wrong |= word
        right: NDArray[np.bool_] = wrong == 0
        return right

    def decode(self, found: Decoded, tags: Tags, rows: Rows, records: Indices) -> None:
        """Adds the scalars of rows that fit, but for those whose checksum is wrong."""
        sized = [tags.sized(value.tag[1]) for value in self._layout.values]
        places = [
            one.find(rows, value.tag[0])
            for one, value in zip(sized, self._layout.values, strict=True)
        ]
        text = np.logical_and.reduce([place >= 0 for place in places])
        if not text.all():
            found.other.append(records[~text])
            rows, records = rows[text], records[text]
            places = [place[text] for place in places]
        crc = combined(self._start, self._columns(rows), len(rows))
        for one, value, place in zip(sized, self._layout.values, places, strict=True):
            crc ^= one.crc(self._size - sum(value.tag))[place]
        good = mask(crc) == column(rows, self._size, "<u4")
        if not good.all():
            found.damaged.append(records[~good])
            rows, records = rows[good], records[good]
            places = [place[good] for place in places]
        codes = [one.codes[place] for one, place in zip(sized, places, strict=True)]
        found.chunks.extend(self._chunks(rows, records, codes))

    def _columns(self, rows: Rows) -> Iterator[Column]:
        for offset, size in self._pieces:
            yield column(rows, offset, f"<u{size}"), self._size - offset - size

    def _chunks(self, rows: Rows, records: Indices, codes: list[Codes]) -> Iterator[Chunk]:
        step = np.zeros(len(rows), np.uint64)
        for index in range(self._layout.step[1]):
            seven = column(rows, self._layout.step[0] + index, "u1") & np.uint8(0x7F)
            step |= seven.astype(np.uint64) << np.uint64(7 * index)
        timed = self._layout.wall_time >= 0
        wall_time = (
            column(rows, self._layout.wall_time, "<f8").copy() if timed else np.zeros(len(rows))
        )
        for position, (value, code) in enumerate(zip(self._layout.values, codes, strict=True)):
            with np.errstate(invalid="ignore"):  # a NaN that signals is a NaN
                number = column(rows, value.number, value.dtype).astype(np.float64)
            yield Chunk(records, position, value, code, step.view(np.int64), wall_time, number)


def _pieces(start: int, size: int) -> list[tuple[int, int]]:
    """Offsets and sizes of the pairs of bytes, and a single last one, that make up a span."""
    return [(start + at, min(2, size - at)) for at in range(0, size, 2)]
