"""The last and the best value of every series, for machine-readable outputs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reportgen.analysis.sessions import counted_rows
from reportgen.arrays import FloatArray, IntArray
from reportgen.series.history import is_sketched

_SIGNS = {"up": -1, "down": 1, "": 0}


@dataclass(frozen=True, slots=True)
class Ending:
    """The last and the best value of one series.

    Attributes:
        run, tag: the series.
        direction: the better one, "up" or "down", or "" (unknown).
        points: the number of values logged, finite or not.
        last, last_step: the last value, finite or not, and its step.
        best, best_step: the best finite value and its step; NaN and -1 if the direction is unknown.
    """

    run: str
    tag: str
    direction: str
    points: int
    last: float
    last_step: int
    best: float
    best_step: int


def endings(scalars: pd.DataFrame) -> tuple[Ending, ...]:
    """Return the last and the best value of each run and tag, in the order of the frame.

    Of a run with several sessions, its last whole one counts.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
    """
    if scalars.empty:
        return ()
    scalars = counted_rows(scalars)
    groups = scalars.groupby(["run", "tag"], sort=False, observed=True)
    series = np.asarray(groups.ngroup(), np.int64)
    last = _last_places(series)
    rows = scalars.iloc[last]
    points = rows["points"] if is_sketched(scalars) else np.bincount(series)
    values, steps = scalars["value"].to_numpy(), scalars["step"].to_numpy()
    best = _best_places(series, values, [_SIGNS[way] for way in rows["direction"]])
    return tuple(
        Ending(
            run=str(run),
            tag=str(tag),
            direction=str(direction),
            points=int(count),
            last=float(values[last_place]),
            last_step=int(steps[last_place]),
            best=float(values[best_place]) if best_place >= 0 else math.nan,
            best_step=int(steps[best_place]) if best_place >= 0 else -1,
        )
        for run, tag, direction, count, last_place, best_place in zip(
            rows["run"], rows["tag"], rows["direction"], points, last, best, strict=True
        )
    )


def _last_places(series: IntArray) -> IntArray:
    """Return the place of the last row of each series.

    Args:
        series: the number of each row's series, (n,).

    Returns:
        (s,), by number.
    """
    last = np.zeros(series.max() + 1, np.int64)
    last[series] = np.arange(len(series))  # of those of one series, the last is written last
    return last


def _best_places(series: IntArray, values: FloatArray, signs: Sequence[int]) -> IntArray:
    """Return the place of the best finite value of each series, the first of equal ones.

    Args:
        series: the number of each row's series, (n,).
        values: (n,).
        signs: by which values are losses, 0 where no direction is known, by number, (s,).

    Returns:
        (s,), by number; -1 where no value is finite or no direction is known.
    """
    best = np.full(series.max() + 1, -1, np.int64)
    row_signs = np.array(signs)[series]
    places = np.flatnonzero(np.isfinite(values) & (row_signs != 0))
    losses = row_signs[places] * values[places]
    lowest = pd.Series(losses).groupby(series[places]).idxmin()
    best[lowest.index] = places[lowest.to_numpy()]
    return best
