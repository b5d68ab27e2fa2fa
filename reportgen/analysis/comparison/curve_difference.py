"""The difference of two lines along their steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.analysis.evenly import evenly
from reportgen.analysis.groups.aggregation import Aggregate, aligned
from reportgen.analysis.groups.superiority import welch_margin
from reportgen.arrays import FloatArray, IntArray

_MAX_POINTS = 320  # of a line


@dataclass(frozen=True, slots=True, eq=False)
class CurveDifference:
    """First less second where both have values.

    Attributes:
        steps: (k,) rising, all steps of either line inside the range of both.
        difference: (k,).
    """

    steps: IntArray
    difference: FloatArray


def curve_difference(first: Aggregate, second: Aggregate) -> CurveDifference:
    """Return the difference of two centre lines, interpolated within the range of both.

    Args:
        first: a line, see `reportgen.analysis.groups.aggregation`.
        second: the line that is subtracted.
    """
    if not len(first.steps) or not len(second.steps):
        return CurveDifference(np.empty(0, np.int64), np.empty(0))
    steps = np.union1d(first.steps, second.steps)
    begin = max(first.steps[0], second.steps[0])
    end = min(first.steps[-1], second.steps[-1])
    steps = steps[(steps >= begin) & (steps <= end)]
    lines = [np.interp(steps, line.steps, line.centre) for line in (first, second)]
    return CurveDifference(steps, lines[0] - lines[1])


@dataclass(frozen=True, slots=True, eq=False)
class MeanDifference:
    """Mean of the first side less that of the second, at steps that all runs reach.

    Attributes:
        steps: (k,) rising.
        centre: (k,).
        low, high: (k,) Welch's 95 % interval at each step; NaN where a side has one run.
    """

    steps: IntArray
    centre: FloatArray
    low: FloatArray
    high: FloatArray


def mean_difference(
    first: Sequence[tuple[IntArray, FloatArray]], second: Sequence[tuple[IntArray, FloatArray]]
) -> MeanDifference:
    """Return the difference of the means of two sides, interpolated within each run's range.

    Args:
        first: steps and values of each run.
        second: those of the side that is subtracted.
    """
    steps, values = aligned([*first, *second])
    common = np.flatnonzero(np.isfinite(values).all(axis=0))
    if not len(first) or not len(second) or not len(common):
        return MeanDifference(np.empty(0, np.int64), np.empty(0), np.empty(0), np.empty(0))
    common = common[evenly(len(common), _MAX_POINTS)]
    sides = values[: len(first), common], values[len(first) :, common]
    centre = sides[0].mean(axis=0) - sides[1].mean(axis=0)
    margins = np.array(
        [welch_margin(a.tolist(), b.tolist()) for a, b in zip(sides[0].T, sides[1].T, strict=True)]
    )
    return MeanDifference(steps[common], centre, centre - margins, centre + margins)
