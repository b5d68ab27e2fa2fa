"""How long runs worked: from their first record to their last, without pauses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from reportgen.analysis.sessions import counted_rows, session_counts
from reportgen.analysis.summary import RunSummary, Summary
from reportgen.analysis.x_axis import active_seconds
from reportgen.arrays import FloatArray, IntArray
from reportgen.series.history import is_sketched

Intervals = list[tuple[float, float]]
_MINUTE = 60.0  # no shorter gap is a pause, see `active_seconds`


def with_run_times(ranking: Summary, scalars: pd.DataFrame) -> Summary:
    """Return the summary with steps, working times, pauses and sessions of the counted sessions.

    Args:
        ranking: of all run groups.
        scalars: annotated, of all sessions.
    """
    counts = session_counts(scalars)
    counted = counted_rows(scalars)
    rows_of_group = counted.groupby("group", sort=False, observed=True).indices
    no_rows = np.empty(0, np.int64)
    times = _Times(counted)

    def timed(run: RunSummary) -> RunSummary:
        rows = np.asarray(rows_of_group.get(run.group, no_rows))
        names = counted["run"].iloc[rows].unique() if counts else ()
        sessions = max((counts.get(str(name), 1) for name in names), default=1)
        return _with_times(run, times, rows, sessions)

    others = tuple(replace(other, runs=tuple(map(timed, other.runs))) for other in ranking.others)
    return replace(ranking, runs=tuple(map(timed, ranking.runs)), others=others)


def working_time(scalars: pd.DataFrame) -> tuple[float, float]:
    """Return the seconds in which at least one run worked, and the seconds of pauses.

    Time between runs is neither. Both are NaN if some rows have no wall time, or only some rows of
    a large log were read.

    Args:
        scalars: rows of the scalars frame.
    """
    times = _Times(scalars)
    if not times.are_known(slice(None)):
        return float("nan"), float("nan")
    keys = ["run", "session"] if session_counts(scalars) else ["run"]
    intervals: Intervals = []
    paused = 0.0
    for rows in scalars.groupby(keys, sort=False, observed=True).indices.values():
        run_intervals, run_paused = times.intervals(np.asarray(rows))
        intervals += run_intervals
        paused += run_paused
    return _covered(intervals), paused


class _Times:
    """The wall times of a scalars frame."""

    def __init__(self, scalars: pd.DataFrame) -> None:
        self._scalars = scalars
        self.wall = scalars["wall_time"].to_numpy()
        self.steps = scalars["step"].to_numpy()
        self._is_sketched = is_sketched(scalars)

    def are_known(self, rows: IntArray | slice) -> bool:
        """Return whether all rows of the series are held, and have wall times."""
        wall = self.wall[rows]
        is_complete = len(wall) and np.isfinite(wall).all() and (wall > 0).all()
        return bool(is_complete) and not self._is_sketched

    def active(self, rows: IntArray) -> tuple[FloatArray, FloatArray]:
        """Return active seconds and pauses of a run, see `active_seconds`."""
        wall = self.wall[rows]
        if np.diff(np.sort(wall, kind="stable")).max(initial=0.0) <= _MINUTE:
            return wall - wall.min(), wall[:0]
        run, tag = (_codes(self._scalars[name].iloc[rows]) for name in ("run", "tag"))
        return active_seconds(wall, self.steps[rows], tag * (1 + run.max()) + run)

    def intervals(self, rows: IntArray) -> tuple[Intervals, float]:
        """Return the intervals between pauses of a run, and the seconds of its pauses."""
        wall = self.wall[rows]
        seconds, pauses = self.active(rows)
        if not len(pauses):
            return [(float(wall.min()), float(wall.max()))], 0.0
        order = np.argsort(wall, kind="stable")
        ordered = wall[order]
        at_pause = (np.diff(ordered) > 0) & (np.diff(seconds[order]) == 0)
        starts = np.concatenate([ordered[:1], ordered[1:][at_pause]])
        ends = np.concatenate([ordered[:-1][at_pause], ordered[-1:]])
        return list(zip(starts.tolist(), ends.tolist(), strict=True)), float(pauses.sum())


def _with_times(run: RunSummary, times: _Times, rows: IntArray, sessions: int) -> RunSummary:
    """Return the row of a run with what the scalars of its counted session say."""
    if sessions > 1:
        run = replace(run, sessions=sessions, last_step=int(times.steps[rows].max()))
    if not times.are_known(rows):
        return run
    wall = times.wall[rows]
    _, pauses = times.active(rows)
    whole = float(wall.max() - wall.min()) if sessions > 1 else run.seconds
    return replace(run, seconds=whole - float(pauses.sum()), pauses=tuple(pauses.tolist()))


def _covered(intervals: Intervals) -> float:
    """Return the length of the union of intervals."""
    covered, until = 0.0, -np.inf
    for start, end in sorted(intervals):
        covered += max(0.0, end - max(start, until))
        until = max(until, end)
    return covered


def _codes(column: pd.Series) -> IntArray:
    return column.astype("category").cat.codes.to_numpy().astype(np.int64)
