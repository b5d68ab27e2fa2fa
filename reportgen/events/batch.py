"""Batches of records: most are decoded at once, the others one by one, all kept in log order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import numpy as np

from reportgen.arrays import AnyArray, BoolArray, IntArray
from reportgen.budget import Budget
from reportgen.columns import SCALAR_DTYPES, Columns
from reportgen.events.fields import Chunk, Decoded
from reportgen.events.record import Record, Records, Scalar
from reportgen.events.tags import Tags
from reportgen.events.tfrecord import Frames
from reportgen.selection import Selection

# Takes the scalars of a batch: columns as in LogFile, and the tags by code.
Sink = Callable[[dict[str, AnyArray], list[str]], None]


class Reader:
    """Reads the batches of one file, in order.

    Attributes:
        records: what was read one by one, and what was wrong.
        scalars: arrays by column, in parts; see LogFile. Empty if a sink took them.
        rows: how many scalars were read.
        events: how many records were read.
    """

    def __init__(
        self,
        path: str,
        view: memoryview,
        kinds: frozenset[str] | None,
        tag_codes: Tags,
        tags: Selection,
        budget: Budget,
        sink: Sink | None = None,
    ) -> None:
        self.records = Records(path, view, kinds, tags, budget)
        self.scalars: dict[str, list[AnyArray]] = {name: [] for name in SCALAR_DTYPES}
        self._tags = tag_codes
        self._scalars_wanted = kinds is None or "scalars" in kinds
        self._bulk_events = 0
        self._sink = sink
        self.rows = 0

    @property
    def tags(self) -> list[str]:
        """Tags of the scalars."""
        return self._tags.names

    @property
    def events(self) -> int:
        """How many records were read."""
        return self._bulk_events + self.records.events

    def read(self, batch: Frames, decoded: Decoded) -> None:
        """Read a batch of records, most of which have been decoded with the tags' codes."""
        self.merge(batch, decoded.chunks, self.parse(batch, decoded))

    def parse(self, batch: Frames, decoded: Decoded) -> list[Record]:
        """Return the records of a batch that were not decoded; note those that are damaged."""
        for _, start, size in _places(batch, decoded.damaged):
            self.records.add_damage(start, size)
        return list(self.records.parse(_places(batch, decoded.other)))

    def merge(self, batch: Frames, all_chunks: list[Chunk], single: list[Record]) -> None:
        """Add a batch's decoded scalars and its records that were parsed one by one."""
        single_tags = {tag for record in single for tag in self.records.notice(record)}
        chunks, deferred = self._defer(all_chunks, single_tags, len(batch.starts))
        if len(deferred):
            deferred_records = self.records.parse_deferred(_places(batch, [deferred]))
            single = sorted([*single, *deferred_records], key=lambda record: record.index)
        self._bulk_events += sum(len(chunk.records) for chunk in chunks if not chunk.position)
        rows = [(record.index, self.records.keep(record)) for record in single]
        self._note_plugins(chunks)
        if self._scalars_wanted:
            self._merge(chunks, rows, len(batch.starts))
        else:  # only the tags, from which folding tells the run that another belongs to
            for tag in {tag for _, scalars in rows for tag, *_ in scalars}:
                self._tags.code(tag)

    def append(
        self, columns: dict[str, AnyArray], bulk_events: int, without_values: list[Record]
    ) -> None:
        """Add scalars that stand in log order already, and records that hold no value.

        Args:
            columns: as in `LogFile.scalars`.
            bulk_events: how many records the scalars come from.
            without_values: records that are neither a START nor hold a value.
        """
        for record in without_values:
            self.records.keep(record)
        self._bulk_events += bulk_events
        if self._scalars_wanted:
            self._add_part(columns)

    def _defer(
        self, chunks: list[Chunk], single_tags: set[str], count: int
    ) -> tuple[list[Chunk], IntArray]:
        """Take records out of the chunks that must be read in order with the single ones.

        The plugin of a tag decides what a value is, and any record may name it. So a record is
        deferred if its tag has ever had another plugin than scalars, or if it names the plugin
        itself and single records of the batch have its tag.
        """
        other_plugin = self._flags(self.records.other_plugin)
        ambiguous = self._flags(self.records.other_plugin | single_tags)
        deferred = np.zeros(count, np.bool_)
        for chunk in chunks:
            flags = ambiguous if chunk.value.named else other_plugin
            if flags.any():
                deferred[chunk.records[flags[chunk.codes]]] = True
        if not deferred.any():
            return chunks, np.empty(0, np.int64)
        return [_without(chunk, deferred) for chunk in chunks], np.flatnonzero(deferred)

    def _flags(self, names: set[str]) -> BoolArray:
        """Return by code whether a tag is among the names, (tags,)."""
        return np.array([tag in names for tag in self.tags], np.bool_)

    def _note_plugins(self, chunks: list[Chunk]) -> None:
        named = np.zeros(len(self.tags), np.bool_)
        for chunk in chunks:
            if chunk.value.named:
                named[chunk.codes] = True
        self.records.name_scalars(self.tags[code] for code in np.flatnonzero(named))

    def _merge(self, chunks: list[Chunk], rows: list[tuple[int, list[Scalar]]], count: int) -> None:
        """Put the scalars of a batch in the order in which they were logged."""
        per_record = np.zeros(count, np.int64)
        for index, scalars in rows:
            per_record[index] = len(scalars)
        merged, first = in_log_order(chunks, per_record)
        for start in self.records.starts:
            if "scalars" not in start.rows:
                start.rows["scalars"] = self.rows + int(first[start.index])
        at = np.flatnonzero(np.repeat(_are_single(rows, count), per_record))
        single = self._columns(chain.from_iterable(scalars for _, scalars in rows))
        for name, cells in single.items():
            merged[name][at] = cells
        self._add_part(merged)

    def _add_part(self, columns: dict[str, AnyArray]) -> None:
        self.rows += len(columns["code"])
        if self._sink is not None:
            self._sink(columns, self.tags)
            return
        for name, column in columns.items():
            self.scalars[name].append(column)

    def _columns(self, scalars: Iterable[Scalar]) -> Columns:
        columns: Columns = {name: [] for name in SCALAR_DTYPES}
        for tag, *cells in scalars:
            row = (self._tags.code(tag), *cells)
            for column, cell in zip(columns.values(), row, strict=True):
                column.append(cell)
        return columns


