"""Scatter: the metric by each parameter, small pictures side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter

from reportgen import wording
from reportgen.analysis.parameters import Parameter, Study, scales
from reportgen.figures.canvas.fitted_names import short
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.limits import say, undrawable
from reportgen.figures.canvas.style import INK, PIXELS_PER_INCH, RunStyle, styled
from reportgen.figures.canvas.ticks import plain
from reportgen.figures.hparams.study_chart import StudyChart

_WIDTH, _ROW, _LEFT, _GAP = 440, 170, 56, 28  # pixels
_LONGEST_NAME = 26
_MOST_POWERS = 3  # intervals between powers of ten, whose texts are up to 45 pixels wide


@dataclass(frozen=True, slots=True)
class ScatterChart(StudyChart):
    """What the runs of a study reached, by each parameter that differs."""

    kind: ClassVar[str] = "scatter"

    def caption(self) -> str:
        """What a point is, what is left out, how strongly each parameter goes with the metric."""
        bad = int((~np.isfinite(self.study.reached)).sum())
        logged, drawn = len(self.study.parameters), len(self.shown())
        told = [
            f"{one.name} {wording.number(one.correlation, 2)}"
            for one in self.shown()
            if np.isfinite(one.correlation)
        ]
        sentences = [
            f"One point a run, its {self.study.metric} by each parameter.",
            f"{drawn} of {logged} parameters that differ." if drawn < logged else "",
            scales(self.shown()),
            f"{wording.count(bad, 'run')} without a finite value." if bad else "",
            f"Rank correlation: {', '.join(told)}." if told else "",
        ]
        return " ".join(filter(None, sentences))

    def alt(self) -> str:
        """The range of the metric, its best run, and the caption."""
        reached, best = self.study.reached, self.study.best
        finite = reached[np.isfinite(reached)]
        told = ""
        if len(finite):
            ends = wording.number(float(finite.min())), wording.number(float(finite.max()))
            told = f", from {ends[0]} to {ends[1]}"
        if best is not None:
            told += f", best in {self.study.groups[best]}"
        return f"Scatter of {self.study.metric} by parameter{told}. {self.caption()}"

    def draw(self, *, legend: bool = False) -> Figure:  # noqa: ARG002
        """The figure: two pictures a row, all with the same y axis."""
        shown = self.shown()
        rows = max(1, -(-len(shown) // 2))
        height = rows * _ROW + 12
        with styled():
            figure = Figure(figsize=(_WIDTH / PIXELS_PER_INCH, height / PIXELS_PER_INCH))
            wide = (_WIDTH - _LEFT - _GAP - 16) / 2
            first: Axes | None = None
            for index, one in enumerate(shown):
                row, column = divmod(index, 2)
                left = _LEFT + column * (wide + _GAP)
                bottom = height - (row + 1) * _ROW + 44
                box = left / _WIDTH, bottom / height, wide / _WIDTH, (_ROW - 56) / height
                axes = figure.add_axes(box, sharey=first)
                first = first or axes
                self._panel(axes, one, index, named=column == 0)
        return figure

    def _panel(self, axes: Axes, one: Parameter, number: int, *, named: bool) -> None:
        _along(axes, one)
        plain(axes.yaxis, 4)
        reason = undrawable(one.places) or undrawable(self.study.reached)
        if reason:
            say(axes, reason)
        for index, group in enumerate(self.study.groups):
            place, value = one.places[index], self.study.reached[index]
            if not reason and np.isfinite(place) and np.isfinite(value):
                color = self.styles[group].color
                gid = Gid(f"point-{number + 1}-{index + 1}", group, one.name)
                axes.plot(place, value, "o", color=color, markersize=5, alpha=0.85, gid=gid)
        axes.margins(x=0.12, y=0.12)
        axes.set_xlabel(short(one.axis, _LONGEST_NAME), color=INK)
        axes.tick_params(labelleft=named)
        if named:
            axes.set_ylabel(short(self.study.metric, 20))


def _along(axes: Axes, one: Parameter) -> None:
    """The x axis: numbers, whole powers of ten where places are logarithms, or words."""
    if one.labels:
        axes.xaxis.set_major_locator(FixedLocator(range(len(one.labels))))
        axes.set_xticks(range(len(one.labels)), [short(text, 9) for text in one.labels])
        return
    plain(axes.xaxis, 4)
    if one.log:
        finite = one.places[np.isfinite(one.places)]
        low, high = np.floor(finite.min()), np.ceil(finite.max())
        powers = np.arange(low, high + 1, max(1, np.ceil((high - low) / _MOST_POWERS)))
        axes.xaxis.set_major_locator(FixedLocator(powers.tolist()))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda place, _: one.text(place)))


def prepare(title: str, study: Study, styles: Mapping[str, RunStyle]) -> ScatterChart:
    """A chart of a study.

    Args:
        title: its heading.
        study: with at least one parameter that differs.
        styles: by run group.
    """
    return ScatterChart(title, study, {group: styles[group] for group in study.groups})
