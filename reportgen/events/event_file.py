"""One event file into columns by kind, and a ledger of what was wrong in it."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from reportgen.columns import Damage, LogFile
from reportgen.errors import InputError
from reportgen.events.batch import Reader, Sink
from reportgen.events.scalar_records import Layouts
from reportgen.events.tfrecord import Frames, frames
from reportgen.selection import EVERY, Selection

_MANY = 1 << 15  # records that are worth a batch
_WIDE = 1 << 25  # bytes of the file after which a batch ends in any case


def read(
    path: Path,
    kinds: frozenset[str] | None = None,
    layouts: Layouts | None = None,
    tags: Selection = EVERY,
    sink: Sink | None = None,
) -> LogFile:
    """Reads a whole event file.

    Args:
        path: the file.
        kinds: of frame that are wanted; all where it is None. A large record that holds none of
            them is passed over, and its checksum is not checked.
        layouts: of scalars, as earlier files taught them; those of this one are added.
        tags: what is heavy and has another tag is not kept.
        sink: takes the scalars, batch by batch, which are not kept then; for files without end.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        source = _opened(path)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); check its permissions"
        ) from error
    data = np.frombuffer(source, np.uint8)
    damage: list[Damage] = []
    known = Layouts() if layouts is None else layouts
    reader = Reader(str(path), data, kinds, known, tags, sink)
    for batch in _batches(frames(data, damage)):
        reader.take(batch)
        _let_go(source, int(batch.starts[-1]))
    return LogFile(
        tags=reader.tags,
        scalars=reader.scalars,
        columns=dict(reader.records.columns),
        damage=sorted(damage + reader.records.damage, key=lambda spot: spot.offset),
        unknown=reader.records.unknown,
        starts=reader.records.starts,
        rows=reader.rows,
        events=reader.events,
        size=len(data),
    )


def _opened(path: Path) -> mmap.mmap | bytes:
    """The file's bytes, mapped where that can be done."""
    with path.open("rb") as file:
        try:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (ValueError, OSError):  # it is empty, or no plain file
            return file.read()


def _let_go(source: mmap.mmap | bytes, end: int) -> None:
    """Frees the memory of what was read; it is read again from the file if need be."""
    if isinstance(source, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        source.madvise(mmap.MADV_DONTNEED, 0, end // mmap.PAGESIZE * mmap.PAGESIZE)


def _batches(pieces: Iterable[Frames]) -> Iterator[Frames]:
    """Joins small pieces, so that what a batch costs by itself is shared by many records."""
    held: list[Frames] = []
    for piece in pieces:
        if not len(piece.starts):
            continue
        held.append(piece)
        wide = held[-1].starts[-1] - held[0].starts[0] >= _WIDE
        if wide or sum(len(part.starts) for part in held) >= _MANY:
            yield _joined(held)
            held = []
    if held:
        yield _joined(held)


def _joined(parts: list[Frames]) -> Frames:
    starts = np.concatenate([part.starts for part in parts])
    return Frames(starts, np.concatenate([part.sizes for part in parts]))
