"""Distributions: histograms over steps."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reportgen.choices import HistogramForm
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.distributions import forms
from reportgen.figures.distributions.value_axis import shared_axis
from reportgen.report.blocks import Block, FigureBlock


def blocks(
    histograms: pd.DataFrame, by_run: Mapping[str, RunStyle], form: HistogramForm
) -> list[Block]:
    """Return the figures of each tag and run; those of a tag share the axis of values.

    Args:
        histograms: the histograms frame.
        by_run: the style of each run, in the order of the legend.
        form: see `reportgen.figures.distributions.forms.prepare`.
    """
    order = {run: place for place, run in enumerate(by_run)}
    figures: list[Block] = []
    for tag, rows in histograms.groupby("tag", sort=True, observed=True):
        runs = [
            (str(run), records) for run, records in rows.groupby("run", sort=False, observed=True)
        ]
        runs.sort(key=lambda entry: order[entry[0]])
        axis = shared_axis(records for _, records in runs) if len(runs) > 1 else None
        figures += [
            FigureBlock("", chart, runs=(run,), tag=str(tag))
            for run, records in runs
            for chart in forms.prepare(f"{tag}, {run}", records, by_run[run], form, axis)
        ]
    return figures
