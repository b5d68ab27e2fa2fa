"""Group series: the lines of a chart of seed groups, as a page draws them again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reportgen.arrays import FloatArray, IntArray
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.curves.series import Series, Weight
from reportgen.figures.groups.group_line import GroupLine


def group_series(lines: Sequence[GroupLine], tag: str) -> tuple[Series, ...]:
    """Return the strong lines, a series for each part with one number of seeds, then the seeds.

    Args:
        lines: of the groups that are drawn in full.
        tag: as logged.
    """
    strong = [
        _series(line.name, line.color, line.steps[part], line.centre[part], line.points, tag)
        for line in lines
        for part in line.parts()
    ]
    seeds = [
        _series(seed.run, line.color, seed.steps, seed.numbers, seed.points, tag, Weight.LIGHT)
        for line in lines
        for seed in line.seeds
    ]
    return (*strong, *seeds)


def _series(
    name: str,
    color: str,
    steps: IntArray,
    numbers: FloatArray,
    points: int,
    tag: str,
    weight: Weight = Weight.STRONG,
) -> Series:
    """Return a line that is drawn as it is.

    Args:
        name: of a group or run.
        color: "#rrggbb".
        steps: (n,) that are drawn, at least one.
        numbers: (n,) at these.
        points: how many there are, drawn or not.
        tag: as logged.
        weight: how strongly it is drawn.
    """
    return Series(
        name,
        "",
        style=RunStyle(color, "-"),
        steps=steps,
        x=steps.astype(float),
        raw=numbers,
        smoothed=numbers,
        counts=np.empty(0, np.int64),
        means=np.empty(0),
        points=points,
        sample=numbers,
        not_positive=int((numbers <= 0).sum()),
        bad=0,
        non_finite=np.empty(0, np.int64),
        non_finite_x=np.empty(0),
        first=float(numbers[0]),
        last=float(numbers[-1]),
        best=float("nan"),
        best_step=-1,
        best_x=float("nan"),
        tag=tag,
        weight=weight,
    )