def in_log_order(chunks: list[Chunk], per_record: IntArray) -> tuple[dict[str, AnyArray], IntArray]:
    """Return the scalars of chunks in the order in which they were logged.

    Args:
        chunks: of one batch.
        per_record: how many scalars of each record are in no chunk, (records,); room is left for
            them. The scalars in chunks are added.

    Returns:
        Arrays by column of `SCALAR_DTYPES`, and where each record's first scalar is, (records,).
    """
    for chunk in chunks:
        per_record[chunk.records] += 1
    first = np.cumsum(per_record) - per_record
    columns = {name: np.empty(per_record.sum(), dtype) for name, dtype in SCALAR_DTYPES.items()}
    for chunk in chunks:
        at = first[chunk.records] + chunk.position
        columns["code"][at], columns["step"][at] = chunk.codes, chunk.step
        columns["wall_time"][at], columns["value"][at] = chunk.wall_time, chunk.number
    return columns, first


def _places(batch: Frames, indices: list[IntArray]) -> Iterator[tuple[int, int, int]]:
    """Return index, start and size of the records at these indices, in order."""
    order = np.sort(np.concatenate([*indices, np.empty(0, np.int64)]))
    starts, sizes = batch.starts[order].tolist(), batch.sizes[order].tolist()
    return zip(order.tolist(), starts, sizes, strict=True)


def _are_single(rows: list[tuple[int, list[Scalar]]], count: int) -> BoolArray:
    """Return which records of a batch were read one by one, (count,)."""
    single = np.zeros(count, np.bool_)
    single[[index for index, _ in rows]] = True
    return single


def _without(chunk: Chunk, deferred: BoolArray) -> Chunk:
    """Return a chunk without some records of the batch."""
    keep = ~deferred[chunk.records]
    return Chunk(
        chunk.records[keep],
        chunk.position,
        chunk.value,
        chunk.codes[keep],
        chunk.step[keep],
        chunk.wall_time[keep],
        chunk.number[keep],
    )
