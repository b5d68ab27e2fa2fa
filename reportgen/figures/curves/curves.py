"""Curves: one metric over steps or time, all runs and splits in one chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from reportgen.analysis.x_axis import Axis
from reportgen.arrays import FloatArray
from reportgen.figures.canvas.limits import failed, outside, robust
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.canvas.unique_prefix import unique_prefixes
from reportgen.figures.curves import looks
from reportgen.figures.curves.curve_chart import CurveChart
from reportgen.figures.curves.series import Series, Weight, points_a_line, weights
from reportgen.figures.curves.series import prepare as prepare_series
from reportgen.series.history import is_sketched
from reportgen.series.smoothing import Smoothing

_DECADES = 100.0  # highest over lowest value, from which on a scale is logarithmic


def prepare(
    title: str,
    scalars: pd.DataFrame,
    styles: Mapping[str, RunStyle],
    direction: str,
    smoothing: Smoothing,
    axis: Axis | None = None,
    *,
    log_y: bool = False,
    linear_y: bool = False,
) -> CurveChart:
    """Return a chart of one metric.

    Args:
        title: its heading.
        scalars: its rows, annotated (`reportgen.analysis.annotated`), with places on the x axis
            (`reportgen.analysis.x_axis`) where that is not the step, and with names of lines
            (`reportgen.analysis.chart_lines`) where a run has several.
        styles: by run group.
        direction: "down", "up" or "".
        smoothing: see `reportgen.series.smoothing`.
        axis: what the x axis shows; steps where None.
        log_y: whether the y axis is logarithmic wherever it can be; else where all values are
            positive, span two decades, and higher is not better.
        linear_y: whether the y axis is linear in any case, for schedules and counters.
    """
    by_session = ["session"] if "counted" in scalars else []
    by_series = scalars.groupby(["run", "tag", *by_session], sort=False, observed=True)
    groups = [
        (_common(rows, "group"), _common(rows, "split"), _common(rows, "line"), rows)
        for _, rows in by_series
    ]
    points = points_a_line(len(groups))
    by_split = weights([split if not line else "" for _, split, line, _ in groups])
    axis = axis or Axis()
    styled_as = looks.line_looks([(group, line) for group, _, line, _ in groups], styles)
    series = tuple(
        replace(
            prepare_series(
                (group, split),
                styled_as[group, line],
                rows,
                direction if _counts(rows) else "",
                smoothing,
                points,
                log_x=axis.log,
                weight=by_split[split if not line else ""],
            ),
            line=line,
        )
        for group, split, line, rows in groups
    )
    drawn = np.concatenate([np.empty(0), *(line.raw for line in series)])
    samples = [line.sample for line in series]
    if log_y:
        log_y = bool((drawn > 0).any())
    else:
        main = [line.raw for line in series if line.weight is not Weight.LIGHT]
        log_y = direction != "up" and _decades(main)
    log_y = log_y and not linear_y
    if log_y:
        drawn, samples = drawn[drawn > 0], [values[values > 0] for values in samples]
    limits = _limits(series, samples, drawn, direction, log=log_y)
    outliers = 0
    if limits is not None:
        values = scalars["value"].to_numpy()
        outliers = outside(values[np.isfinite(values) & ((values > 0) | (not log_y))], limits)
    elif log_y:
        limits = float(drawn.min()), float(drawn.max())
    return CurveChart(
        title,
        direction,
        smoothing,
        log_y,
        series,
        axis=axis,
        limits=limits,
        outliers=outliers,
        unscaled=sum(line.not_positive for line in series) if log_y else 0,
        sketched=is_sketched(scalars),
        short_names=unique_prefixes(styles),
    )


def _common(rows: pd.DataFrame, column: str) -> str:
    """Return the value that all rows of a series have in a column; "" without the column."""
    return str(rows[column].iloc[0]) if column in rows else ""


def _counts(rows: pd.DataFrame) -> bool:
    """Return whether the best value of a series is one of the run's, see `analysis.sessions`."""
    return "counted" not in rows or bool(rows["counted"].iloc[0])


def _limits(
    series: Sequence[Series],
    samples: Sequence[FloatArray],
    drawn: FloatArray,
    direction: str,
    *,
    log: bool,
) -> tuple[float, float] | None:
    """Return the limits of the y axis that failed runs and a few points do not set."""
    main = [index for index, line in enumerate(series) if line.weight is not Weight.LIGHT]
    worst = {series[main[at]].group for at in failed([samples[at] for at in main], direction)}
    if not worst:
        return robust(samples, drawn, log=log)
    others = [line.group not in worst for line in series]
    rest = [values for values, usable in zip(samples, others, strict=True) if usable]
    raw = [line.raw for line, usable in zip(series, others, strict=True) if usable]
    within = np.concatenate(raw)
    within = within[within > 0] if log else within
    low, high = robust(rest, within, log=log) or (float(within.min()), float(within.max()))
    if low == high:
        return robust(samples, drawn, log=log)
    return low, high


def _decades(lines: Sequence[FloatArray]) -> bool:
    """Return whether all values are positive and span two decades."""
    values = np.concatenate([np.empty(0), *lines])
    return bool(len(values) and values.min() > 0 and values.max() / _DECADES > values.min())
