"""Sketches of every series of a run, gathered from its files as they are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.columns import LogFile
from reportgen.series.buckets import POINT, no_points
from reportgen.series.sketch import COUNTS, Sketch
from reportgen.series.smoothing import Smoothing
from reportgen.series.streamed_smoothing import Smoother

_MANY = 1 << 20  # scalars that are sorted by series at once
_COLUMNS = ("step", "wall_time", "value")

Part = dict[str, NDArray[Any]]


class Sketches:
    """One run's: a series goes on from file to file."""

    def __init__(self, smoothing: Smoothing) -> None:
        """Starts a run, whose series are smoothed so."""
        self._smoothing = smoothing
        self._codes: dict[str, int] = {}
        self._sketches: list[Sketch] = []
        self._waiting: list[Part] = []
        self._rows = self._settled = 0
        self._ends: list[int] = []

    def take(self, part: Part, tags: Sequence[str]) -> None:
        """Takes the next scalars of a file.

        Args:
            part: columns: code, step, wall_time, value.
            tags: by code.
        """
        table = np.array([self._code(tag) for tag in tags], np.int32)
        self._waiting.append(part | {"code": table[part["code"]]})
        self._rows += len(part["code"])
        if self._rows - self._settled >= _MANY:
            self._settle()

    def end_file(self) -> None:
        """Notes that the next scalars are of another file."""
        self._ends.append(self._rows)

    def hand_out(self, files: Sequence[LogFile]) -> None:
        """Gives the files the rows that stay as their scalars, with the columns of a sketch.

        Args:
            files: those that were read, in the same order.
        """
        self._settle()
        columns = self._kept()
        order = np.argsort(columns["row"], kind="stable")
        row = columns.pop("row")[order]
        edges = np.searchsorted(row, [0, *self._ends])
        for file, start, end in zip(files, edges[:-1], edges[1:], strict=True):
            rows = order[start:end]
            held = {name: [column[rows]] for name, column in columns.items()}
            places = {tag: place for place, tag in enumerate(file.tags)}
            table = np.array([places.get(tag, -1) for tag in self._codes], np.int32)
            file.scalars = held | {"code": [table[held["code"][0]]]}

    def _code(self, tag: str) -> int:
        code = self._codes.setdefault(tag, len(self._codes))
        if code == len(self._sketches):
            self._sketches.append(Sketch(Smoother(self._smoothing)))
        return code

    def _settle(self) -> None:
        """Puts what waits into the sketches: a radix sort brings each series together."""
        if not self._waiting:
            return
        codes, *columns = (
            np.concatenate([part.pop(name) for part in self._waiting])
            for name in ("code", *_COLUMNS)
        )
        self._waiting = []
        small = codes.astype(np.uint16) if len(self._codes) < 1 << 16 else codes
        order = np.argsort(small, kind="stable")
        ends = np.bincount(codes, minlength=len(self._codes)).cumsum()
        starts = np.concatenate([[0], ends[:-1]])
        for code in np.flatnonzero(ends > starts):
            own = order[starts[code] : ends[code]]
            self._sketches[code].add(self._settled + own, *(column[own] for column in columns))
        self._settled = self._rows

    def _kept(self) -> Part:
        """The rows that stay of all series, column by column, series by series."""
        kept = [sketch.kept() for sketch in self._sketches if sketch.points]
        sizes = list(map(len, kept))
        codes = [code for code, sketch in enumerate(self._sketches) if sketch.points]
        columns: Part = {"code": np.repeat(np.array(codes, np.int32), sizes)}
        rows = np.concatenate([no_points(), *kept])
        columns |= {name: rows[name].copy() for name in POINT.names or ()}
        for name in COUNTS:
            told = [getattr(self._sketches[code], name) for code in codes]
            small = np.min_scalar_type(max(told, default=0))  # it stands in every row
            columns[name] = np.repeat(np.array(told, small), sizes)
        return columns
