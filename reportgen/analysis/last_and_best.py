"""The last and the best value of every series, for machine-readable outputs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from reportgen.analysis.best import best_place
from reportgen.analysis.tag_names import metric
from reportgen.series.history import logged


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

    Args:
        scalars: the scalars frame.
    """
    groups = scalars.groupby(["run", "tag"], sort=False, observed=True)
    return tuple(_ending(str(run), str(tag), rows) for (run, tag), rows in groups)


def _ending(run: str, tag: str, rows: pd.DataFrame) -> Ending:
    values, steps = rows["value"].to_numpy(), rows["step"].to_numpy()
    direction = metric("", tag).direction
    index = best_place(values, direction)
    return Ending(
        run=run,
        tag=tag,
        direction=direction,
        points=logged(rows),
        last=float(values[-1]),
        last_step=int(steps[-1]),
        best=float(values[index]) if index >= 0 else math.nan,
        best_step=int(steps[index]) if index >= 0 else -1,
    )
