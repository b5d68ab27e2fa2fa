"""Lines: the artists of one series in a chart of curves."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox, TransformedBbox

from reportgen.arrays import FloatArray, IntArray
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.pen import POINTS
from reportgen.figures.curves.series import Series, Weight

STRONG, PLAIN, LIGHT, THIN, SMALL = 2.2, 1.6, 0.9, 1.1, 1.2  # widths in pixels
LIGHT_OPACITY = 0.42
_WIDTHS = {Weight.STRONG: STRONG, Weight.MEDIUM: 1.5, Weight.PLAIN: PLAIN, Weight.LIGHT: LIGHT}
_ORDER = {Weight.LIGHT: 2.0, Weight.PLAIN: 2.2, Weight.MEDIUM: 2.3, Weight.STRONG: 2.4}
_GAP = 20.0  # times the usual distance of points, above which a line breaks
_USUAL_QUANTILE = 0.95  # of the distances
_MIN_DISTANCES = 10
_MARK = 3.6  # pixels across
_LONE = 6.0


def draw_line(axes: Axes, series: Series, index: int, *, raw: bool, width: float = 0.0) -> None:
    """Draw one series; its groups are named raw-1 and line-1 for the page's script.

    Args:
        axes: where.
        series: what.
        index: from 1.
        raw: whether a light raw line stands behind a smoothed one.
        width: in pixels; 0 for that of the series' weight.
    """
    color = series.style.color
    lone = len(series.steps) == 1
    seams = _seams(series.x, linear=axes.get_xscale() == "linear")
    x = np.insert(series.x, seams, np.nan)
    light = series.weight is Weight.LIGHT
    order = _ORDER[series.weight]
    look: dict[str, Any]
    if series.is_smoothed and raw and not light:
        behind = np.insert(series.raw, seams, np.nan)
        look = {"color": color, "alpha": LIGHT_OPACITY, "linewidth": LIGHT * POINTS}
        axes.plot(x, behind, zorder=2.0, gid=f"raw-{index}", **look)
    gid = Gid(f"line-{index}", series.group, ", ".join(filter(None, (series.line, series.split))))
    look = {"color": color, "linestyle": series.dash, "zorder": order, "gid": gid}
    look["linewidth"] = (width or _width(series)) * POINTS
    if light:
        look["alpha"] = LIGHT_OPACITY
    if lone or (series.has_marks and not width):
        look |= {"marker": "o", "markersize": (_LONE if lone else _MARK) * POINTS}
        look |= {"markeredgewidth": 0}
    (line,) = axes.plot(x, np.insert(series.smoothed, seams, np.nan), **look)
    _clip_wide(axes, line)


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


def _width(series: Series) -> float:
    """Return the width of a line: few points and smoothed lines are strong where they are alone."""
    plain = series.weight is Weight.PLAIN
    return STRONG if plain and (series.has_marks or series.is_smoothed) else _WIDTHS[series.weight]


def _clip_wide(axes: Axes, line: Any) -> None:  # noqa: ANN401
    """Clip a line a little outside the axes, so that its width is whole at their edges."""
    room = Bbox([[-0.01, -0.015], [1.01, 1.015]])
    line.set_clip_path(None)
    line.set_clip_box(TransformedBbox(room, axes.transAxes))
