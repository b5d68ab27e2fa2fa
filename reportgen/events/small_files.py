"""Read many small event files together, so that they share the cost of framing and decoding.

A file of a few hundred records takes less time to decode than the numpy calls that decode it take
to start. So the bytes of many files are laid one after the other, framed with cursors that start
in all of them at once, and decoded as one batch, whose columns are then cut at the files' ends.
A file whose records do not follow each other without a gap is framed alone, and a file that
names another plugin than scalars is put together alone, as in `reportgen.events.event_file`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from reportgen.arrays import AnyArray, BoolArray, ByteArray, IntArray
from reportgen.budget import FLOOR, Budget
from reportgen.columns import Damage, LogFile
from reportgen.events import chains, event_file
from reportgen.events.batch import Reader, in_log_order
from reportgen.events.chains import HEADER
from reportgen.events.fields import Chunk, Decoded
from reportgen.events.record import Record
from reportgen.events.rows import width
from reportgen.events.scalar_records import MAX_SIZE, Decoder, Layouts
from reportgen.events.tags import Tags
from reportgen.events.tfrecord import Frames, frames
from reportgen.selection import EVERY, Selection

MAX_FILE_SIZE = 1 << 20  # bytes; a larger file fills a batch of its own
MAX_GROUP_BYTES = 1 << 22  # of the files read together, so that they fit the processor's cache
# Files read together; bounds the table of which file uses which tag.
MAX_GROUP_FILES = 256
_PADDING = width(MAX_SIZE)  # bytes behind the last file: a row is a little wider than its record


def groups(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Yield the paths in order, small event files in groups that `read` takes, others alone."""
    group: list[Path] = []
    left = MAX_GROUP_BYTES
    for path in paths:
        try:
            size = path.stat().st_size
        except OSError:  # told when the file is read
            size = MAX_FILE_SIZE
        if group and (size >= MAX_FILE_SIZE or size > left or len(group) == MAX_GROUP_FILES):
            yield group
            group, left = [], MAX_GROUP_BYTES
        if size >= MAX_FILE_SIZE:
            yield [path]
        else:
            group.append(path)
            left -= size
    if group:
        yield group


def read(
    paths: Sequence[Path],
    kinds: frozenset[str] | None = None,
    layouts: Layouts | None = None,
    tags: Selection = EVERY,
    floor: int = FLOOR,
) -> list[LogFile]:
    """Return the contents of several files, the same as `event_file.read` returns of each.

    Args:
        paths: the files; together they must fit into memory.
        kinds: see `event_file.read`.
        layouts: see `event_file.read`.
        tags: see `event_file.read`.
        floor: of each file, see `event_file.read`.
    """
    layouts = Layouts() if layouts is None else layouts
    group = _load(paths) if len(paths) > 1 else None
    if group is None:
        return [event_file.read(path, kinds, layouts, tags, floor=floor) for path in paths]
    decoder = Decoder(layouts)
    batch = _framed(group)
    splitter = _Splitter(group, batch, decoder.decode(group.data, batch), decoder.tags.names)
    return [splitter.content(index, kinds, tags, floor) for index in range(len(paths))]


@dataclass(frozen=True, slots=True)
class _Group:
    """The bytes of several files, one after the other.

    Attributes:
        paths: of the files.
        data: their bytes and some zeros, (size,) uint8.
        bounds: where each file starts, and where the last one ends, (files + 1,) int64.
        damage: of each file, in its framing.
    """

    paths: Sequence[Path]
    data: ByteArray
    bounds: IntArray
    damage: list[list[Damage]] = field(default_factory=list)


def _load(paths: Sequence[Path]) -> _Group | None:
    """Return the bytes of the files, or None if one of them has shrunk or cannot be read."""
    contents: list[bytes] = []
    for path in paths:
        try:
            with path.open("rb", buffering=0) as file:
                size = os.fstat(file.fileno()).st_size
                content = file.read(size) if size else b""
        except OSError:  # told when the file is read alone
            return None
        if len(content or b"") < size:
            return None
        contents.append(content)
    bounds = np.zeros(len(paths) + 1, np.int64)
    np.cumsum([len(content) for content in contents], out=bounds[1:])
    data = np.frombuffer(b"".join([*contents, bytes(_PADDING)]), np.uint8)
    return _Group(paths, data, bounds, [[] for _ in paths])


