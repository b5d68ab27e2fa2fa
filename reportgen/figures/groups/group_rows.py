"""Group rows: the empty figure of a chart with a row a group or pair, and its x axis."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reportgen.arrays import FloatArray
from reportgen.figures.canvas.fitted_names import narrow
from reportgen.figures.canvas.placing import text_width
from reportgen.figures.canvas.style import GRID, INK, PIXELS_PER_INCH, new_figure
from reportgen.figures.canvas.ticks import plain

POINT = 72 / PIXELS_PER_INCH  # points in a pixel
TEXT = 11.0  # pixels
MAX_ROWS = 20
_ROW, _BOTTOM, _TOP, _RIGHT = 32.0, 44.0, 12.0, 20.0  # pixels
_MAX_NAMES = 0.42  # of the width
# Lengths of the values' own range or of a usual interval, by which intervals may extend the axis.
_MAX_STRETCH = 2.0


def new_rows(names: Sequence[str], width: int) -> tuple[Figure, Axes]:
    """Return a figure with a row for each name, the first at y = 0, the next at -1 and so on."""
    height = _BOTTOM + _TOP + _ROW * max(1, len(names))
    figure, axes = new_figure(width, round(height))
    letters = _MAX_NAMES * width / (0.62 * TEXT)
    shown = [narrow(name, letters) for name in names]
    left = 16 + max((text_width(name, TEXT) for name in shown), default=0.0)
    left = min(left, _MAX_NAMES * width)
    axes.set_position(
        (
            left / width,
            _BOTTOM / height,
            (width - left - _RIGHT) / width,
            (height - _BOTTOM - _TOP) / height,
        )
    )
    plain(axes.xaxis, 5)
    axes.set_ylim(-len(names) + 0.4, 0.6)
    axes.set_yticks(-np.arange(len(names)), shown, fontsize=TEXT * POINT, color=INK)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x", color=GRID)
    axes.spines["left"].set_visible(False)
    return figure, axes


def row_limits(values: FloatArray, edges: FloatArray) -> tuple[float, float]:
    """Return limits of the x axis that show all values, and intervals as far as they are short.

    An interval of two seeds can be a dozen times as long as the values differ; it runs over the
    edge of the axis then.

    Args:
        values: finite, at least one.
        edges: (n, 2) ends of intervals; NaN where there is none.
    """
    low, high = float(values.min()), float(values.max())
    finite = edges[np.isfinite(edges).all(axis=1)]
    if len(finite):
        widths = np.sort(finite[:, 1] - finite[:, 0])
        reach = _MAX_STRETCH * max(high - low, float(widths[(len(widths) - 1) // 2]))
        low = min(low, max(float(finite.min()), low - reach))
        high = max(high, min(float(finite.max()), high + reach))
    margin = 0.05 * (high - low) or 0.05 * abs(high) or 0.5
    return low - margin, high + margin
