"""Rings: the numbers of statements in charts that have no lines of runs, such as heat maps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.pen import RING, Pen
from reportgen.figures.mark import Mark

_STEP = RING + 2  # pixels from one ring to the next at the same place


@dataclass(frozen=True, slots=True)
class RingPlace:
    """Where a ring stands.

    Attributes:
        mark: whose number it has.
        x, y: on the axes; NaN for their right or upper end.
        right, up: from there, in pixels.
    """

    mark: Mark
    x: float
    y: float
    right: float = 0.0
    up: float = 0.0


def draw_rings(figure: Figure, axes: Axes, places: Iterable[RingPlace]) -> None:
    """Draw rings inside the figure, those of one place side by side.

    Groups are named mark-1, ..., further rings of the same mark mark-1-2, ...

    Args:
        figure: laid out.
        axes: with their limits.
        places: of the rings.
    """
    pen = Pen(figure, axes)
    half = RING / 2 + 1
    taken: list[tuple[float, float]] = []
    names: Counter[str] = Counter()
    for place in places:
        x, y = pen.place(np.array([place.x]), np.array([place.y]))[0].tolist()
        x = (pen.right if np.isnan(x) else x) + place.right
        y = (pen.top if np.isnan(y) else y) + place.up
        x, y = _inside(x, half, pen.width), _inside(y, half, pen.height)
        while any(abs(x - left) < _STEP and abs(y - low) < _STEP for left, low in taken):
            x -= _STEP
        taken.append((x, y))
        name = f"mark-{place.mark.number}"
        names[name] += 1
        gid = name if names[name] == 1 else f"{name}-{names[name]}"
        pen.ring(x, y, place.mark.number, Gid(gid, place.mark.group))


def at_steps(marks: Sequence[Mark]) -> list[RingPlace]:
    """Return places for rings at the top of the axes, where what they tell begins.

    Args:
        marks: of a chart whose x axis is of steps.
    """
    return [RingPlace(mark, mark.first_step, np.nan, up=-RING / 2 - 2) for mark in marks]


def _inside(place: float, margin: float, length: float) -> float:
    return min(max(place, margin), length - margin)
