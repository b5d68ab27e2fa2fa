"""Series: one line of a chart of curves, what is drawn of it and what is known of all of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reportgen.analysis.best import best_place
from reportgen.analysis.x_axis import Axis
from reportgen.figures.canvas.style import SPLIT_DASHES, RunStyle
from reportgen.series.history import history

# How many points of each line are drawn, up to how many lines: a line is 368 pixels long, and four
# runs of 1,000 points fit 12 KB.
_POINTS = ((2, 300), (24, 240), (10**9, 100))

Floats = NDArray[np.float64]
Steps = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Series:
    """One line: what is drawn of it, and what is known of all of it.

    Attributes:
        steps, x, raw, smoothed: (m,) finite points after decimation; x is where they stand.
        counts, means: how many finite values come after the point before, up to each point, and
            their mean, (m,); empty where these are too large for a sum.
        points: how many were logged.
        sample: finite values at even distances, about a thousand at most, (k,).
        not_positive: how many finite values are 0 or below.
        bad: how many are NaN or infinite.
        non_finite, non_finite_x: steps and places of these, about a thousand at most.
        best, best_step: in the metric's direction over all finite values; NaN, -1 without.
    """

    group: str
    split: str
    style: RunStyle
    steps: Steps
    x: Floats
    raw: Floats
    smoothed: Floats
    counts: Steps
    means: Floats
    points: int
    sample: Floats
    not_positive: int
    bad: int
    non_finite: Steps
    non_finite_x: Floats
    first: float
    last: float
    best: float
    best_step: int
    best_x: float
    line: str = ""  # its name among several of one run

    @property
    def name(self) -> str:
        """As a legend names it."""
        return ", ".join(filter(None, (self.group, self.line, self.split)))

    @property
    def dash(self) -> str:
        """Matplotlib's line style: the split's where it is not training, else the run's."""
        return SPLIT_DASHES[self.split] if self.split not in ("", "train") else self.style.dash


@dataclass(frozen=True, slots=True)
class StepCurves:
    """The curves of a chart, for outputs that draw them themselves.

    Attributes:
        series: in the order in which the chart draws them.
        axis: what the x axis shows.
        weight: of TensorBoard's smoothing, 0 without smoothing; None with any other method.
        best: index of the series with the best value; -1 where there is none.
    """

    series: tuple[Series, ...]
    axis: Axis
    weight: float | None
    best: int


def points_a_line(lines: int) -> int:
    """How many points of each line are drawn where there are so many lines."""
    return next(points for most, points in _POINTS if lines <= most)


def prepare(
    names: tuple[str, str],
    style: RunStyle,
    rows: pd.DataFrame,
    direction: str,
    smoothing: str,
    most: int,
    *,
    log_x: bool = False,
) -> Series:
    """One line.

    Args:
        names: run group and split.
        style: of the run group.
        rows: its scalars, at least one; with `x` where that is not the step.
        direction: "down", "up" or "".
        smoothing: see `reportgen.series.transforms.parse_smoothing`.
        most: how many points may be drawn.
        log_x: whether the first points lie farther apart than the last.
    """
    known = history(rows)
    steps, values = known.steps, known.raw
    x = rows["x"].to_numpy() if "x" in rows else steps.astype(float)
    good = np.flatnonzero(known.finite)
    kept, marks = known.drawn(most), known.marks()
    if log_x and len(good):
        early = np.geomspace(1, len(good), most).astype(np.int64) - 1
        kept = np.union1d(kept, good[early])
    counts, means = known.between(kept)
    best, best_step, best_x = float("nan"), -1, float("nan")
    place = best_place(values, direction)
    if place >= 0:
        best, best_step, best_x = float(values[place]), int(steps[place]), float(x[place])
    return Series(
        *names,
        style=style,
        steps=steps[kept],
        x=x[kept],
        raw=values[kept],
        smoothed=known.smooth(smoothing)[kept],
        counts=counts,
        means=means,
        points=known.points,
        sample=values[known.sample()],
        not_positive=known.not_positive,
        bad=known.bad,
        non_finite=steps[marks],
        non_finite_x=x[marks],
        first=float(values[0]),
        last=float(values[-1]),
        best=best,
        best_step=best_step,
        best_x=best_x,
    )
