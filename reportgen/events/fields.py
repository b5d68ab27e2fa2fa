"""A layout applied to rows: which of them it fits, and the scalars that they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from reportgen.arrays import BoolArray, CodeArray, FloatArray, IntArray, StructArray
from reportgen.events.crc32c import Column, combined, mask, unmasked
from reportgen.events.record_layout import Layout, Value
from reportgen.events.rows import column, width
from reportgen.events.tags import Tags, TagsOfSize

_U8, _F8, _CHECKSUM = np.dtype("<u8"), np.dtype("<f8"), np.dtype("<u4")
_PIECES: dict[int, np.dtype[Any]] = {1: np.dtype("u1"), 2: np.dtype("<u2")}


@dataclass(frozen=True, slots=True)
class Chunk:
    """One scalar from each of several records.

    Attributes:
        records: their indices in the batch, (n,) int64.
        position: of the scalar among those of its record.
        value: how it is written.
        codes: of its tag, (n,) int32.
        step: (n,) int64.
        wall_time: (n,) float64.
        number: (n,) float64.
    """

    records: IntArray
    position: int
    value: Value
    codes: CodeArray
    step: IntArray
    wall_time: FloatArray
    number: FloatArray


@dataclass(frozen=True, slots=True)
class Decoded:
    """The content of a batch of records.

    Attributes:
        chunks: the scalars of the records that were understood.
        damaged: indices of records whose checksum is wrong.
        other: indices of records that protobuf is to read, after a look at their checksums.
    """

    chunks: list[Chunk] = field(default_factory=list)
    damaged: list[IntArray] = field(default_factory=list)
    other: list[IntArray] = field(default_factory=list)


class Fields:
    """A layout prepared for columns of rows."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._size = len(layout.fixed)
        self._dtypes: list[np.dtype[Any]] = [np.dtype(value.dtype) for value in layout.values]
        spans = [layout.step] + [(value.number, int(value.dtype[-1])) for value in layout.values]
        spans += [(layout.wall_time, 8)] if layout.wall_time >= 0 else []
        self._pieces = [piece for start, size in spans for piece in _pieces(start, size)]
        blank = bytearray(layout.sample)
        blank[layout.step[0] : sum(layout.step)] = bytes(layout.step[1])
        self._start = unmasked(bytes(blank))
        row_width = width(self._size)
        bits, sample = (
            np.frombuffer(text.ljust(row_width, b"\0"), _U8)
            for text in (layout.fixed, layout.sample)
        )
        self._words = [(8 * int(i), bits[i], sample[i]) for i in np.flatnonzero(bits)]

    def fits(self, rows: StructArray) -> BoolArray:
        """Return which rows agree with the layout in all fixed bits, (n,)."""
        difference = np.zeros(len(rows), np.uint64)
        for offset, bits, sample in self._words:
            word = column(rows, offset, _U8) & bits
            word ^= sample
            difference |= word
        fits: BoolArray = difference == 0
        return fits

    def decode(self, decoded: Decoded, tags: Tags, rows: StructArray, records: IntArray) -> None:
        """Add the scalars of rows that fit, except for those whose checksum is wrong."""
        values = self._layout.values
        by_value = [tags.of_size(value.tag[1]) for value in values]
        places = [
            sized.find(rows, value.tag[0]) for sized, value in zip(by_value, values, strict=True)
        ]
        are_text = _all_of([place >= 0 for place in places])
        if not are_text.all():
            decoded.other.append(records[~are_text])
            rows, records, places = _filter(are_text, rows, records, places)
        valid = self._checksums_fit(rows, by_value, places) if len(rows) else are_text[are_text]
        if not valid.all():
            decoded.damaged.append(records[~valid])
            rows, records, places = _filter(valid, rows, records, places)
        if len(rows):
            codes = [sized.codes[place] for sized, place in zip(by_value, places, strict=True)]
            decoded.chunks.extend(self._chunks(rows, records, codes))

    def _checksums_fit(
        self, rows: StructArray, by_value: list[TagsOfSize], places: list[CodeArray]
    ) -> BoolArray:
        """Return which rows have the right checksum, (n,)."""
        crc = combined(self._start, self._varying_columns(rows), len(rows))
        for sized, value, place in zip(by_value, self._layout.values, places, strict=True):
            crc ^= sized.crc(self._size - sum(value.tag))[place]
        fits: BoolArray = mask(crc) == column(rows, self._size, _CHECKSUM)
        return fits

    def _varying_columns(self, rows: StructArray) -> Iterator[Column]:
        for offset, size in self._pieces:
            yield column(rows, offset, _PIECES[size]), self._size - offset - size

    def _chunks(
        self, rows: StructArray, records: IntArray, codes: list[CodeArray]
    ) -> Iterator[Chunk]:
        step, wall_time = self._step(rows), self._wall_time(rows)
        by_position = zip(self._layout.values, self._dtypes, codes, strict=True)
        for position, (value, dtype, code) in enumerate(by_position):
            with np.errstate(invalid="ignore"):  # a signalling NaN is a NaN
                number = column(rows, value.number, dtype).astype(np.float64)
            yield Chunk(records, position, value, code, step, wall_time, number)

    def _step(self, rows: StructArray) -> IntArray:
        """Decode the varints: seven bits a byte, the lowest first."""
        start, size = self._layout.step
        step = np.zeros(len(rows), np.uint64)
        for index in range(size):
            seven = (column(rows, start + index, _PIECES[1]) & np.uint8(0x7F)).astype(np.uint64)
            seven <<= np.uint64(7 * index)
            step |= seven
        return step.view(np.int64)

    def _wall_time(self, rows: StructArray) -> FloatArray:
        if self._layout.wall_time < 0:
            return np.zeros(len(rows))
        return column(rows, self._layout.wall_time, _F8).copy()


def _all_of(masks: list[BoolArray]) -> BoolArray:
    """Return where all masks are True; the first one is changed in place."""
    result = masks[0]
    for other in masks[1:]:
        result &= other
    return result


def _filter(
    keep: BoolArray, rows: StructArray, records: IntArray, places: list[CodeArray]
) -> tuple[StructArray, IntArray, list[CodeArray]]:
    return rows[keep], records[keep], [place[keep] for place in places]


def _pieces(start: int, size: int) -> list[tuple[int, int]]:
    """Cut a span into offsets and sizes of pairs of bytes, and a single last byte."""
    return [(start + at, min(2, size - at)) for at in range(0, size, 2)]