def _framed(group: _Group) -> Frames:
    """Return the whole records of all files, in order; note what is damaged in `group.damage`."""
    heads, sizes, unframed = chains.walk_files(group.data, group.bounds)
    if not len(unframed):
        return Frames(heads + HEADER, sizes)
    starts, all_sizes = [heads + HEADER], [sizes]
    for index in unframed.tolist():
        start, end = group.bounds[index : index + 2].tolist()
        for piece in frames(group.data[start:end], group.damage[index]):
            starts.append(piece.starts + start)
            all_sizes.append(piece.sizes)
    joined = np.concatenate(starts)
    order = np.argsort(joined, kind="stable")
    return Frames(joined[order], np.concatenate(all_sizes)[order])


class _Splitter:
    """Cuts a decoded batch into the contents of its files.

    Args:
        group: the files.
        batch: their records.
        decoded: of the batch.
        names: of the tags, by their codes.
    """

    def __init__(self, group: _Group, batch: Frames, decoded: Decoded, names: list[str]) -> None:
        self._group, self._batch, self._chunks, self._names = group, batch, decoded.chunks, names
        self._others, self._damaged = _sorted(decoded.other), _sorted(decoded.damaged)
        per_record = np.zeros(len(batch.starts), np.int64)
        self._columns, first = in_log_order(decoded.chunks, per_record)
        # For each file, its first record, row, and record in a chunk; and the end, (files + 1,).
        self._records = np.searchsorted(batch.starts, group.bounds)
        self._rows = np.append(first, len(self._columns["code"]))[self._records]
        self._bulk_events = _cumulated(per_record > 0)[self._records]
        self._uses_tag = self._tag_table()
        # By file and code, the code among the tags of the file, (files, tags).
        self._file_codes = np.cumsum(self._uses_tag, axis=1, dtype=np.int32) - np.int32(1)

    def content(
        self, index: int, kinds: frozenset[str] | None, tags: Selection, floor: int
    ) -> LogFile:
        """Return the content of a file of the group."""
        start, end = self._group.bounds[index : index + 2].tolist()
        first, last = self._records[index : index + 2].tolist()
        tag_codes = Tags()
        for code in np.flatnonzero(self._uses_tag[index]).tolist():
            tag_codes.code(self._names[code])
        path, view = str(self._group.paths[index]), self._group.data[start:end].data
        reader = Reader(path, view, kinds, tag_codes, tags, Budget(len(view), floor))
        batch = Frames(self._batch.starts[first:last] - start, self._batch.sizes[first:last])
        others = _between(self._others, first, last)
        single = reader.parse(batch, Decoded([], [_between(self._damaged, first, last)], [others]))
        if all(_is_without_value(record) for record in single):
            events = self._bulk_events[index : index + 2].tolist()
            reader.append(self._scalars(index), events[1] - events[0], single)
        else:
            reader.merge(batch, self._chunks_of(index), single)
        return event_file.content(reader, self._group.damage[index], end - start)

    def _scalars(self, index: int) -> dict[str, AnyArray]:
        """Return the scalars of a file, in log order."""
        start, end = self._rows[index : index + 2].tolist()
        columns = {name: column[start:end] for name, column in self._columns.items()}
        return columns | {"code": self._file_codes[index][columns["code"]]}

    def _chunks_of(self, index: int) -> list[Chunk]:
        """Return what the chunks hold of a file, with indices and codes of the file."""
        first, last = self._records[index : index + 2].tolist()
        chunks = []
        for chunk in self._chunks:
            start, end = np.searchsorted(chunk.records, (first, last)).tolist()
            if start < end:
                chunks.append(
                    Chunk(
                        chunk.records[start:end] - first,
                        chunk.position,
                        chunk.value,
                        self._file_codes[index][chunk.codes[start:end]],
                        chunk.step[start:end],
                        chunk.wall_time[start:end],
                        chunk.number[start:end],
                    )
                )
        return chunks

    def _tag_table(self) -> BoolArray:
        """Return which file has rows of which tag, (files, tags)."""
        table = np.zeros((len(self._group.paths), len(self._names)), np.bool_)
        table[np.repeat(np.arange(len(table)), np.diff(self._rows)), self._columns["code"]] = True
        return table


def _sorted(indices: list[IntArray]) -> IntArray:
    return np.sort(np.concatenate([*indices, np.empty(0, np.int64)]))


def _between(indices: IntArray, first: int, last: int) -> IntArray:
    """Return the indices of a file's records, counted from its first one."""
    start, end = np.searchsorted(indices, (first, last)).tolist()
    return indices[start:end] - first


def _cumulated(counts: AnyArray) -> IntArray:
    """Return the sum of all counts before each one, and of all of them, (n + 1,)."""
    return np.concatenate([[0], np.cumsum(counts)])


def _is_without_value(record: Record) -> bool:
    """Return whether a record neither holds a value nor marks the start of a session."""
    return not record.event.summary.value and not record.event.session_log.status
