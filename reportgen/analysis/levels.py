"""What a run reached in a metric: the value that it is ranked by, and which value that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportgen.analysis.noise import NO_LEVEL, Level, best_level, end_level


@dataclass(frozen=True, slots=True)
class RankedValue:
    """What a run reached.

    Attributes:
        level: the value, its standard error and its place.
        kind: which value it is, in words: "last 5 evaluations".
        step: that it belongs to; -1 if there is no value.
    """

    level: Level
    kind: str
    step: int


NO_VALUE = RankedValue(NO_LEVEL, "", -1)


def ranked_value(
    values: NDArray[np.float64], steps: NDArray[np.int64], direction: str, split: str, level: str
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
    return RankedValue(reached, _kind(reached, at_end=at_end), int(steps[reached.index]))


def _kind(level: Level, *, at_end: bool) -> str:
    if at_end:
        return "last evaluation" if level.points == 1 else f"last {level.points:,} evaluations"
    return "best evaluation" if level.points == 1 else f"best {level.points:,} evaluations in a row"
