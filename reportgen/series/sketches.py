"""Sketches of all series of a run, gathered while its files are read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reportgen.arrays import CodeArray
from reportgen.columns import LogFile, Part
from reportgen.series.buckets import POINT, no_points
from reportgen.series.sketch import COUNTS, Sketch
from reportgen.series.smoothing import Smoothing
from reportgen.series.streamed_smoothing import Smoother

_SORTED_ROWS = 1 << 20  # scalars that are sorted by series at once
_COLUMNS = ("step", "wall_time", "value")


class Sketches:
    """The sketches of one run, whose series continue from file to file."""

    def __init__(self, smoothing: Smoothing) -> None:
        """Start a run.

        Args:
            smoothing: of its series, see `reportgen.series.smoothing`.
        """
        self._smoothing = smoothing
        self._codes: dict[str, int] = {}
        self._sketches: list[Sketch] = []
        self._waiting: list[Part] = []
        self._rows = self._settled = 0
        self._ends: list[int] = []

    def add(self, columns: Part, tags: Sequence[str]) -> None:
        """Add the next scalars of a file.

        Args:
            columns: code, step, wall_time, value.
            tags: by code.
        """
        by_code = np.array([self._code(tag) for tag in tags], np.int32)
        self._waiting.append(columns | {"code": by_code[columns["code"]]})
        self._rows += len(columns["code"])
        if self._rows - self._settled >= _SORTED_ROWS:
            self._settle()

    def end_file(self) -> None:
        """Note that the next scalars are from another file."""
        self._ends.append(self._rows)

    def reopen_file(self) -> None:
        """Note that the next scalars are from the last file after all."""
        self._ends.pop()

    def hand_out(self, files: Sequence[LogFile]) -> None:
        """Set the scalars of files to the rows of the sketches, with the columns of a sketch.

        Args:
            files: those that were read, in the same order.
        """
        self._settle()
        columns = self._columns()
        order = np.argsort(columns["row"], kind="stable")
        row = columns.pop("row")[order]
        edges = np.searchsorted(row, [0, *self._ends])
        for file, start, end in zip(files, edges[:-1], edges[1:], strict=True):
            rows = order[start:end]
            scalars = {name: [column[rows]] for name, column in columns.items()}
            places = {tag: place for place, tag in enumerate(file.tags)}
            file_codes: CodeArray = np.array([places.get(tag, -1) for tag in self._codes], np.int32)
            file.scalars = scalars | {"code": [file_codes[scalars["code"][0]]]}

    def _code(self, tag: str) -> int:
        code = self._codes.setdefault(tag, len(self._codes))
        if code == len(self._sketches):
            self._sketches.append(Sketch(Smoother(self._smoothing)))
        return code

    def _settle(self) -> None:
        """Put waiting scalars into the sketches: a radix sort groups them by series."""
        if not self._waiting:
            return
        codes, *columns = (
            np.concatenate([batch.pop(name) for batch in self._waiting])
            for name in ("code", *_COLUMNS)
        )
        self._waiting = []
        small = codes.astype(np.uint16) if len(self._codes) < 1 << 16 else codes
        order = np.argsort(small, kind="stable")
        ends = np.bincount(codes, minlength=len(self._codes)).cumsum()
        starts = np.concatenate([[0], ends[:-1]])
        for code in np.flatnonzero(ends > starts):
            rows = order[starts[code] : ends[code]]
            self._sketches[code].add(self._settled + rows, *(column[rows] for column in columns))
        self._settled = self._rows

    def _columns(self) -> Part:
        """Return the rows of all sketches as columns, series by series."""
        sketched = [sketch.rows() for sketch in self._sketches if sketch.points]
        sizes = list(map(len, sketched))
        codes = [code for code, sketch in enumerate(self._sketches) if sketch.points]
        columns: Part = {"code": np.repeat(np.array(codes, np.int32), sizes)}
        rows = np.concatenate([no_points(), *sketched])
        columns |= {name: rows[name].copy() for name in POINT.names or ()}
        for name in COUNTS:
            counts = [getattr(self._sketches[code], name) for code in codes]
            dtype = np.min_scalar_type(max(counts, default=0))  # small, as it is in every row
            columns[name] = np.repeat(np.array(counts, dtype), sizes)
        return columns
