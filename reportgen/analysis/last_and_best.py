"""Endings: what every run reached in every tag, for readers that are machines."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from reportgen.analysis.best import best_place
from reportgen.analysis.tag_names import metric
from reportgen.series.history import logged


@dataclass(frozen=True, slots=True)
class Ending:
    """One series.

    Attributes:
        direction: "up", "down" (is better) or "" (not known).
        points: how many values were logged, finite or not.
        last, last_step: the last of them, finite or not.
        best, best_step: over finite values; NaN and -1 where no way is better.
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
    """One row a run and tag, in the order of the frame.

    Args:
        scalars: the scalars frame.
    """
    groups = scalars.groupby(["run", "tag"], sort=False, observed=True)
    return tuple(_ending(str(run), str(tag), rows) for (run, tag), rows in groups)


def _ending(run: str, tag: str, rows: pd.DataFrame) -> Ending:
    values, steps = rows["value"].to_numpy(), rows["step"].to_numpy()
    way = metric("", tag).direction
    place = best_place(values, way)
    best, best_step = (float(values[place]), int(steps[place])) if place >= 0 else (math.nan, -1)
    return Ending(run, tag, way, logged(rows), float(values[-1]), int(steps[-1]), best, best_step)
