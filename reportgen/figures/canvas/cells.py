"""Cells: rectangles of any size in shades of one colour, one path a shade.

A quad mesh would be one path a cell, and the page could not change its colours for the dark style;
it can with an opacity. Neighbouring cells of one row and shade are joined.
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from reportgen.arrays import FloatArray, IntArray
from reportgen.figures.canvas.style import INK

SHADES = 10
_CODES = (Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY)


def shades(values: FloatArray) -> IntArray:
    """Return the shade of each value: 0 (nothing) to `SHADES`, in proportion to the largest.

    Args:
        values: any shape, not negative; NaN and infinities count as nothing.
    """
    finite = np.where(np.isfinite(values), values, 0.0)
    highest = finite.max(initial=0.0)
    if highest <= 0:
        return np.zeros(values.shape, dtype=np.int64)
    levels = np.ceil(np.clip(finite / highest, 0, 1) * SHADES - 1e-9)
    return np.asarray(levels, dtype=np.int64)


def fill(axes: Axes, boxes: FloatArray, shade: IntArray, color: str) -> None:
    """Draw the boxes, one path a shade.

    Args:
        axes: where; its limits are left alone.
        boxes: (n, 4) left, right, bottom, top in data coordinates.
        shade: (n,) as `shades` gives them; 0 is not drawn.
        color: "#rrggbb".
    """
    for level in range(1, SHADES + 1):
        chosen = _joined(boxes[shade == level])
        if not len(chosen):
            continue
        # Not smoothed: the edges of neighbours would show as lines. Not `add_patch`, which would
        # look for limits in every box.
        paint = (color, level / SHADES)
        axes.add_artist(PathPatch(path(chosen), facecolor=paint, linewidth=0, antialiased=False))


def outline(axes: Axes, left: float, row: float, width: float, gid: str | None = None) -> None:
    """Frame cells of one row, which is 1 high, in data coordinates."""
    look = {"fill": False, "edgecolor": INK, "linewidth": 1.1, "clip_on": False, "gid": gid}
    axes.add_patch(Rectangle((left, row), width, 1, **look))  # type: ignore[arg-type]


def path(boxes: FloatArray) -> Path:
    """Return a path of boxes (n, 4), as `fill` takes them."""
    corners = boxes[:, [0, 2, 1, 2, 1, 3, 0, 3, 0, 2]].reshape(-1, 2)
    return Path(corners, np.tile(_CODES, len(boxes)).astype(np.uint8))


def _joined(boxes: FloatArray) -> FloatArray:
    """Return the boxes with neighbours of one row joined."""
    if len(boxes) < 2:
        return boxes
    ordered = boxes[np.lexsort((boxes[:, 0], boxes[:, 3], boxes[:, 2]))]
    before, after = ordered[:-1], ordered[1:]
    same_row = (before[:, 2:] == after[:, 2:]).all(axis=1)
    starts = np.flatnonzero(np.r_[True, ~(same_row & (before[:, 1] == after[:, 0]))])
    ends = np.r_[starts[1:], len(ordered)] - 1
    joined = ordered[starts]
    joined[:, 1] = ordered[ends, 1]
    return joined
