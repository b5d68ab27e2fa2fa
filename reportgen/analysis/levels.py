"""What a run reached in a metric: the value that it is ranked by, and which value that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportgen.analysis.noise import NO_LEVEL, Level, best_level, end_level
from reportgen.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class RankedValue:
    """What a run reached.

    Attributes:
        level: the value, its standard error and its place.
        at_end: whether it is the level at the end, not the best.
        step: that it belongs to; -1 if there is no value.
    """

    level: Level
    at_end: bool
    step: int

    @property
    def kind(self) -> str:
        """Which value it is, in words: "last 5 evaluations"; "" if there is none."""
        return kind_of([self])


NO_VALUE = RankedValue(NO_LEVEL, at_end=False, step=-1)


def kind_of(ranked: Iterable[RankedValue]) -> str:
    """Return which values these are, in words: "last 5 to 12 evaluations"; "" if there are none."""
    values = [value for value in ranked if value.step >= 0]
    if not values:
        return ""
    points = sorted({value.level.points for value in values})
    which = "last" if values[0].at_end else "best"
    if points == [1]:
        return f"{which} evaluation"
    count = f"{points[0]:,}" if len(points) == 1 else f"{points[0]:,} to {points[-1]:,}"
    return f"{which} {count} evaluations" + ("" if values[0].at_end else " in a row")


def ranked_value(
    values: FloatArray, steps: IntArray, direction: str, split: str, level: str
) -> RankedValue:
    """Return the value of a series that decides its rank, so that no lucky value does.

    Rewards and all that is measured on training data count by their level at the end, other
    metrics by the best of the smoothed series, as the checkpoint of that step can be used.

    Args:
        values: (n,).
        steps: (n,).
        direction: "up" or "down" (is better), or "" (unknown: the level at the end).
        split: of the data that is measured.
        level: "end" or "best", see `reportgen.analysis.metric_catalogue.Metric`.
    """
    at_end = level == "end" or split == "train" or not direction
    reached = end_level(values) if at_end else best_level(values, direction)
    if reached.index < 0:
        return NO_VALUE
    return RankedValue(reached, at_end=at_end, step=int(steps[reached.index]))
