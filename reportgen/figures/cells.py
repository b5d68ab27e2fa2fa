"""Cells: shades of one colour in columns, one path a shade, so that a figure stays small.

Shades are opacities, so that they suit a light and a dark ground.
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import NDArray

LEVELS = 10

Floats = NDArray[np.float64]


def shade(axes: Axes, levels: NDArray[np.int64], x: Floats, y: Floats, color: str) -> None:
    """Fills cells; those of one level that touch in a column become one box.

    Args:
        axes: to draw in; groups are named level-1, level-2, ...
        levels: (columns, rows), 0 for nothing to `LEVELS`.
        x: (columns + 1,) edges.
        y: (rows + 1,) edges.
        color: "#rrggbb".
    """
    for level in range(1, LEVELS + 1):
        boxes = _boxes(levels == level, x, y)
        if len(boxes):
            face = (color, (level / LEVELS) ** 1.3)
            patch = PathPatch(_path(boxes), facecolor=face, linewidth=0, gid=f"level-{level}")
            axes.add_patch(patch)


def _boxes(here: NDArray[np.bool_], x: Floats, y: Floats) -> Floats:
    """Left, right, bottom and top of each run of true cells in a column, (n, 4)."""
    change = np.diff(np.pad(here, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    columns, bottoms = np.nonzero(change == 1)
    _, tops = np.nonzero(change == -1)
    return np.column_stack([x[columns], x[columns + 1], y[bottoms], y[tops]])


def _path(boxes: Floats) -> Path:
    left, right, bottom, top = boxes.T
    corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
    vertices = np.array(corners).transpose(2, 0, 1).reshape(-1, 2)
    codes = np.tile([Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY], len(boxes))
    return Path(vertices, codes)
