"""Heat panel: axes with the grid of one family, on a scale of one colour."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes

from reportgen import wording
from reportgen.analysis.family_grid import FamilyGrid
from reportgen.arrays import FloatArray, IntArray
from reportgen.figures.canvas import cells
from reportgen.figures.canvas.style import GREY, INK

TEXT, SMALL_TEXT = 7.92, 7.2  # points: 11 and 10 pixels
_DECADES = 2  # from which on the colour is logarithmic
_LEFT_OUT = 0.02  # of the positive values, below the lower end of a logarithmic scale
_MAX_LABELS = 6  # of rows


def is_logarithmic(grid: FamilyGrid) -> bool:
    """Return whether no value is negative and the positive ones span two decades or more.

    One decade is enough where one member is far from all others, whose shades would be the same.
    """
    low, high = _positive_ends(grid)
    decades = 1 if grid.odd else _DECADES
    return low > 0 and math.log10(high) - math.log10(low) >= decades


def scale_ends(grid: FamilyGrid) -> tuple[float, float]:
    """Return the values of the lightest and the darkest shade; NaN if no cell has a value."""
    return _positive_ends(grid) if is_logarithmic(grid) else grid.limits


def range_text(grid: FamilyGrid) -> str:
    """Return the ends of the colour scale: "0.1 to 40"; "no values" without any."""
    low, high = scale_ends(grid)
    if math.isnan(low):
        return "no values"
    return f"{wording.number(low, 2)} to {wording.number(high, 2)}"


def _positive_ends(grid: FamilyGrid) -> tuple[float, float]:
    """Return the ends of a logarithmic scale; NaN where there is none.

    The lower end leaves out the lowest 2 %, so that single values near 0 do not set the scale.
    """
    finite = grid.cells[np.isfinite(grid.cells)]
    positive = finite[finite > 0]
    if not len(positive) or (finite < 0).any():
        return math.nan, math.nan
    return float(np.quantile(positive, _LEFT_OUT)), float(positive.max())


def draw_cells(axes: Axes, grid: FamilyGrid, color: str) -> None:
    """Draw the grid, the first member at the top."""
    count = len(grid.cells)
    levels = shade_levels(grid)
    rows = np.repeat(np.arange(count), grid.cells.shape[1])
    left = np.tile(grid.edges[:-1], count)
    right = np.tile(grid.edges[1:], count)
    boxes = np.column_stack([left, right, rows, rows + 1]).astype(float)
    cells.fill(axes, boxes, levels.ravel(), color)
    axes.set_xlim(grid.edges[0], grid.edges[-1])
    axes.set_ylim(count, 0)
    axes.grid(visible=False)
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)


def shade_levels(grid: FamilyGrid) -> IntArray:
    """Return the shade of each cell, from 1 to `cells.SHADES`; 0 where it has no value."""
    low, high = scale_ends(grid)
    values = grid.cells
    if math.isnan(low) or low == high:
        return np.where(np.isfinite(values), 1, 0)
    if is_logarithmic(grid):
        values, low, high = np.log(np.maximum(values, low)), math.log(low), math.log(high)
    # Halves: the difference of the largest numbers would overflow.
    parts: FloatArray = (values / 2 - low / 2) / (high / 2 - low / 2)
    levels = 1 + np.floor(np.clip(np.nan_to_num(parts), 0, 1 - 1e-9) * cells.SHADES)
    return np.where(np.isfinite(values), levels, 0).astype(np.int64)


def outline_odd(axes: Axes, grid: FamilyGrid) -> None:
    """Frame the row of the odd member, if there is one."""
    if grid.odd is None:
        return
    left, right = grid.edges[0], grid.edges[-1]
    cells.outline(axes, left, grid.odd.place, right - left, "odd")


def label_rows(axes: Axes, grid: FamilyGrid) -> None:
    """Name the first and the last row, some between, and in bold the odd one."""
    members = grid.family.members
    last = len(members) - 1
    places = set(np.linspace(0, last, min(_MAX_LABELS, len(members))).round().astype(int).tolist())
    odd = grid.odd.place if grid.odd else None
    if odd is not None:  # its neighbours' names would cover its own
        room = max(1, len(members) // 16)
        places = {place for place in places if abs(place - odd) > room} | {odd}
    shown = sorted(places)
    axes.set_yticks([place + 0.5 for place in shown], [members[place] for place in shown])
    for place, label in zip(shown, axes.get_yticklabels(), strict=True):
        label.set(fontsize=TEXT, color=INK if place == odd else GREY)
        if place == odd:
            label.set_fontweight("bold")
