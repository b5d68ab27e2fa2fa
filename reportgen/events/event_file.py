"""Read one event file into columns by kind, and a list of what was wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from reportgen.budget import FLOOR, Budget
from reportgen.columns import Damage, LogFile
from reportgen.events.batch import Reader, Sink
from reportgen.events.file_bytes import FileBytes
from reportgen.events.scalar_records import Decoder, Layouts
from reportgen.events.tfrecord import Frames, frames
from reportgen.selection import EVERY, Selection

BATCH_RECORDS = 1 << 15  # enough to make the cost of a batch itself small
BATCH_BYTES = 1 << 25  # of the file, after which a batch ends in any case


def read(
    path: Path,
    kinds: frozenset[str] | None = None,
    layouts: Layouts | None = None,
    tags: Selection = EVERY,
    sink: Sink | None = None,
    floor: int = FLOOR,
) -> LogFile:
    """Read a whole event file.

    Args:
        path: the file.
        kinds: of frame that are wanted; None for all. A large record that holds none of them is
            skipped, and its checksum is not checked.
        layouts: of scalars, learned from earlier files; those of this file are added.
        tags: heavy values (images, histograms, ...) of other tags are not kept.
        sink: takes the scalars batch by batch, so that they are not kept; for very large files.
        floor: of the memory that its values may take, in bytes; see `reportgen.budget`.

    Returns:
        Only damage if the file cannot be read.
    """
    damage: list[Damage] = []
    layouts = Layouts() if layouts is None else layouts
    try:
        with FileBytes(path) as source:
            decoder = Decoder(layouts)
            view, budget = source.data.data, Budget(len(source.data), floor)
            reader = Reader(str(path), view, kinds, decoder.tags, tags, budget, sink)
            for batch in batches(frames(source.data, damage, source.load)):
                reader.read(batch, decoder.decode(source.data, batch))
                source.release(int(batch.starts[-1]))
            if source.has_shrunk:
                damage.append(Damage(-1, "shrunk", 0, len(source.data) - source.size))
    except OSError as error:
        return LogFile(damage=[Damage(-1, "unreadable", 1, 0, error.strerror or str(error))])
    return content(reader, damage, source.size)


def content(reader: Reader, damage: list[Damage], size: int) -> LogFile:
    """Return what was read of a file.

    Args:
        reader: has read all batches of the file.
        damage: in the framing of the file.
        size: of the file, in bytes.
    """
    return LogFile(
        tags=reader.tags,
        scalars=reader.scalars,
        columns=dict(reader.records.columns),
        damage=sorted(damage + reader.records.damage, key=lambda spot: spot.offset),
        unknown=reader.records.unknown,
        starts=reader.records.starts,
        rows=reader.rows,
        events=reader.events,
        size=size,
    )


def batches(pieces: Iterable[Frames]) -> Iterator[Frames]:
    """Join small pieces into batches, so that many records share the cost of a batch."""
    waiting: list[Frames] = []
    for piece in pieces:
        if not len(piece.starts):
            continue
        waiting.append(piece)
        size = waiting[-1].starts[-1] - waiting[0].starts[0]
        count = sum(len(frames.starts) for frames in waiting)
        if size >= BATCH_BYTES or count >= BATCH_RECORDS:
            yield _join(waiting)
            waiting = []
    if waiting:
        yield _join(waiting)


def _join(pieces: list[Frames]) -> Frames:
    starts = np.concatenate([piece.starts for piece in pieces])
    return Frames(starts, np.concatenate([piece.sizes for piece in pieces]))
