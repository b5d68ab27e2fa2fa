"""Distributions: the figures of a histogram tag, chosen by the user or by its number of steps."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from reportgen.errors import UsageError
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.distributions import heat_map, percentiles, ridgeline
from reportgen.figures.distributions.distribution_chart import DistributionChart
from reportgen.figures.distributions.ridgeline import MOST_RIDGES

_FORMS: dict[str, Callable[[str, pd.DataFrame, RunStyle], DistributionChart]] = {
    "ridgeline": ridgeline.prepare,
    "heat-map": heat_map.prepare,
    "percentiles": percentiles.prepare,
}


def parse_form(form: str) -> str:
    """The form of histograms as given.

    Raises:
        UsageError: there is no such form.
    """
    known = ("auto", *_FORMS, "all")
    if form not in known:
        raise UsageError(f"--histograms {form}: no form; use {', '.join(known)}")
    return form


def prepare(
    title: str, histograms: pd.DataFrame, style: RunStyle, form: str = "auto"
) -> list[DistributionChart]:
    """The charts of one tag in one run.

    Args:
        title: its heading; of several charts, each has its form behind it.
        histograms: rows of the histograms frame of one run and tag.
        style: of the run.
        form: "ridgeline", "heat-map" or "percentiles", "all" of them, or "auto": ridges for at most
            12 steps, a heat map for more.
    """
    if form == "auto":
        form = "ridgeline" if len(histograms) <= MOST_RIDGES else "heat-map"
    if form != "all":
        return [_FORMS[form](title, histograms, style)]
    named = ((name.replace("-", " "), make) for name, make in _FORMS.items())
    return [make(f"{title}, {name}", histograms, style) for name, make in named]
