"""Margins: a value with its lower and upper bounds as a band, a line a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis.evenly import sparkline
from reportgen.analysis.x_axis import Axis
from reportgen.arrays import FloatArray, IntArray
from reportgen.figures.canvas import legend as legends
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.limits import say, undrawable
from reportgen.figures.canvas.style import RunStyle, new_figure, styled
from reportgen.figures.canvas.ticks import along_x
from reportgen.figures.chart import Chart, Sparkline
from reportgen.figures.curves.looks import line_looks
from reportgen.series.transforms import decimate

_MAX_POINTS = 160  # of each line
_MAX_TEXTS = 8

Tags = tuple[str, str, str]  # of the value, its lower and its upper bound


@dataclass(frozen=True, slots=True)
class Margin:
    """One run's band, where all three values are finite.

    Attributes:
        line: name of the value where the chart has several.
        steps, x, value, low, high: (n,) that are drawn.
        points: how many steps have all three values.
        left_out: how many have not.
    """

    group: str
    line: str
    style: RunStyle
    steps: IntArray
    x: FloatArray
    value: FloatArray
    low: FloatArray
    high: FloatArray
    points: int
    left_out: int

    @property
    def name(self) -> str:
        """The name in a legend."""
        return f"{self.group}, {self.line}" if self.line else self.group


@dataclass(frozen=True, slots=True)
class MarginChart(Chart):
    """Bands around values, as a layout of custom scalars asks for them."""

    kind: ClassVar[str] = "margins"
    margins: tuple[Margin, ...]
    tags: tuple[Tags, ...]
    axis: Axis = field(default_factory=Axis)

    def caption(self) -> str:
        """Return what lines and bands are, and what was left out."""
        if not self.margins:
            return "No step has a value with both of its bounds."
        texts = [f"{value} between {low} and {high}" for value, low, high in self.tags[:_MAX_TEXTS]]
        points = max(margin.points for margin in self.margins)
        drawn = max(len(margin.steps) for margin in self.margins)
        left_out = sum(margin.left_out for margin in self.margins)
        note = f"{drawn:,} of {points:,} points per line are drawn, including every extreme."
        parts = [
            f"Line and band: {'; '.join(texts)}. Not smoothed.",
            self.axis.note,
            note if drawn < points else "",
            f"{wording.count(left_out, 'step')} without all three values left out."
            if left_out
            else "",
        ]
        return " ".join(filter(None, parts))

    def alt(self) -> str:
        """Return the first and the last value of each line with its bounds."""
        texts = [
            f"{margin.name} goes from {_at(margin, 0)} to {_at(margin, -1)}"
            for margin in self.margins
        ]
        return f"{self.title}, with bands: {wording.listing(texts, _MAX_TEXTS) or 'nothing'}."

    def data(self) -> pd.DataFrame:
        """Return the drawn points."""
        columns = ["run", "line", "step", "value", "lower", "upper"]
        rows = (
            (margin.group, margin.line, margin.steps, margin.value, margin.low, margin.high)
            for margin in self.margins
        )
        frames = [pd.DataFrame(dict(zip(columns, row, strict=True))) for row in rows]
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)

    def sparkline(self) -> Sparkline | None:
        """Return the first value without its bounds."""
        if not self.margins:
            return None
        return Sparkline(sparkline(self.margins[0].value), self.margins[0].style.color)

    def line_groups(self) -> tuple[str, ...]:
        """Return the run group of each band and of its line, in the order of their gids."""
        return tuple(margin.group for margin in self.margins for _ in ("band", "line"))

    def draw(self, *, legend: bool | None = False) -> Figure:
        """Return the figure; bands have the ids line-1, line-3, ..., lines line-2, line-4, ..."""
        with styled():
            figure, axes = new_figure()
            xs = [margin.x for margin in self.margins]
            along_x(
                axes,
                self.axis,
                min((float(x.min()) for x in xs), default=np.inf),
                max((float(x.max()) for x in xs), default=-np.inf),
            )
            axes.margins(x=0.03)
            axes.set_xlabel(self.axis.label)
            self._bands(axes)
            if legend is not None:
                legends.add(figure, self.names(alone=legend))
        return figure

    def names(self, *, alone: bool) -> list[legends.Entry]:
        """Return a name for each of several lines; on a page only where a run has several."""
        if len(self.margins) < 2 or not (alone or any(margin.line for margin in self.margins)):
            return []
        return [
            legends.Entry(margin.name, margin.style.color, margin.style.dash)
            for margin in self.margins
        ]

    def _bands(self, axes: Axes) -> None:
        ends = [end for margin in self.margins for end in (margin.low, margin.high, margin.value)]
        reason = undrawable(np.concatenate([np.empty(0), *ends]))
        if reason:
            say(axes, reason)
            return
        for index, margin in enumerate(self.margins):
            color, dash = margin.style.color, margin.style.dash
            band, line = (Gid(f"line-{2 * index + n}", margin.group, margin.line) for n in (1, 2))
            look = {"color": color, "alpha": 0.18, "linewidth": 0, "gid": band}
            if len(margin.x) == 1:  # no band has a width there
                axes.vlines(margin.x, margin.low, margin.high, **look | {"linewidth": 5})  # type: ignore[arg-type]
                axes.plot(margin.x, margin.value, "o", color=color, markersize=4.5, gid=line)
                continue
            axes.fill_between(margin.x, margin.low, margin.high, **look)  # type: ignore[arg-type]
            axes.plot(margin.x, margin.value, color=color, linestyle=dash, gid=line)


def prepare(
    title: str,
    scalars: pd.DataFrame,
    bands: Sequence[Tags],
    styles: Mapping[str, RunStyle],
    axis: Axis | None = None,
) -> MarginChart:
    """Return a chart of values with their bounds.

    Args:
        title: its heading.
        scalars: annotated rows of all the tags, with places `x`; `split` the run's own, or "".
        bands: tags of value, lower and upper bound of each band.
        styles: by run group.
        axis: what the x axis shows; steps where None.
    """
    runs = list(scalars.groupby(["group", "run", "split"], sort=False, observed=True))
    wide = [
        (str(group), band, str(split), *_joined(rows, band))
        for band in bands
        for (group, _, split), rows in runs
        if set(band) <= set(rows["tag"])
    ]
    bands_ = [item for item in wide if len(item[3])]
    several = len({item[1] for item in bands_}) > 1
    names = [
        (group, ", ".join(filter(None, (band[0] if several else "", split))))
        for group, band, split, _, _ in bands_
    ]
    looks = line_looks(names, styles)
    margins = tuple(
        _margin(name, looks[name], *item[3:]) for name, item in zip(names, bands_, strict=True)
    )
    return MarginChart(title, margins, tuple(bands), axis or Axis())


def _joined(rows: pd.DataFrame, band: Tags) -> tuple[pd.DataFrame, int]:
    """Return the steps at which all three values are finite, and how many others there are."""
    value, low, high = (
        rows[rows["tag"] == tag].drop_duplicates("step", keep="last").set_index("step")
        for tag in band
    )
    table = (
        value[["x", "value"]].join(low["value"].rename("low")).join(high["value"].rename("high"))
    )
    whole = table.replace([np.inf, -np.inf], np.nan).dropna().sort_index()
    return whole, len(value.index.union(low.index).union(high.index)) - len(whole)


def _margin(names: tuple[str, str], style: RunStyle, table: pd.DataFrame, left_out: int) -> Margin:
    columns = [table[name].to_numpy(float) for name in ("value", "low", "high")]
    places = np.unique(np.concatenate([decimate(column, _MAX_POINTS) for column in columns]))
    steps, x = table.index.to_numpy(np.int64)[places], table["x"].to_numpy(float)[places]
    value, low, high = (column[places] for column in columns)
    return Margin(*names, style, steps, x, value, low, high, len(table), left_out)


def _at(margin: Margin, place: int) -> str:
    value, low, high = (
        wording.number(float(values[place])) for values in (margin.value, margin.low, margin.high)
    )
    return f"{value} ({low} to {high})"
