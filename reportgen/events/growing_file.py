"""An event file that is read again and again while a writer appends to it."""

from __future__ import annotations

from pathlib import Path

from reportgen.budget import FLOOR, Budget
from reportgen.cache.identity import Identity, identity
from reportgen.columns import Damage, LogFile, copied
from reportgen.events import event_file
from reportgen.events.batch import Reader, Sink
from reportgen.events.chains import FRAME, HEADER
from reportgen.events.file_bytes import FileBytes
from reportgen.events.scalar_records import Decoder, Layouts
from reportgen.events.tfrecord import frames
from reportgen.selection import EVERY, Selection

_TAIL = 1 << 12  # bytes before the end of what was read, which tell that it is the same file


class ReplacedError(Exception):
    """What was read of a file is not in it any more: it was replaced, cut, or cannot be read."""


class GrowingFile:
    """Reads of a file what was appended since it was read last.

    A record that the writer has not finished is no damage: it is read once it is whole.
    """

    def __init__(
        self,
        path: Path,
        kinds: frozenset[str] | None = None,
        layouts: Layouts | None = None,
        tags: Selection = EVERY,
        sink: Sink | None = None,
        floor: int = FLOOR,
    ) -> None:
        """Begin with nothing read; the arguments are those of `event_file.read`."""
        self._path = path
        self._decoder = Decoder(Layouts() if layouts is None else layouts)
        self._budget = Budget(0, floor)
        self._reader = Reader(
            str(path), memoryview(b""), kinds, self._decoder.tags, tags, self._budget, sink
        )
        self._damage: list[Damage] = []
        self._end = 0  # of the last whole record
        self._unfinished: list[Damage] = []
        self._tail = b""
        self._identity: Identity | None = None

    @property
    def has_unfinished_record(self) -> bool:
        """Whether the file ends within a record."""
        return bool(self._unfinished)

    @property
    def rows(self) -> int:
        """How many scalars were read."""
        return self._reader.rows

    def has_changed(self) -> bool:
        """Return whether the file is another than when it was read last."""
        return identity(self._path) != self._identity

    def read_on(self) -> bool:
        """Read what was appended; return whether the file has changed since the last time.

        Raises:
            ReplacedError: see there; a new reader must begin at the file's start.
        """
        now = identity(self._path)
        if now is None:
            raise ReplacedError
        if now == self._identity:
            return False
        before, self._identity = self._identity, now
        if before is not None and (now.inode != before.inode or now.size < self._end):
            raise ReplacedError
        try:
            self._append()
        except OSError as error:
            raise ReplacedError from error
        return True

    def content(self, *, finished: bool = False) -> LogFile:
        """Return what was read of the file so far, in lists of its own.

        Args:
            finished: whether nothing more is expected, so that a record that is cut is damage.
        """
        damage = [*self._damage, *(self._unfinished if finished else ())]
        size = self._identity.size if self._identity else 0
        return copied(event_file.content(self._reader, damage, size))

    def _append(self) -> None:
        """Read from the end of the last whole record to the end of the file."""
        start = max(0, self._end - _TAIL)
        damage: list[Damage] = []
        with FileBytes(self._path, start) as source:
            source.load(self._end)
            if source.size < self._end or bytes(source.data[start : self._end]) != self._tail:
                raise ReplacedError
            self._budget.grow(len(source.data))
            self._reader.records.look_at(source.data.data)
            pieces = frames(source.data, damage, source.load, self._end)
            for batch in event_file.batches(pieces):
                self._reader.read(batch, self._decoder.decode(source.data, batch))
                self._end = int(batch.starts[-1] + batch.sizes[-1]) + FRAME - HEADER
                if self._end - _TAIL > 0:
                    source.release(self._end - _TAIL)
            self._unfinished = [spot for spot in damage if spot.kind == "truncated"]
            whole = [spot for spot in damage if spot.kind != "truncated"]
            self._damage += whole
            self._end = max([self._end, *(spot.offset + spot.bytes for spot in whole)])
            self._tail = bytes(source.data[max(0, self._end - _TAIL) : self._end])
        self._reader.records.look_at(memoryview(b""))
