"""Matrix grid: the cells of a confusion matrix, class names beside and below them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.arrays import FloatArray
from reportgen.figures.canvas.fitted_names import columns, narrow
from reportgen.figures.canvas.style import GREY, PIXELS_PER_INCH, new_figure

MOST_TEXT = 20  # classes; beyond, numbers no longer fit their cells
_MAX_NAMES = 40  # on an axis
_LONGEST_NAME = 14  # letters
_LETTER, _SMALL_LETTER = 8.0, 5.4  # pixels, as a phone shows them
_WIDTH, _HIGHEST, _TALLEST = 440, 340, 56  # pixels: the figure, its cells together, one cell
_TOP, _RIGHT, _LEAST_LEFT = 22, 8, 72.0
_DIGIT = 0.64  # the width of a digit in its size
# Lower limit, size and letter of each unit; larger numbers have an exponent.
_UNITS = ((1e15, 1.0, ""), (1e9, 1e9, "G"), (1e6, 1e6, "M"), (1e3, 1e3, "k"))


def grid(names: Sequence[str]) -> tuple[Figure, Axes]:
    """Return an empty figure with class names on both axes, the first at the top.

    The axes are named at the corner where both begin.

    Args:
        names: of the classes, as they are drawn.
    """
    size = max(1, len(names))
    stride = max(1, -(-len(names) // _MAX_NAMES))
    places = np.arange(0, len(names), stride)
    shown = [narrow(name, _LONGEST_NAME) for name in names[::stride]]
    letter = _LETTER if size <= MOST_TEXT else _SMALL_LETTER
    longest = letter * max(map(columns, shown), default=0)
    left = max(_LEAST_LEFT, 10 + longest)
    across = _WIDTH - left - _RIGHT
    down = min(_HIGHEST, _TALLEST * size)
    upright = size > 1 and longest > across / len(shown)
    bottom = 10 + (longest if upright else 14)
    height = math.ceil(_TOP + down + bottom)

    figure, axes = new_figure(_WIDTH, height)
    axes.set_position((left / _WIDTH, bottom / height, across / _WIDTH, down / height))
    axes.grid(visible=False)
    small: dict[str, Any] = {"fontsize": 6} if size > MOST_TEXT else {}
    axes.set_xticks(places + 0.5, shown, rotation=90 if upright else 0, **small)
    axes.set_yticks(places + 0.5, shown, **small)
    axes.tick_params(length=0)
    axes.set_xlim(0, size)
    axes.set_ylim(size, 0)
    axes.set_xlabel("predicted →", color=GREY)
    axes.set_ylabel("actual ↓", color=GREY, rotation=0, ha="right", va="bottom")
    axes.xaxis.label.set(ha="left", va="bottom")
    axes.xaxis.set_label_coords(0, 1 + 5 / down)
    axes.yaxis.set_label_coords(-5 / across, 1 + 5 / down)
    return figure, axes


def fill(axes: Axes, values: FloatArray, colors: Colormap, limits: tuple[float, float]) -> None:
    """Draw the cells of a matrix (k, k), the first row at the top."""
    if len(values):
        low, high = limits
        line = 1.0 if len(values) <= MOST_TEXT else 0.0
        axes.pcolormesh(
            values, cmap=colors, vmin=low, vmax=high, edgecolors="white", linewidth=line
        )


def cell_text(axes: Axes, row: float, column: float, text: str, size: float, color: str) -> None:
    """Write a number into a cell."""
    axes.text(column, row, text, color=color, ha="center", va="center", fontsize=size)


def text_size(classes: int) -> int:
    """Return the size of the numbers in the cells, in points."""
    return 9 if classes <= 6 else 7 if classes <= 14 else 6


def room(axes: Axes, classes: int, size: float) -> int:
    """Return how many digits of a font size (points) fit a cell."""
    width = axes.get_position().width * _WIDTH / max(1, classes)
    return int(width / (_DIGIT * size * PIXELS_PER_INCH / 72))


def fitting(value: float, longest: int) -> str:
    """Return a count in at most so many characters, if possible: 16868 in three is "17k"."""
    text = wording.number(value, 3)
    for digits in (3, 2, 1):
        if len(text) <= longest:
            break
        near = float(f"{value:.{digits}g}")
        unit, letter = next((unit[1:] for unit in _UNITS if near >= unit[0]), (1.0, ""))
        text = f"{wording.number(near / unit, 3)}{letter}"
    power = f"{value:.0e}".replace("e+0", "e").replace("e+", "e")
    return text if len(text) <= max(longest, len(power) - 1) else power
