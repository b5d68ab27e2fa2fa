"""Final values that two runs or groups share, and whether they differ beyond chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.analysis.groups.superiority import Comparison, compare
from reportgen.analysis.verdicts.checks import Statistic
from reportgen.analysis.verdicts.run_values import RunValues, Series, measure

_MIN_RUNS = 2  # on either side, which tell of noise


@dataclass(frozen=True, slots=True)
class MetricChange:
    """One tag on both sides.

    Attributes:
        tag: as logged.
        direction: "up", "down" (is better) or "" (not known).
        kind: "best" where a direction is known, else "last".
        first, second: means of the runs on either side.
        comparison: of first and second; None where either side has one run, or no direction is
            known, so that nothing tells chance from change.
    """

    tag: str
    direction: str
    kind: str
    first: float
    second: float
    comparison: Comparison | None

    @property
    def is_better(self) -> bool | None:
        """Whether the first side is better beyond chance; None where nobody can tell."""
        if self.comparison is None or not self.comparison.is_real:
            return None
        return self.comparison.probability > 0.5


def metric_changes(
    first: Sequence[RunValues], second: Sequence[RunValues]
) -> tuple[MetricChange, ...]:
    """Return every tag that both sides logged with finite values, in the order of the first.

    Args:
        first: the runs on one side.
        second: those on the other.
    """
    tags = list(dict.fromkeys(tag for run in first for tag in run.tags))
    changes = (_change(tag, first, second) for tag in tags)
    return tuple(change for change in changes if change is not None)


def _change(
    tag: str, first: Sequence[RunValues], second: Sequence[RunValues]
) -> MetricChange | None:
    sides = [[series for run in side if (series := run.find(tag))] for side in (first, second)]
    if not all(sides):
        return None
    direction = sides[0][0].direction
    values = [_finite_values(side, direction) for side in sides]
    if not all(values):
        return None
    comparison = None
    if direction and min(map(len, values)) >= _MIN_RUNS:
        comparison = compare(values[0], values[1], "up" if direction == "up" else "down")
    return MetricChange(
        tag=tag,
        direction=direction,
        kind="best" if direction else "last",
        first=math.fsum(values[0]) / len(values[0]),
        second=math.fsum(values[1]) / len(values[1]),
        comparison=comparison,
    )


def _finite_values(side: Sequence[Series], direction: str) -> list[float]:
    kind: Statistic = "best" if direction else "last"
    values = [measure(series, kind, None).value for series in side if series.direction == direction]
    return [value for value in values if math.isfinite(value)]
