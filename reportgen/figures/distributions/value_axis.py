"""Value axis: the range of values that histograms of one tag share over its runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from reportgen.figures.distributions import bins as binned
from reportgen.figures.distributions import symlog
from reportgen.figures.distributions.bins import Bins

_MAX_STEPS = 24  # of each run that are looked at


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """The axis of values.

    Attributes:
        limits: lowest and highest value in view.
        linear: the distance from 0 within which the axis is linear; 0 if all of it is.
    """

    limits: tuple[float, float]
    linear: float


def value_axis(bins: tuple[Bins, ...]) -> ValueAxis:
    """Return the axis that shows some histograms."""
    limits = binned.limits(bins)
    return ValueAxis(limits, symlog.linear(bins, limits))


def shared_axis(runs: Iterable[pd.DataFrame]) -> ValueAxis:
    """Return the axis that shows the histograms of one tag in several runs.

    Args:
        runs: rows of the histograms frame, of one run each.
    """
    return value_axis(tuple(item for rows in runs for item in binned.chosen(rows, _MAX_STEPS)))
