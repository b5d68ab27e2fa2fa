"""Scatter: the metric by each parameter, in small panels side by side."""

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
_MAX_POWERS = 3  # intervals between powers of ten, whose texts are up to 45 pixels wide


@dataclass(frozen=True, slots=True)
class ScatterChart(StudyChart):
    """The metric's value of each run of a study, by each parameter that differs."""

    kind: ClassVar[str] = "scatter"

    def caption(self) -> str:
        """Return what a point is, what is left out, and what the parameters explain."""
        bad = int((~np.isfinite(self.study.reached)).sum())
        logged, drawn = len(self.study.parameters), len(self.shown())
        shares = [
            f"{parameter.name} {100 * parameter.importance.explained:.0f} %"
            for parameter in self.shown()
            if parameter.importance.matters
        ]
        sentences = [
            f"One point a run, its {self.study.metric} by each parameter.",
            f"{drawn} of {logged} parameters that differ." if drawn < logged else "",
            scales(self.shown()),
            f"{wording.count(bad, 'run')} without a finite value." if bad else "",
            f"Variance explained: {', '.join(shares)}." if shares else "",
        ]
        return " ".join(filter(None, sentences))

    def alt(self) -> str:
        """Return the range of the metric, the best run, and the caption."""
        reached, best = self.study.reached, self.study.best
        finite = reached[np.isfinite(reached)]
        text = ""
        if len(finite):
            ends = wording.number(float(finite.min())), wording.number(float(finite.max()))
            text = f", from {ends[0]} to {ends[1]}"
        if best is not None:
            text += f", best in {self.study.groups[best]}"
        return f"Scatter of {self.study.metric} by parameter{text}. {self.caption()}"

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002
        """Return the figure: two panels a row, all with the same y axis."""
        shown = self.shown()
        rows = max(1, -(-len(shown) // 2))
        height = rows * _ROW + 12
        with styled():
            figure = Figure(figsize=(_WIDTH / PIXELS_PER_INCH, height / PIXELS_PER_INCH))
            wide = (_WIDTH - _LEFT - _GAP - 16) / 2
            first: Axes | None = None
            for index, parameter in enumerate(shown):
                row, column = divmod(index, 2)
                left = _LEFT + column * (wide + _GAP)
                bottom = height - (row + 1) * _ROW + 44
                box = left / _WIDTH, bottom / height, wide / _WIDTH, (_ROW - 56) / height
                axes = figure.add_axes(box, sharey=first)
                first = first or axes
                self._panel(axes, parameter, index, named=column == 0)
        return figure

    def _panel(self, axes: Axes, parameter: Parameter, number: int, *, named: bool) -> None:
        _along(axes, parameter)
        plain(axes.yaxis, 4)
        reason = undrawable(parameter.places) or undrawable(self.study.reached)
        if reason:
            say(axes, reason)
        for index, group in enumerate(self.study.groups):
            place, value = parameter.places[index], self.study.reached[index]
            if not reason and np.isfinite(place) and np.isfinite(value):
                color = self.styles[group].color
                gid = Gid(f"point-{number + 1}-{index + 1}", group, parameter.name)
                axes.plot(place, value, "o", color=color, markersize=5, alpha=0.85, gid=gid)
        axes.margins(x=0.12, y=0.12)
        axes.set_xlabel(short(parameter.axis, _LONGEST_NAME), color=INK)
        axes.tick_params(labelleft=named)
        if named:
            axes.set_ylabel(short(self.study.metric, 20))


def _along(axes: Axes, parameter: Parameter) -> None:
    """Set up the x axis: numbers, powers of ten where the places are logarithms, or words."""
    if parameter.labels:
        axes.xaxis.set_major_locator(FixedLocator(range(len(parameter.labels))))
        axes.set_xticks(range(len(parameter.labels)), [short(text, 9) for text in parameter.labels])
        return
    plain(axes.xaxis, 4)
    if parameter.log:
        finite = parameter.places[np.isfinite(parameter.places)]
        low, high = np.floor(finite.min()), np.ceil(finite.max())
        powers = np.arange(low, high + 1, max(1, np.ceil((high - low) / _MAX_POWERS)))
        axes.xaxis.set_major_locator(FixedLocator(powers.tolist()))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda place, _: parameter.text(place)))


def prepare(title: str, study: Study, styles: Mapping[str, RunStyle]) -> ScatterChart:
    """Return a chart of a study.

    Args:
        title: its heading.
        study: with at least one parameter that differs.
        styles: by run group.
    """
    return ScatterChart(title, study, {group: styles[group] for group in study.groups})
