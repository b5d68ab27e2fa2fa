"""The difference of two lines along their steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.analysis.groups.aggregation import Aggregate
from reportgen.arrays import FloatArray, IntArray


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
