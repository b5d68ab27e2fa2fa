"""Logs that are read again and again while they grow: what was read stays, only new bytes are read.

The files of a run are read in order of time, and each may go on; layouts of records are learned
once. Where a file was replaced or cut, it is read from its start; a sketch of its run, which holds
the rows of all its files, is begun again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.budget import floor_of_each
from reportgen.cache.identity import Identity, identity
from reportgen.columns import LogFile, copied
from reportgen.errors import InputError
from reportgen.events import event_file
from reportgen.events.growing_file import GrowingFile, ReplacedError
from reportgen.events.scalar_records import Layouts
from reportgen.frames.logged_run import LoggedRun
from reportgen.runs import Run
from reportgen.selection import Selection
from reportgen.series.sketches import Sketches
from reportgen.series.smoothing import Smoothing
from reportgen.tables import registry


@dataclass(slots=True)
class _SketchedRun:
    """The sketches of a run, and its files in the order in which these have their rows."""

    sketches: Sketches
    files: dict[Path, GrowingFile] = field(default_factory=dict)


class GrowingLogs:
    """What was read of logs so far.

    Attributes:
        finished: whether nothing more is expected, so that a record that is cut is damage.
    """

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.finished = False
        self._layouts = Layouts()
        self._files: dict[Path, GrowingFile] = {}
        self._tables: dict[Path, tuple[Identity | None, LogFile]] = {}
        self._sketched: dict[str, _SketchedRun] = {}
        self._last: list[GrowingFile] = []

    @property
    def has_unfinished_record(self) -> bool:
        """Whether a file ended within a record when it was read last."""
        return any(file.has_unfinished_record for file in self._last)

    @property
    def rows(self) -> int:
        """How many scalars of event files the last reading returned."""
        return sum(file.rows for file in self._last)

    def read_whole(
        self, runs: Sequence[Run], kinds: frozenset[str] | None, tags: Selection
    ) -> list[LoggedRun]:
        """Return all runs with every scalar.

        Args:
            runs: what to read.
            kinds: see `reportgen.events.event_file.read`; the same each time.
            tags: likewise.
        """
        floor = floor_of_each(sum(len(run.files) for run in runs))
        logged = [
            LoggedRun(run, [(path, self._read(path, kinds, tags, floor)) for path in run.files])
            for run in runs
        ]
        paths = [path for run in runs for path in run.files]
        self._last = [self._files[path] for path in paths if path in self._files]
        return logged

    def read_sketched(
        self,
        runs: Sequence[Run],
        kinds: frozenset[str] | None,
        tags: Selection,
        smoothing: Smoothing,
    ) -> list[LoggedRun]:
        """Return all runs with sketches of their scalars, see `reportgen.frames.sketched_reading`.

        Args:
            runs: what to read.
            kinds: see `reportgen.events.event_file.read`; the same each time.
            tags: likewise.
            smoothing: of the series; the same each time.
        """
        floor = floor_of_each(sum(len(run.files) for run in runs))
        logged = []
        for run in runs:
            try:
                sketched = self._sketch_on(run, kinds, tags, smoothing, floor)
            except ReplacedError:
                self._sketched[run.name] = _SketchedRun(Sketches(smoothing))
                try:
                    sketched = self._sketch_on(run, kinds, tags, smoothing, floor)
                except ReplacedError as error:
                    raise InputError(
                        f"{run.files[-1]}: was replaced while it was read, or cannot be read"
                    ) from error
            contents = [file.content(finished=self.finished) for file in sketched.files.values()]
            sketched.sketches.hand_out(contents)
            logged.append(LoggedRun(run, list(zip(run.files, contents, strict=True))))
        self._last = [file for run in runs for file in self._sketched[run.name].files.values()]
        return logged

    def _read(
        self, path: Path, kinds: frozenset[str] | None, tags: Selection, floor: int
    ) -> LogFile:
        """Return the content of a file, of which only what is new is read."""
        if registry.may_be(path):
            return self._table(path, kinds, floor)
        try:
            file = self._files.get(path) or GrowingFile(
                path, kinds, self._layouts, tags, floor=floor
            )
            file.read_on()
        except ReplacedError:
            file = GrowingFile(path, kinds, self._layouts, tags, floor=floor)
            try:
                file.read_on()
            except ReplacedError:  # it is being replaced, or cannot be read, which is told
                self._files.pop(path, None)
                return event_file.read(path, kinds, self._layouts, tags, floor=floor)
        self._files[path] = file
        return file.content(finished=self.finished)

    def _table(self, path: Path, kinds: frozenset[str] | None, floor: int) -> LogFile:
        """Return the content of a table, which is read again where it has changed."""
        now = identity(path)
        known, content = self._tables.get(path, (None, LogFile()))
        if now is None or now != known:
            content = registry.read(path, kinds, floor)
            self._tables[path] = (now, content)
        return copied(content)

    def _sketch_on(
        self,
        run: Run,
        kinds: frozenset[str] | None,
        tags: Selection,
        smoothing: Smoothing,
        floor: int,
    ) -> _SketchedRun:
        """Add what is new of a run to its sketches.

        Raises:
            ReplacedError: its sketches must begin anew, as another file than its last one changed.
        """
        sketched = self._sketched.setdefault(run.name, _SketchedRun(Sketches(smoothing)))
        known = list(sketched.files)
        if known != list(run.files[: len(known)]):
            raise ReplacedError
        for path, file in sketched.files.items():
            if path != known[-1] and file.has_changed():
                raise ReplacedError
        sketches = sketched.sketches
        if known:
            sketches.reopen_file()
            sketched.files[known[-1]].read_on()
            sketches.end_file()
        for path in run.files[len(known) :]:
            file = GrowingFile(path, kinds, self._layouts, tags, sketches.add, floor)
            sketched.files[path] = file
            file.read_on()
            sketches.end_file()
        return sketched
