"""Curves: one metric over steps, all runs and splits in one chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from reportgen import wording
from reportgen.figures.style import SPLIT_DASHES, RunStyle, new_figure, styled
from reportgen.figures.ticks import logarithmic
from reportgen.frames.transforms import decimate, smooth

_MOST_POINTS = 600  # a line; more than the eye can tell apart in 440 pixels
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Series:
    """One line: what is drawn of it, and what is known of all of it.

    Attributes:
        steps, raw, smoothed: (m,) after decimation.
        points, non_finite: counts before it.
        best, best_step: in the metric's direction over all finite values; NaN, -1 without.
    """

    group: str
    split: str
    style: RunStyle
    steps: NDArray[np.int64]
    raw: NDArray[np.float64]
    smoothed: NDArray[np.float64]
    points: int
    non_finite: NDArray[np.int64]
    first: float
    last: float
    best: float
    best_step: int

    @property
    def name(self) -> str:
        """As a legend names it."""
        return f"{self.group}, {self.split}" if self.split else self.group


@dataclass(frozen=True, slots=True)
class CurveChart:
    """A metric's curves, ready to be drawn."""

    title: str
    direction: str
    smoothing: str
    log_y: bool
    series: tuple[Series, ...]
    kind: str = "curves"

    def caption(self) -> str:
        """Which way is better, what the lines mean, what was smoothed and left out, the best."""
        points = max((one.points - len(one.non_finite) for one in self.series), default=0)
        drawn = max((len(one.steps) for one in self.series), default=0)
        bad = sum(len(one.non_finite) for one in self.series)
        splits = {one.split for one in self.series}
        best = self.best()
        sentences = [
            {"down": "Lower is better.", "up": "Higher is better."}.get(self.direction, ""),
            "Solid train, dashed validation." if {"train", "validation"} <= splits else "",
            f"Smoothed {self.smoothing} over all {wording.count(points, 'point')}, raw behind."
            if self.smoothing != "off" and points > 1
            else "",
            f"{drawn:,} of {points:,} points a line are drawn, every extreme among them."
            if drawn < points
            else "",
            f"{wording.count(bad, 'value')} not finite, marked at the bottom." if bad else "",
            "Logarithmic scale." if self.log_y else "",
            f"Best {wording.number(best.best)} at step {best.best_step:,} ({best.name})."
            if best
            else "",
        ]
        return " ".join(filter(None, sentences))

    def alt(self) -> str:
        """First and last value of each line."""
        told = [
            f"{one.name} goes from {wording.number(one.first)} to {wording.number(one.last)}"
            for one in self.series[:_MOST_NAMED]
        ]
        more = len(self.series) - len(told)
        rest = f"; and {wording.count(more, 'more line')}" if more > 0 else ""
        return f"{self.title} over steps: {'; '.join(told)}{rest}."

    def data(self) -> pd.DataFrame:
        """The drawn points, one row each."""
        columns = ["run", "split", "step", "value", "smoothed"]
        if not self.series:
            return pd.DataFrame(columns=columns)
        return pd.concat(
            [
                pd.DataFrame(
                    dict(
                        zip(
                            columns,
                            (one.group, one.split, one.steps, one.raw, one.smoothed),
                            strict=True,
                        )
                    )
                )
                for one in self.series
            ],
            ignore_index=True,
        )

    def draw(self) -> Figure:
        """The figure: the raw line faint under the smoothed one."""
        with styled():
            figure, axes = new_figure()
            if self.log_y:
                logarithmic(axes)
            for index, one in enumerate(self.series, start=1):
                _line(axes, one, index, smoothed=self.smoothing != "off")
            best = self.best()
            if best:
                axes.plot(
                    best.best_step, best.best, "o", color=best.style.color, ms=4.5, gid="best"
                )
            axes.set_xlabel("step")
            axes.xaxis.set_gid("x")
            axes.yaxis.set_gid("y")
            axes.margins(x=0.03)
        return figure

    def best(self) -> Series | None:
        """The best line: of held-out data where there is any."""
        known = [one for one in self.series if not np.isnan(one.best)]
        held_out = [one for one in known if one.split in ("validation", "test")] or known
        if not held_out:
            return None
        choose = max if self.direction == "up" else min
        return choose(held_out, key=lambda one: one.best)


def prepare(
    title: str,
    scalars: pd.DataFrame,
    styles: Mapping[str, RunStyle],
    direction: str,
    smoothing: str,
) -> CurveChart:
    """A chart of one metric.

    Args:
        title: its heading.
        scalars: its rows, annotated (`reportgen.analysis.series`).
        styles: by run group.
        direction: "down", "up" or "".
        smoothing: see `reportgen.frames.transforms.parse_smoothing`.
    """
    series = tuple(
        _series(str(group), str(split), styles[str(group)], rows, direction, smoothing)
        for (group, split, _, _), rows in scalars.groupby(
            ["group", "split", "run", "tag"], sort=False, observed=True
        )
    )
    values = scalars["value"].to_numpy()
    finite = values[np.isfinite(values)]
    log_y = bool(
        direction != "up" and len(finite) and finite.min() > 0 and finite.max() > 100 * finite.min()
    )
    return CurveChart(title, direction, smoothing, log_y, series)


def _series(
    group: str, split: str, style: RunStyle, rows: pd.DataFrame, direction: str, smoothing: str
) -> Series:
    steps, values = rows["step"].to_numpy(), rows["value"].to_numpy()
    finite = np.isfinite(values)
    good, at = values[finite], steps[finite]
    even = smooth(good, at, smoothing)
    kept = decimate(good, _MOST_POINTS)
    best, best_step = float("nan"), -1
    if direction and len(good):
        place = good.argmax() if direction == "up" else good.argmin()
        best, best_step = float(good[place]), int(at[place])
    return Series(
        group=group,
        split=split,
        style=style,
        steps=at[kept],
        raw=good[kept],
        smoothed=even[kept],
        points=len(values),
        non_finite=steps[~finite],
        first=float(values[0]),
        last=float(values[-1]),
        best=best,
        best_step=best_step,
    )


def _line(axes: Axes, one: Series, index: int, *, smoothed: bool) -> None:
    """Draws one series; its groups are named raw-1, line-1, bad-1, ... for a page to find."""
    color = one.style.color
    dash = SPLIT_DASHES[one.split] if one.split not in ("", "train") else one.style.dash
    lone = "o" if len(one.steps) == 1 else ""
    if smoothed and not lone:
        axes.plot(one.steps, one.raw, color=color, alpha=0.3, linewidth=1, gid=f"raw-{index}")
    line = one.smoothed if smoothed else one.raw
    axes.plot(one.steps, line, color=color, linestyle=dash, marker=lone, gid=f"line-{index}")
    if len(one.non_finite):
        low = np.zeros(len(one.non_finite))
        marks = axes.get_xaxis_transform()
        gid = f"bad-{index}"
        axes.plot(one.non_finite, low, "x", color=color, transform=marks, clip_on=False, gid=gid)
