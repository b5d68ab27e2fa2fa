"""Series: one line of a chart of curves: its drawn points, and facts about all its points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import pandas as pd

from reportgen.analysis.best import best_place
from reportgen.analysis.x_axis import Axis
from reportgen.arrays import FloatArray, IntArray
from reportgen.figures.canvas.style import RunStyle
from reportgen.series.history import history
from reportgen.series.smoothing import Smoothing

# Points of each line that are drawn, for up to so many lines: a line is 368 pixels long, and a
# chart of four runs with 1,000 points takes 12 KB.
_POINTS = ((2, 300), (24, 240), (10**9, 100))

FEW_POINTS = 30  # of a line, up to which each has a mark
SET_ROLES = frozenset(("schedule", "counter"))  # whose values are not measured
_HELD_OUT = ("validation", "test")


class Weight(Enum):
    """How strongly a line is drawn among those of its run."""

    PLAIN = "plain"  # its run's only split in the chart
    STRONG = "strong"  # validation
    MEDIUM = "medium"  # test
    LIGHT = "light"  # training beside validation


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its drawn points, and facts about all its points.

    Attributes:
        steps, x, raw, smoothed: (m,) finite points after decimation; x is where they stand.
        counts, means: (m,) how many finite values there are after the previous point, up to each
            point, and their mean; empty where the values are too large for a sum.
        points: how many points were logged.
        sample: (k,) evenly spaced finite values, about a thousand at most.
        not_positive: how many finite values are 0 or below.
        bad: how many values are NaN or infinite.
        non_finite, non_finite_x: steps and x of these, about a thousand at most.
        first, last: values.
        best, best_step, best_x: in the metric's direction, over all finite values; NaN, -1 and NaN
            without a direction.
        line: its name, where a run has several.
        tag: as it was logged.
        weight: how strongly it is drawn among the others of its run.
        window: over how many points "auto" has smoothed it; 0 where it has not.
        has_infinity: whether some of the values that are not finite are infinite.
    """

    group: str
    split: str
    style: RunStyle
    steps: IntArray
    x: FloatArray
    raw: FloatArray
    smoothed: FloatArray
    counts: IntArray
    means: FloatArray
    points: int
    sample: FloatArray
    not_positive: int
    bad: int
    non_finite: IntArray
    non_finite_x: FloatArray
    first: float
    last: float
    best: float
    best_step: int
    best_x: float
    line: str = ""
    tag: str = ""
    weight: Weight = Weight.PLAIN
    window: int = 0
    has_infinity: bool = False

    @property
    def name(self) -> str:
        """The name in a legend."""
        return ", ".join(filter(None, (self.group, self.line, self.split)))

    @property
    def dash(self) -> str:
        """Matplotlib's line style: the run's."""
        return self.style.dash

    @property
    def is_smoothed(self) -> bool:
        """Whether the smoothed line differs from the raw one."""
        return self.smoothed is not self.raw and not np.array_equal(self.smoothed, self.raw)

    @property
    def has_marks(self) -> bool:
        """Whether it has so few points that each is marked."""
        return self.weight is not Weight.LIGHT and self.points - self.bad <= FEW_POINTS


@dataclass(frozen=True, slots=True)
class StepCurves:
    """The curves of a chart, for outputs that draw them themselves.

    Attributes:
        series: in the order in which the chart draws them.
        axis: what the x axis shows.
        weight: of TensorBoard's smoothing, 0 without smoothing; None with any other method.
        best: index of the series with the best value; -1 where there is none.
        readable: how many series, from the first, tell their values where a reader points; None
            for all. Others are drawn only, such as the seeds behind the line of their group.
        key: what is drawn beside plain lines: name of a symbol and what it means.
    """

    series: tuple[Series, ...]
    axis: Axis
    weight: float | None
    best: int
    readable: int | None = None
    key: tuple[tuple[str, str], ...] = ()


def weights(splits: Sequence[str]) -> dict[str, Weight]:
    """Return how strongly the lines of each split are drawn in a chart of these splits."""
    if len(set(splits)) < 2 or not set(splits) & set(_HELD_OUT):
        return dict.fromkeys(splits, Weight.PLAIN)
    strong = "validation" if "validation" in splits else "test"
    by_split = {strong: Weight.STRONG, "test": Weight.MEDIUM} | {strong: Weight.STRONG}
    return {split: by_split.get(split, Weight.LIGHT) for split in splits}


def points_a_line(lines: int) -> int:
    """Return how many points of each line are drawn when there are so many lines."""
    return next(points for max_lines, points in _POINTS if lines <= max_lines)


def prepare(
    names: tuple[str, str],
    style: RunStyle,
    rows: pd.DataFrame,
    direction: str,
    smoothing: Smoothing,
    max_points: int,
    *,
    log_x: bool = False,
    weight: Weight = Weight.PLAIN,
) -> Series:
    """Return one line.

    Args:
        names: run group and split.
        style: of the run group.
        rows: its scalars, at least one; with `x` where that is not the step.
        direction: "down", "up" or "".
        smoothing: see `reportgen.series.smoothing`.
        max_points: how many points may be drawn.
        log_x: whether the x axis is logarithmic, so that early points need more room.
        weight: how strongly it is drawn; light lines are not smoothed by "auto".
    """
    past = history(rows)
    tag = str(rows["tag"].iloc[0])
    steps, values = past.steps, past.raw
    x = rows["x"].to_numpy() if "x" in rows else steps.astype(float)
    good = np.flatnonzero(past.finite)
    drawn, marks = past.drawn(max_points), past.marks()
    if log_x and len(good):
        early = np.geomspace(1, len(good), max_points).astype(np.int64) - 1
        drawn = np.union1d(drawn, good[early])
    counts, means = past.between(drawn)
    role = str(rows["role"].iloc[0]) if "role" in rows else ""
    if smoothing.method == "auto" and (weight is Weight.LIGHT or role in SET_ROLES):
        smoothing = Smoothing()
    smoothed, window = past.smooth(drawn, smoothing)
    best, best_step, best_x = float("nan"), -1, float("nan")
    place = best_place(values, direction)
    if place >= 0:
        best, best_step, best_x = float(values[place]), int(steps[place]), float(x[place])
    return Series(
        *names,
        style=style,
        steps=steps[drawn],
        x=x[drawn],
        raw=values[drawn],
        smoothed=smoothed,
        counts=counts,
        means=means,
        points=past.points,
        sample=values[past.sample()],
        not_positive=past.not_positive,
        bad=past.bad,
        non_finite=steps[marks],
        non_finite_x=x[marks],
        first=float(values[0]),
        last=float(values[-1]),
        best=best,
        best_step=best_step,
        best_x=best_x,
        tag=tag,
        weight=weight,
        window=window,
        has_infinity=bool(np.isinf(values[marks]).any()),
    )
