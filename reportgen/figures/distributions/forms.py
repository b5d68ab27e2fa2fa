"""Forms: the kinds of figures of a histogram tag, chosen by the user or by the number of steps."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from reportgen.choices import HistogramForm
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.distributions import heat_map, percentiles, ridgeline
from reportgen.figures.distributions.distribution_chart import DistributionChart
from reportgen.figures.distributions.ridgeline import MOST_RIDGES
from reportgen.figures.distributions.value_axis import ValueAxis

_FORMS: dict[HistogramForm, Callable[..., DistributionChart]] = {
    HistogramForm.RIDGELINE: ridgeline.prepare,
    HistogramForm.HEAT_MAP: heat_map.prepare,
    HistogramForm.PERCENTILES: percentiles.prepare,
}


def prepare(
    title: str,
    histograms: pd.DataFrame,
    style: RunStyle,
    form: HistogramForm,
    axis: ValueAxis | None = None,
) -> list[DistributionChart]:
    """Return the charts of one tag in one run.

    Args:
        title: its heading; of several charts, each has its form behind it.
        histograms: rows of the histograms frame of one run and tag.
        style: of the run.
        axis: that other runs share; None for one of its own.
        form: which; AUTO is ridges for at most 12 steps, a heat map for more.
    """
    if form is HistogramForm.AUTO:
        few = len(histograms) <= MOST_RIDGES
        form = HistogramForm.RIDGELINE if few else HistogramForm.HEAT_MAP
    if form is not HistogramForm.ALL:
        return [_FORMS[form](title, histograms, style, axis)]
    named = ((name.replace("-", " "), make) for name, make in _FORMS.items())
    return [make(f"{title}, {name}", histograms, style, axis) for name, make in named]
