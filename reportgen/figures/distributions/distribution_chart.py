"""Distribution chart: what the charts of one histogram tag in one run have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
import pandas as pd

from reportgen.analysis.evenly import sparkline
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.chart import Chart, Sparkline
from reportgen.figures.distributions import bins as binned
from reportgen.figures.distributions.bins import Bins
from reportgen.figures.mark import Mark


@dataclass(frozen=True, slots=True)
class DistributionChart(Chart):
    """A tag's histograms in one run.

    Attributes:
        style: of the run.
        bins: the histograms that are drawn, as logged, by step.
        marks: of findings.
    """

    style: RunStyle
    bins: tuple[Bins, ...]
    marks: tuple[Mark, ...] = field(default=(), kw_only=True)

    def alt(self) -> str:
        """Return mean and standard deviation of the first and the last histogram."""
        return binned.alt(self.title, self.bins)

    def data(self) -> pd.DataFrame:
        """Return count, mean, standard deviation and percentiles, a row a step."""
        return binned.table(self.bins)

    def with_marks(self, marks: Sequence[Mark]) -> Self:
        """Return the chart with the marks of findings."""
        return replace(self, marks=tuple(marks))

    def sparkline(self) -> Sparkline:
        """Return the mean over steps."""
        means = np.array([histogram.mean for histogram in self.bins])
        return Sparkline(sparkline(means[np.isfinite(means)]), self.style.color)
