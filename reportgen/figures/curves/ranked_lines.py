"""Ranked lines: the value that a run is ranked by is the best of its line, in chart and table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from reportgen.figures.curves.curve_chart import CurveChart
from reportgen.figures.curves.series import Series


def with_ranked(
    chart: CurveChart, split: str, values: Mapping[str, tuple[int, float]], kind: str
) -> CurveChart:
    """Return the chart with the values that runs are ranked by as the best of their lines.

    Lines of other splits and of runs without a rank have no best value then.

    Args:
        chart: of a metric by which runs are ranked.
        split: whose lines are ranked.
        values: step and value of each run group.
        kind: which values these are, in words; "" for single ones.
    """
    if len({(line.group, line.split) for line in chart.series}) < len(chart.series):
        return chart  # several lines of a run share its value
    lines = (
        _with_best(line, *values.get(line.group, (-1, np.nan)))
        if line.split == split
        else _with_best(line, -1, np.nan)
        for line in chart.series
    )
    return replace(chart, series=tuple(lines), best_kind=kind)


def _with_best(line: Series, step: int, value: float) -> Series:
    """Return a line with another best value; step -1 for none."""
    if step < 0 or not len(line.steps):
        return replace(line, best=float("nan"), best_step=-1, best_x=float("nan"))
    order = np.argsort(line.steps, kind="stable")
    x = float(np.interp(step, line.steps[order], line.x[order]))
    return replace(line, best=value, best_step=step, best_x=x)
