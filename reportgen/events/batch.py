"""Batches of records: most decoded at once, the others one by one, all in the order as logged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.events.fields import Chunk, Decoded
from reportgen.events.record import Records, Scalar
from reportgen.events.scalar_records import Decoder, Layouts
from reportgen.events.tfrecord import Frames
from reportgen.selection import Selection

_DTYPES = {"code": np.int32, "step": np.int64, "wall_time": np.float64, "value": np.float64}

# Takes the scalars of a batch: columns as in LogFile, and the tags by code.
Sink = Callable[[dict[str, NDArray[Any]], list[str]], None]


class Reader:
    """Reads one file's batches, in order.

    Attributes:
        records: what was read one by one, and what was wrong.
        scalars: arrays by column, in parts; see LogFile. Empty where a sink took them.
        rows: how many scalars were read.
        events: how many records were read.
    """

    def __init__(
        self,
        path: str,
        data: NDArray[np.uint8],
        kinds: frozenset[str] | None,
        layouts: Layouts,
        tags: Selection,
        sink: Sink | None = None,
    ) -> None:
        self.records = Records(path, data.data, kinds, tags)
        self.scalars: dict[str, list[NDArray[Any]]] = {name: [] for name in _DTYPES}
        self._decoder = Decoder(layouts)
        self._data = data
        self._scalars_wanted = kinds is None or "scalars" in kinds
        self._many = 0
        self._sink = sink
        self.rows = 0

    @property
    def tags(self) -> list[str]:
        """Tags of the scalars."""
        return self._decoder.tags.names

    @property
    def events(self) -> int:
        """How many records were read."""
        return self._many + self.records.events

    def take(self, batch: Frames) -> None:
        """Reads a batch of records."""
        decoded = self._decoder.decode(self._data, batch)
        for index in np.concatenate([*decoded.damaged, np.empty(0, np.int64)]).tolist():
            self.records.spoilt(int(batch.starts[index]), int(batch.sizes[index]))
        single = list(self.records.parse(_places(batch, decoded.other)))
        touched = {tag for record in single for tag in self.records.notice(record)}
        chunks, demoted = self._plain(decoded, touched, len(batch.starts))
        if len(demoted):
            late = self.records.parse_late(_places(batch, [demoted]))
            single = sorted([*single, *late], key=lambda one: one.index)
        self._many += sum(len(chunk.records) for chunk in chunks if not chunk.position)
        rows = [(record.index, self.records.keep(record)) for record in single]
        self._name(chunks)
        if self._scalars_wanted:
            self._join(chunks, rows, len(batch.starts))
        else:  # the tags alone, by which it is known whose part a run is
            for tag in {tag for _, scalars in rows for tag, *_ in scalars}:
                self._decoder.tags.code(tag)

    def _plain(
        self, decoded: Decoded, touched: set[str], count: int
    ) -> tuple[list[Chunk], NDArray[np.int64]]:
        """Parts the chunks from records that must be read in turn with the single ones.

        A tag's plugin decides what a value is, and any record may name it. So a record is not
        read ahead of the others where its tag has ever had another plugin than scalars, nor where
        it names the plugin itself and single records of the batch have its tag.
        """
        odd, named = self._flags(self.records.odd), self._flags(self.records.odd | touched)
        late = np.zeros(count, np.bool_)
        for chunk in decoded.chunks:
            flags = named if chunk.value.named else odd
            if flags.any():
                late[chunk.records[flags[chunk.codes]]] = True
        if not late.any():
            return decoded.chunks, np.empty(0, np.int64)
        return [_without(chunk, late) for chunk in decoded.chunks], np.flatnonzero(late)

    def _flags(self, names: set[str]) -> NDArray[np.bool_]:
        """By code, whether a tag is one of these, (tags,)."""
        return np.array([tag in names for tag in self.tags], np.bool_)

    def _name(self, chunks: list[Chunk]) -> None:
        named = np.zeros(len(self.tags), np.bool_)
        for chunk in chunks:
            if chunk.value.named:
                named[chunk.codes] = True
        self.records.name_scalars(self.tags[code] for code in np.flatnonzero(named))

    def _join(self, chunks: list[Chunk], rows: list[tuple[int, list[Scalar]]], count: int) -> None:
        """Puts the scalars of a batch in the order in which they were logged."""
        each = np.zeros(count, np.int64)
        for chunk in chunks:
            each[chunk.records] += 1
        for index, scalars in rows:
            each[index] = len(scalars)
        first = np.cumsum(each) - each
        new = {name: np.empty(first[-1] + each[-1], dtype) for name, dtype in _DTYPES.items()}
        for start in self.records.starts:
            if "scalars" not in start.rows:
                start.rows["scalars"] = self.rows + int(first[start.index])
        for chunk in chunks:
            at = first[chunk.records] + chunk.position
            new["code"][at], new["step"][at] = chunk.codes, chunk.step
            new["wall_time"][at], new["value"][at] = chunk.wall_time, chunk.number
        at = np.flatnonzero(np.repeat(_marks(rows, count), each))
        for name, cells in self._columns(chain.from_iterable(found for _, found in rows)).items():
            new[name][at] = cells
        self.rows += len(new["code"])
        if self._sink is not None:
            self._sink(new, self.tags)
            return
        for name, part in new.items():
            self.scalars[name].append(part)

    def _columns(self, scalars: Any) -> dict[str, list[Any]]:  # noqa: ANN401
        columns: dict[str, list[Any]] = {name: [] for name in _DTYPES}
        for tag, *cells in scalars:
            row = (self._decoder.tags.code(tag), *cells)
            for column, cell in zip(columns.values(), row, strict=True):
                column.append(cell)
        return columns


def _places(batch: Frames, indices: list[NDArray[np.int64]]) -> Iterator[tuple[int, int, int]]:
    """Index, start and size of the records at these indices, in order."""
    order = np.sort(np.concatenate([*indices, np.empty(0, np.int64)]))
    starts, sizes = batch.starts[order].tolist(), batch.sizes[order].tolist()
    return zip(order.tolist(), starts, sizes, strict=True)


def _marks(rows: list[tuple[int, list[Scalar]]], count: int) -> NDArray[np.bool_]:
    """Which records of a batch were read one by one, (count,)."""
    marks = np.zeros(count, np.bool_)
    marks[[index for index, _ in rows]] = True
    return marks


def _without(chunk: Chunk, late: NDArray[np.bool_]) -> Chunk:
    """A chunk but for some records of the batch."""
    kept = ~late[chunk.records]
    return Chunk(
        chunk.records[kept],
        chunk.position,
        chunk.value,
        chunk.codes[kept],
        chunk.step[kept],
        chunk.wall_time[kept],
        chunk.number[kept],
    )
