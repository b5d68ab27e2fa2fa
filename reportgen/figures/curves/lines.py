"""Lines: the artists of one series in a chart of curves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from reportgen.arrays import FloatArray, IntArray
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.curves.series import Series

_MAX_MARKS = 100  # a line
_GAP = 20.0  # times the usual distance of points, above which a line breaks
_USUAL_QUANTILE = 0.95  # of the distances
_MIN_DISTANCES = 10


@dataclass(frozen=True, slots=True)
class Look:
    """How a series is drawn: whether smoothed, with a raw line behind, or thin among many."""

    smoothed: bool
    raw: bool
    thin: bool


def draw_line(axes: Axes, series: Series, index: int, look: Look) -> None:
    """Draw one series; its groups are named raw-1, line-1, bad-1, ... for the page's script."""
    color = series.style.color
    lone = "o" if len(series.steps) == 1 else ""
    seams = _seams(series.x, linear=axes.get_xscale() == "linear")
    x = np.insert(series.x, seams, np.nan)
    if look.smoothed and look.raw and not lone:
        raw = np.insert(series.raw, seams, np.nan)
        axes.plot(x, raw, color=color, alpha=0.3, linewidth=1, gid=f"raw-{index}")
    line = np.insert(series.smoothed if look.smoothed else series.raw, seams, np.nan)
    gid = Gid(f"line-{index}", series.group, ", ".join(filter(None, (series.line, series.split))))
    shape: dict[str, Any] = {"linestyle": series.dash, "marker": lone, "gid": gid}
    if look.thin:
        shape |= {"linewidth": 0.8, "alpha": 0.6}
    axes.plot(x, line, color=color, **shape)
    if len(series.non_finite):
        _along(axes, series.non_finite_x, 0.0, "x", series.style.color, f"bad-{index}")


def _seams(x: FloatArray, *, linear: bool) -> IntArray:
    """Return the indices of points that no line joins to the point before them.

    These follow a step back, or on a linear axis a gap that is far over the usual distance, unless
    that would leave a point without any line.
    """
    distances = np.diff(x)
    broken = distances < 0
    if linear and len(distances) >= _MIN_DISTANCES:
        usual = np.quantile(distances, _USUAL_QUANTILE, method="lower")
        gaps = distances > _GAP * usual if usual > 0 else np.zeros(len(distances), np.bool_)
        alone = np.concatenate([[True], broken | gaps]) & np.concatenate([broken | gaps, [True]])
        broken |= gaps & ~alone[:-1] & ~alone[1:]
    return np.flatnonzero(broken) + 1


def mark_outside(axes: Axes, series: Sequence[Series]) -> None:
    """Draw a triangle at the edge of the axes for each value outside."""
    bottom, top = axes.get_ylim()
    for index, line in enumerate(series, start=1):
        over, under = line.x[line.raw > top][:_MAX_MARKS], line.x[line.raw < bottom][:_MAX_MARKS]
        _along(axes, over, 1.0, "^", line.style.color, f"over-{index}")
        _along(axes, under, 0.0, "v", line.style.color, f"under-{index}")


def _along(axes: Axes, x: FloatArray, edge: float, marker: str, color: str, gid: str) -> None:
    """Draw markers at the lower (0) or upper (1) edge of the axes, whatever y spans."""
    if len(x):
        place = axes.get_xaxis_transform()
        marks = Line2D(x, np.full(len(x), edge), linestyle="", marker=marker, markersize=5)
        marks.set(color=color, transform=place, clip_on=False, gid=gid)
        axes.add_artist(marks)
