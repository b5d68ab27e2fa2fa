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
    runs = []
    for run in ranking.runs:
        rows = counted.iloc[rows_of_group.get(run.group, no_rows)]
        names = rows["run"].unique() if counts else ()
        sessions = max((counts.get(str(name), 1) for name in names), default=1)
        runs.append(_with_times(run, rows, sessions))
    return replace(ranking, runs=tuple(runs))


def working_time(scalars: pd.DataFrame) -> tuple[float, float]:
    """Return the seconds in which at least one run worked, and the seconds of pauses.

    Time between runs is neither. Both are NaN if some rows have no wall time, or only some rows of
    a large log were read.

    Args:
        scalars: rows of the scalars frame.
    """
    if not _has_times(scalars):
        return float("nan"), float("nan")
    keys = ["run", "session"] if "session" in scalars else ["run"]
    wall, steps = scalars["wall_time"].to_numpy(), scalars["step"].to_numpy()
    tags = _codes(scalars["tag"])
    intervals: Intervals = []
    paused = 0.0
    for rows in scalars.groupby(keys, sort=False, observed=True).indices.values():
        run_intervals, pauses = _active_intervals(wall[rows], steps[rows], tags[rows])
        intervals += run_intervals
        paused += pauses
    return _covered(intervals), paused


def _with_times(run: RunSummary, rows: pd.DataFrame, sessions: int) -> RunSummary:
    """Return the row of a run with what the scalars of its counted session say."""
    last_step = int(rows["step"].max()) if sessions > 1 and len(rows) else run.last_step
    if not _has_times(rows):
        return replace(run, sessions=sessions, last_step=last_step)
    series = _codes(rows["tag"]) * (1 + _codes(rows["run"]).max()) + _codes(rows["run"])
    wall = rows["wall_time"].to_numpy()
    _, pauses = active_seconds(wall, rows["step"].to_numpy(), series)
    paused = float(pauses.sum())
    whole = float(wall.max() - wall.min()) if sessions > 1 else run.seconds
    return replace(
        run,
        sessions=sessions,
        last_step=last_step,
        seconds=whole - paused if len(pauses) else whole,
        pauses=tuple(pauses.tolist()),
    )


def _active_intervals(
    wall: FloatArray, steps: IntArray, series: IntArray
) -> tuple[Intervals, float]:
    """Return the intervals between pauses of a run, and the seconds of its pauses."""
    seconds, pauses = active_seconds(wall, steps, series)
    order = np.argsort(wall, kind="stable")
    ordered = wall[order]
    at_pause = (np.diff(ordered) > 0) & (np.diff(seconds[order]) == 0)
    starts = np.concatenate([ordered[:1], ordered[1:][at_pause]])
    ends = np.concatenate([ordered[:-1][at_pause], ordered[-1:]])
    return list(zip(starts.tolist(), ends.tolist(), strict=True)), float(pauses.sum())


def _covered(intervals: Intervals) -> float:
    """Return the length of the union of intervals."""
    covered, until = 0.0, -np.inf
    for start, end in sorted(intervals):
        covered += max(0.0, end - max(start, until))
        until = max(until, end)
    return covered


def _codes(column: pd.Series) -> IntArray:
    return column.astype("category").cat.codes.to_numpy().astype(np.int64)


def _has_times(rows: pd.DataFrame) -> bool:
    """Return whether all rows of the series are known, with their wall times."""
    wall = rows["wall_time"].to_numpy()
    known = len(wall) and np.isfinite(wall).all() and (wall > 0).all()
    return bool(known) and not is_sketched(rows)
