"""Ranks: one metric of a distributed run, a thin line a process, with their mean and range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis import ranks
from reportgen.analysis.evenly import sparkline
from reportgen.analysis.ranks import Spread
from reportgen.arrays import FloatArray, IntArray
from reportgen.figures.canvas import legend as legends
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.limits import say, undrawable
from reportgen.figures.canvas.style import INK, RunStyle, new_figure, styled
from reportgen.figures.chart import Chart, Sparkline
from reportgen.series.transforms import decimate

_MAX_POINTS = 240
_MAX_COLORED = 12  # ranks; beyond, only the marked one has its colour
_PALE = "#a3a9b3"
_SPEED = "steps per second"


@dataclass(frozen=True, slots=True)
class RanksChart(Chart):
    """One metric of all ranks.

    Attributes:
        spread: at all shared steps.
        styles: of the ranks' runs, (r,).
        unit: of the values; "" for an unknown one.
        marked: index of the outlier or straggler; -1 for none.
        finding: a sentence on the marked rank.
    """

    kind: ClassVar[str] = "ranks"
    spread: Spread
    styles: tuple[RunStyle, ...]
    unit: str
    marked: int
    finding: str

    def caption(self) -> str:
        """Return how many ranks there are, what line and band are, and which rank is an outlier."""
        if not len(self.spread.steps):
            return "The ranks have no step in common."
        ranks_text = wording.count(len(self.spread.names), "rank")
        steps = wording.count(len(self.spread.steps), "shared step")
        means = "mean heavy, the range from lowest to highest shaded"
        sentences = [f"{ranks_text} over {steps}, thin; {means}.", *self._left_out(), self.finding]
        return " ".join(filter(None, sentences))

    def _left_out(self) -> list[str]:
        points, partial = len(self.spread.steps), self.spread.partial
        drawn = max(len(_drawn_places(values)) for values in self.spread.rows)
        bad = int((~np.isfinite(self.spread.rows)).sum())
        unknown = "without a speed" if self.unit == _SPEED else "not finite"
        return [
            f"{drawn:,} of {points:,} points per line are drawn, including every extreme."
            if points > _MAX_POINTS
            else "",
            f"{wording.count(partial, 'step')} that not every rank logged left out."
            if partial
            else "",
            f"{wording.count(bad, 'value')} {unknown}." if bad else "",
        ]

    def alt(self) -> str:
        """Return the first and the last mean, and the finding."""
        if not len(self.spread.steps):
            return f"{self.title} by rank: nothing to show."
        mean = self._mean()
        ends = f"from {wording.number(mean[0])} to {wording.number(mean[-1])}"
        ranks_text = wording.count(len(self.spread.names), "rank")
        return f"{self.title}, mean of {ranks_text} over steps, goes {ends}. {self.finding}"

    def data(self) -> pd.DataFrame:
        """Return lowest, mean and highest, and the value of each rank, a row a step."""
        low, high = self._band()
        facts = {"step": self.spread.steps, "lowest": low, "mean": self._mean(), "highest": high}
        if self.unit == _SPEED:
            with np.errstate(divide="ignore"):
                facts["mean time per step (s)"] = 1 / self._mean()
        return pd.DataFrame(facts | dict(zip(self.spread.names, self.spread.rows, strict=True)))

    def draw(self, *, legend: bool | None = False) -> Figure:
        """Return the figure."""
        with styled():
            figure, axes = new_figure()
            reason = undrawable(self.spread.rows)
            if reason:
                say(axes, reason)
                return figure
            low, high = self._band()
            places = np.union1d(*(decimate(end, _MAX_POINTS) for end in (low, high)))
            steps = self.spread.steps[places]
            axes.fill_between(
                steps, low[places], high[places], color=_PALE, alpha=0.25, linewidth=0
            )
            for index, values in enumerate(self.spread.rows):
                marked = index == self.marked
                look = {
                    "color": self._colors()[index],
                    "linewidth": 1.2 if marked else 0.7,
                    "alpha": 1.0 if marked else 0.7,
                    "gid": Gid(f"line-{index + 1}", self.spread.names[index]),
                }
                self._line(axes, values, look)
            self._line(axes, self._mean(), {"color": INK, "gid": "mean"})
            axes.set_xlabel("step")
            axes.set_ylabel(self.unit)
            axes.margins(x=0.03)
            if legend is not None:
                legends.add(figure, self.names(alone=legend))
        return figure

    def sparkline(self) -> Sparkline | None:
        """Return the mean of all ranks."""
        mean = self._mean()
        mean = mean[np.isfinite(mean)]
        return Sparkline(sparkline(mean), INK) if len(mean) else None

    def names(self, *, alone: bool) -> list[legends.Entry]:
        """Return the mean and each rank, for a picture that stands alone."""
        if not alone or undrawable(self.spread.rows):
            return []
        ranks = zip(self.spread.names, self._colors(), strict=True)
        return [legends.Entry("mean", INK), *(legends.Entry(*rank) for rank in ranks)]

    def _line(self, axes: Axes, values: FloatArray, look: dict[str, Any]) -> None:
        """Draw one line through its finite points; a dot for a single point."""
        places = _drawn_places(values)
        marker = "o" if len(places) == 1 else ""
        axes.plot(self.spread.steps[places], values[places], marker=marker, markersize=4.5, **look)

    def _colors(self) -> list[str]:
        few = len(self.styles) <= _MAX_COLORED
        return [
            style.color if few or index == self.marked else _PALE
            for index, style in enumerate(self.styles)
        ]

    def _mean(self) -> FloatArray:
        finite = self._finite()
        huge = bool(finite.count()) and float(np.abs(finite).max()) > 1e300
        scale = float(len(finite)) if huge else 1.0  # so that no sum overflows
        mean: FloatArray = ((finite / scale).mean(axis=0) * scale).filled(np.nan)
        return mean

    def _band(self) -> tuple[FloatArray, FloatArray]:
        finite = self._finite()
        return finite.min(axis=0).filled(np.nan), finite.max(axis=0).filled(np.nan)

    def _finite(self) -> np.ma.MaskedArray[tuple[int, int], np.dtype[np.float64]]:
        return np.ma.masked_invalid(self.spread.rows)


def _drawn_places(values: FloatArray) -> IntArray:
    """Return which points of a line are drawn: its extremes, its first and its last among them."""
    finite = np.flatnonzero(np.isfinite(values))
    places: IntArray = finite[decimate(values[finite], _MAX_POINTS)]
    return places


def prepare(
    title: str, scalars: pd.DataFrame, names: Sequence[str], styles: Mapping[str, RunStyle]
) -> RanksChart:
    """Return a chart of one metric.

    Args:
        title: its heading.
        scalars: rows of the scalars frame of one tag.
        names: of the ranks' runs.
        styles: by run name.
    """
    spread = ranks.spread(scalars, list(names))
    marked, finding = spread.outlier(), "No rank is an outlier."
    if marked is not None:
        medians = spread.middles()
        others = float(np.median(np.delete(medians, marked)))
        finding = (
            f"{spread.names[marked]} is an outlier: its median is "
            f"{wording.number(medians[marked], 3)}, that of the others {wording.number(others, 3)}."
        )
    return _chart(title, spread, styles, "", marked, finding)


def prepare_speed(
    title: str, scalars: pd.DataFrame, names: Sequence[str], styles: Mapping[str, RunStyle]
) -> RanksChart:
    """Return a chart of steps per second, from the wall times of one tag, with the straggler.

    Args:
        title: its heading.
        scalars: rows of the scalars frame of one tag that every rank logs.
        names: of the ranks' runs.
        styles: by run name.
    """
    times = ranks.spread(scalars, list(names), "wall_time")
    rates, slowest = ranks.overall(times), ranks.straggler(times)
    finding = "The wall times do not show how fast a rank is."
    if np.isfinite(rates).all() and len(rates):
        middle = _pace(float(np.median(rates)))
        finding = f"All ranks are equally fast: {middle}."
        if slowest is not None:
            name, pace = times.names[slowest], _pace(rates[slowest])
            finding = f"{name} is the straggler: {pace}; the median of all is {middle}."
    spread = Spread(times.names, times.steps[1:], ranks.speeds(times), times.partial)
    return _chart(title, spread, styles, _SPEED, slowest, finding)


def _pace(rate: float) -> str:
    """Return steps per second, and the time of a step, in words."""
    return f"{wording.number(rate, 3)} steps a second ({_seconds(1 / rate)} a step)"


def _seconds(seconds: float) -> str:
    if seconds < 1:
        return f"{wording.number(seconds * 1000, 3)} ms"
    return f"{wording.number(seconds, 3)} s" if seconds < 60 else wording.duration(seconds)


def _chart(
    title: str,
    spread: Spread,
    styles: Mapping[str, RunStyle],
    unit: str,
    marked: int | None,
    finding: str,
) -> RanksChart:
    run_styles = tuple(styles[name] for name in spread.names)
    return RanksChart(title, spread, run_styles, unit, -1 if marked is None else marked, finding)
