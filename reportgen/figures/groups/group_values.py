"""Group values: the value that ranks each run, by seed group, with the mean's interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis.groups.group_results import GroupResult
from reportgen.arrays import FloatArray
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.limits import say, undrawable
from reportgen.figures.canvas.style import RunStyle, styled
from reportgen.figures.chart import Chart
from reportgen.figures.groups.group_rows import MAX_ROWS, POINT, new_rows, row_limits

_MAX_TEXTS = 8
_BACKGROUND = "#ffffff"


@dataclass(frozen=True, slots=True)
class GroupValuesChart(Chart):
    """All values of a metric, a row a group and a dot a seed.

    Attributes:
        tag: as logged.
        direction: the better one, "up" or "down".
        value: which value of a run, in words: "last 5 evaluations".
        results: the best group first.
        colors: "#rrggbb" of each group, in this order.
        wide: whether it takes the page's whole width.
    """

    kind: ClassVar[str] = "group_values"
    tag: str
    direction: str
    value: str
    results: tuple[GroupResult, ...]
    colors: tuple[str, ...]
    wide: bool = False

    def subtitle(self) -> str:
        """Return which values are shown, what a dot and a line are, and the better direction."""
        better = {"up": "higher is better", "down": "lower is better"}.get(self.direction, "")
        shown = f"{self.tag}, {self.value}" if self.value else self.tag
        return " · ".join(
            filter(None, [shown, "a ring a seed, mean and its 95 % interval", better])
        )

    def caption(self) -> str:
        """Return which intervals are missing or cut, and what is left out."""
        if not self.results:
            return "No group has a finite value."
        lone = [result.name for result in self.shown() if len(result.values) == 1]
        cut = [self._interval_text(result) for result in self.shown() if self._is_cut(result)]
        missing = sum(result.runs - len(result.values) for result in self.results)
        parts = [
            f"No interval for one seed: {wording.listing(lone)}." if lone else "",
            f"Longer than the axis: {wording.listing(cut)}." if cut else "",
            f"{wording.count(missing, 'run')} left out, without a value that has a mean."
            if missing
            else "",
            f"The first {MAX_ROWS} of {len(self.results)} groups."
            if len(self.results) > MAX_ROWS
            else "",
        ]
        return " ".join(filter(None, parts))

    def shown(self) -> tuple[GroupResult, ...]:
        """Return the groups that have a row."""
        return self.results[:MAX_ROWS]

    def alt(self) -> str:
        """Return the mean of each group, with its interval and the number of its seeds."""
        texts = [
            f"{result.name} {wording.number(result.mean)}"
            f"{self._between(result)}, {wording.count(len(result.values), 'seed')}"
            for result in self.results[:_MAX_TEXTS]
        ]
        hidden = len(self.results) - len(texts)
        rest = f"; and {wording.count(hidden, 'more group')}" if hidden > 0 else ""
        return f"{self.tag} by group, mean: {'; '.join(texts) or 'nothing'}{rest}."

    def data(self) -> pd.DataFrame:
        """Return group, run and value of each dot."""
        rows = [
            (result.name, run, value)
            for result in self.results
            for run, value in zip(result.members, result.values, strict=True)
        ]
        return pd.DataFrame(rows, columns=["group", "run", self.tag])

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002  # rows have names
        """Return the figure; dots have the ids point-1-1, ..., intervals interval-1, ..."""
        with styled():
            figure, axes = new_rows(
                [result.name for result in self.shown()], 932 if self.wide else 452
            )
            values = self._values()
            reason = undrawable(values)
            if reason:
                say(axes, reason)
                return figure
            axes.set_xlim(*self._limits())
            for row, (result, color) in enumerate(
                zip(self.shown(), self.colors, strict=False), start=1
            ):
                _row(axes, result, color, row)
            axes.set_xlabel(self.tag)
        return figure

    def _values(self) -> FloatArray:
        return np.concatenate([np.empty(0), *map(_values_of, self.shown())])

    def _limits(self) -> tuple[float, float]:
        edges = np.array([result.interval for result in self.shown()], float)
        return row_limits(self._values(), edges)

    def _is_cut(self, result: GroupResult) -> bool:
        low, high = self._limits()
        first, last = result.interval
        return first < low or last > high

    def _interval_text(self, result: GroupResult) -> str:
        return f"{wording.clipped(result.name)}{self._between(result)}"

    @staticmethod
    def _between(result: GroupResult) -> str:
        if len(result.values) < 2:
            return ""
        low, high = map(wording.number, result.interval)
        return f" ({low} to {high})"


def _values_of(result: GroupResult) -> FloatArray:
    return np.asarray(result.values, float)  # no frame


def _row(axes: Axes, result: GroupResult, color: str, row: int) -> None:
    y = 1 - row
    if len(result.values) > 1:
        ends = list(result.interval)
        axes.plot(
            ends,
            [y, y],
            color=color,
            linewidth=1.4 * POINT,
            marker="|",
            markersize=8 * POINT,
            gid=f"interval-{row}",
        )
    for place, (run, value) in enumerate(zip(result.members, result.values, strict=True), start=1):
        axes.plot(
            value,
            y,
            "o",
            markersize=6.5 * POINT,
            markerfacecolor=_BACKGROUND,
            markeredgecolor=color,
            markeredgewidth=1.2 * POINT,
            gid=Gid(f"point-{row}-{place}", run),
        )
    axes.plot(result.mean, y, "o", markersize=8.5 * POINT, color=color, gid=f"mean-{row}")


def prepare(
    title: str,
    tag: str,
    direction: str,
    value: str,
    results: Sequence[GroupResult],
    styles: Mapping[str, RunStyle],
    *,
    wide: bool = False,
) -> GroupValuesChart:
    """Return the chart of one metric.

    Args:
        title: its heading.
        tag: as logged.
        direction: the better one, "up" or "down".
        value: which value of a run, in words.
        results: the best group first.
        styles: by run group.
        wide: whether it takes the page's whole width.
    """
    colors = tuple(styles[result.members[0]].color for result in results)
    return GroupValuesChart(title, tag, direction, value, tuple(results), colors, wide)
