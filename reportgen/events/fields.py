"""A layout applied to rows: which of them it fits, and the scalars that they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.events.crc32c import Column, combined, mask, unmasked
from reportgen.events.record_layout import Layout, Value
from reportgen.events.rows import Rows, column, width
from reportgen.events.tags import Codes, Sized, Tags

Indices = NDArray[np.int64]

_U8, _F8, _CHECKSUM = np.dtype("<u8"), np.dtype("<f8"), np.dtype("<u4")
_PIECES: dict[int, np.dtype[Any]] = {1: np.dtype("u1"), 2: np.dtype("<u2")}


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


class Fields:
    """A layout made ready for columns of rows."""

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
        wide = width(self._size)
        bits, sample = (
            np.frombuffer(text.ljust(wide, b"\0"), _U8) for text in (layout.fixed, layout.sample)
        )
        self._words = [(8 * int(i), bits[i], sample[i]) for i in np.flatnonzero(bits)]

    def fits(self, rows: Rows) -> NDArray[np.bool_]:
        """Which rows agree with the layout in all fixed bits, (n,)."""
        wrong = np.zeros(len(rows), np.uint64)
        for offset, bits, sample in self._words:
            word = column(rows, offset, _U8) & bits
            word ^= sample
            wrong |= word
        right: NDArray[np.bool_] = wrong == 0
        return right

    def decode(self, found: Decoded, tags: Tags, rows: Rows, records: Indices) -> None:
        """Adds the scalars of rows that fit, but for those whose checksum is wrong."""
        values = self._layout.values
        sized = [tags.sized(value.tag[1]) for value in values]
        places = [one.find(rows, value.tag[0]) for one, value in zip(sized, values, strict=True)]
        text = _all([place >= 0 for place in places])
        if not text.all():
            found.other.append(records[~text])
            rows, records, places = _only(text, rows, records, places)
        good = self._good(rows, sized, places) if len(rows) else text[text]
        if not good.all():
            found.damaged.append(records[~good])
            rows, records, places = _only(good, rows, records, places)
        if len(rows):
            codes = [one.codes[place] for one, place in zip(sized, places, strict=True)]
            found.chunks.extend(self._chunks(rows, records, codes))

    def _good(self, rows: Rows, sized: list[Sized], places: list[Codes]) -> NDArray[np.bool_]:
        """Whether the rows' checksums are right."""
        crc = combined(self._start, self._columns(rows), len(rows))
        for one, value, place in zip(sized, self._layout.values, places, strict=True):
            crc ^= one.crc(self._size - sum(value.tag))[place]
        good: NDArray[np.bool_] = mask(crc) == column(rows, self._size, _CHECKSUM)
        return good

    def _columns(self, rows: Rows) -> Iterator[Column]:
        for offset, size in self._pieces:
            yield column(rows, offset, _PIECES[size]), self._size - offset - size

    def _chunks(self, rows: Rows, records: Indices, codes: list[Codes]) -> Iterator[Chunk]:
        step, wall_time = self._step(rows), self._wall_time(rows)
        of_each = zip(self._layout.values, self._dtypes, codes, strict=True)
        for position, (value, dtype, code) in enumerate(of_each):
            with np.errstate(invalid="ignore"):  # a NaN that signals is a NaN
                number = column(rows, value.number, dtype).astype(np.float64)
            yield Chunk(records, position, value, code, step, wall_time, number)

    def _step(self, rows: Rows) -> NDArray[np.int64]:
        """The varints: seven bits a byte, the lowest first."""
        start, size = self._layout.step
        step = np.zeros(len(rows), np.uint64)
        for index in range(size):
            seven = (column(rows, start + index, _PIECES[1]) & np.uint8(0x7F)).astype(np.uint64)
            seven <<= np.uint64(7 * index)
            step |= seven
        return step.view(np.int64)

    def _wall_time(self, rows: Rows) -> NDArray[np.float64]:
        if self._layout.wall_time < 0:
            return np.zeros(len(rows))
        return column(rows, self._layout.wall_time, _F8).copy()


def _all(masks: list[NDArray[np.bool_]]) -> NDArray[np.bool_]:
    every = masks[0]
    for one in masks[1:]:
        every &= one
    return every


def _only(
    kept: NDArray[np.bool_], rows: Rows, records: Indices, places: list[Codes]
) -> tuple[Rows, Indices, list[Codes]]:
    return rows[kept], records[kept], [place[kept] for place in places]


def _pieces(start: int, size: int) -> list[tuple[int, int]]:
    """Offsets and sizes of the pairs of bytes, and a single last one, that make up a span."""
    return [(start + at, min(2, size - at)) for at in range(0, size, 2)]
