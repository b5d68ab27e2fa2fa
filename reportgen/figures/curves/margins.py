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
from reportgen.analysis.x_axis import Axis
from reportgen.figures.canvas import legend as legends
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.limits import say, undrawable
from reportgen.figures.canvas.style import RunStyle, new_figure, styled
from reportgen.figures.canvas.ticks import along_x
from reportgen.figures.chart import Chart
from reportgen.figures.curves.looks import line_looks
from reportgen.figures.curves.series import Floats, Steps
from reportgen.series.transforms import decimate

_MOST_POINTS = 160  # of each of the three
_MOST_TOLD = 8

Tags = tuple[str, str, str]  # of the value, its lower and its upper bound


@dataclass(frozen=True, slots=True)
class Margin:
    """One run's band where all three values are finite.

    Attributes:
        line: name of the value where the chart has several.
        steps, x, value, low, high: (n,) that are drawn.
        points: how many steps have all three.
        left_out: how many do not.
    """

    group: str
    line: str
    style: RunStyle
    steps: Steps
    x: Floats
    value: Floats
    low: Floats
    high: Floats
    points: int
    left_out: int

    @property
    def name(self) -> str:
        """As a legend names it."""
        return f"{self.group}, {self.line}" if self.line else self.group


@dataclass(frozen=True, slots=True)
class MarginChart(Chart):
    """Bands around values, as a layout asked for them."""

    kind: ClassVar[str] = "margins"
    margins: tuple[Margin, ...]
    tags: tuple[Tags, ...]
    axis: Axis = field(default_factory=Axis)

    def caption(self) -> str:
        """What the lines and the bands are, and what was left out."""
        if not self.margins:
            return "No step has a value with both of its bounds."
        told = [f"{value} between {low} and {high}" for value, low, high in self.tags[:_MOST_TOLD]]
        points = max(one.points for one in self.margins)
        drawn = max(len(one.steps) for one in self.margins)
        left_out = sum(one.left_out for one in self.margins)
        kept = f"{drawn:,} of {points:,} points a line are drawn, every extreme among them."
        parts = [
            f"Line and band: {'; '.join(told)}. Not smoothed.",
            self.axis.note,
            kept if drawn < points else "",
            f"{wording.count(left_out, 'step')} without all three left out." if left_out else "",
        ]
        return " ".join(filter(None, parts))

    def alt(self) -> str:
        """First and last value of each line with its bounds."""
        told = [f"{one.name} goes from {_at(one, 0)} to {_at(one, -1)}" for one in self.margins]
        return f"{self.title}, with bands: {wording.listing(told, _MOST_TOLD) or 'nothing'}."

    def data(self) -> pd.DataFrame:
        """The drawn points."""
        columns = ["run", "line", "step", "value", "lower", "upper"]
        held = (
            (one.group, one.line, one.steps, one.value, one.low, one.high) for one in self.margins
        )
        parts = [pd.DataFrame(dict(zip(columns, part, strict=True))) for part in held]
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)

    def line_groups(self) -> tuple[str, ...]:
        """Return the run group of each band and of its line, in the order of their gids."""
        return tuple(margin.group for margin in self.margins for _ in ("band", "line"))

    def draw(self, *, legend: bool = False) -> Figure:
        """The figure; bands are named line-1, line-3, .. and lines line-2, line-4, .."""
        with styled():
            figure, axes = new_figure()
            every = [one.x for one in self.margins]
            along_x(
                axes,
                self.axis,
                min((float(x.min()) for x in every), default=np.inf),
                max((float(x.max()) for x in every), default=-np.inf),
            )
            axes.margins(x=0.03)
            axes.set_xlabel(self.axis.label)
            self._bands(axes)
            if len(self.margins) > 1 and (legend or any(one.line for one in self.margins)):
                looks = [(one.name, one.style.color, one.style.dash) for one in self.margins]
                legends.add(figure, [legends.Entry(*look) for look in looks])
        return figure

    def _bands(self, axes: Axes) -> None:
        ends = [end for one in self.margins for end in (one.low, one.high, one.value)]
        reason = undrawable(np.concatenate([np.empty(0), *ends]))
        if reason:
            say(axes, reason)
            return
        for index, one in enumerate(self.margins):
            color, dash = one.style.color, one.style.dash
            band, line = (Gid(f"line-{2 * index + n}", one.group, one.line) for n in (1, 2))
            look = {"color": color, "alpha": 0.18, "linewidth": 0, "gid": band}
            if len(one.x) == 1:  # no band has a width there
                axes.vlines(one.x, one.low, one.high, **look | {"linewidth": 5})  # type: ignore[arg-type]
                axes.plot(one.x, one.value, "o", color=color, markersize=4.5, gid=line)
                continue
            axes.fill_between(one.x, one.low, one.high, **look)  # type: ignore[arg-type]
            axes.plot(one.x, one.value, color=color, linestyle=dash, gid=line)


def prepare(
    title: str,
    scalars: pd.DataFrame,
    bands: Sequence[Tags],
    styles: Mapping[str, RunStyle],
    axis: Axis | None = None,
) -> MarginChart:
    """A chart of values with their bounds.

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
    held = [one for one in wide if len(one[3])]
    several = len({one[1] for one in held}) > 1
    names = [
        (group, ", ".join(filter(None, (band[0] if several else "", split))))
        for group, band, split, _, _ in held
    ]
    looks = line_looks(names, styles)
    margins = tuple(
        _margin(name, looks[name], *one[3:]) for name, one in zip(names, held, strict=True)
    )
    return MarginChart(title, margins, tuple(bands), axis or Axis())


def _joined(rows: pd.DataFrame, band: Tags) -> tuple[pd.DataFrame, int]:
    """The steps at which all three values are finite, and how many others there are."""
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
    kept = np.unique(np.concatenate([decimate(one, _MOST_POINTS) for one in columns]))
    steps, x = table.index.to_numpy(np.int64)[kept], table["x"].to_numpy(float)[kept]
    value, low, high = (one[kept] for one in columns)
    return Margin(*names, style, steps, x, value, low, high, len(table), left_out)


def _at(one: Margin, place: int) -> str:
    value, low, high = (
        wording.number(float(part[place])) for part in (one.value, one.low, one.high)
    )
    return f"{value} ({low} to {high})"
