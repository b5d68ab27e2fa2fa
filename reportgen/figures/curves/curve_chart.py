"""Curve chart: the curves of one metric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis.evenly import sparkline
from reportgen.analysis.x_axis import Axis
from reportgen.figures.canvas import legend as legends
from reportgen.figures.canvas.figure_size import FigureSize
from reportgen.figures.canvas.limits import undrawable
from reportgen.figures.canvas.style import styled
from reportgen.figures.chart import DROPPED_LAST, Chart, Sparkline
from reportgen.figures.curves import curve_text, looks
from reportgen.figures.curves.curve_figure import curve_figure, is_labelled
from reportgen.figures.curves.curve_table import curve_table
from reportgen.figures.curves.series import Series, StepCurves
from reportgen.figures.curves.small_multiple import last_text, small_multiple
from reportgen.figures.mark import Mark
from reportgen.figures.text_table import TextTable
from reportgen.series.smoothing import Smoothing

_LETTER = 7  # pixels of a letter of the subtitle
_LOW_HEIGHT = 230  # pixels of a key figure of one run
_MAX_NAMES = 12


@dataclass(frozen=True, slots=True)
class CurveChart(Chart):
    """A metric's curves, ready to be drawn.

    Attributes:
        limits: of the y axis where some values lie far outside or the scale is logarithmic; None
            where all are in view.
        outliers: how many of the values that were read lie outside.
        sketched: whether only some values of some series were read, so that more may lie outside.
        unscaled: how many values have no place on the logarithmic scale.
        short_names: of each run group, for labels.
        size: of the figure.
        marks: of findings.
        best_kind: which values the best one stands for, such as "best 3 evaluations in a row"; ""
            where it is a single one.
    """

    kind: ClassVar[str] = "curves"
    direction: str
    smoothing: Smoothing
    log_y: bool
    series: tuple[Series, ...]
    axis: Axis = field(default_factory=Axis)
    limits: tuple[float, float] | None = None
    outliers: int = 0
    unscaled: int = 0
    sketched: bool = False
    short_names: Mapping[str, str] = field(default_factory=dict)
    size: FigureSize = FigureSize.HALF
    marks: tuple[Mark, ...] = ()
    best_kind: str = ""

    def subtitle(self) -> str:
        """Return the tags and how each is drawn, the better direction, the scale, smoothing."""
        return curve_text.subtitle(
            self.series, self.direction, self.smoothing, self.axis, log_y=self.log_y
        )

    def caption(self) -> str:
        """Return what is unusual: a cut axis, values left out, lines that look alike."""
        return curve_text.caption(self.series, self.axis, self._left_out())

    def _left_out(self) -> list[str]:
        return [
            self._cut_text() if self.outliers else "",
            f"{wording.count(self.unscaled, 'value')} at or below 0 not on this scale."
            if self.unscaled
            else "",
        ]

    def _cut_text(self) -> str:
        """Return a sentence on the values outside the axis."""
        low, high = self.limits or (-np.inf, np.inf)
        lowest, highest = self.ends("raw")
        over, under = highest > high, lowest < low
        stops = " and ".join(
            wording.number(end, 3) for end, cut in ((low, under), (high, over)) if cut
        )
        values = f"{'at least ' * self.sketched}{wording.count(self.outliers, 'value')}"
        lies = "lies" if self.outliers == 1 else "lie"
        return f"The axis stops at {stops}; {values} {lies} beyond, at the arrows."

    def _best_text(self) -> str:
        best = self.best()
        if best is None:
            return ""
        value = wording.number(best.best)
        if not self.best_kind:
            return f"Best {value} at step {best.best_step:,} ({best.name})."
        place = f", about step {best.best_step:,}" if self.best_kind.startswith("best") else ""
        return f"Mean of the {self.best_kind}, at best {value}{place} ({best.name})."

    def alt(self) -> str:
        """Return first and last value of each line, the range of all, and the best value."""
        texts = [
            f"{line.name} goes from {wording.number(line.first)} to {wording.number(line.last)}"
            for line in self.series[:_MAX_NAMES]
        ]
        hidden = len(self.series) - len(texts)
        rest = f"; and {wording.count(hidden, 'more line')}" if hidden > 0 else ""
        over = {"step": "steps", "epoch": "epochs"}.get(self.axis.kind, "time")
        low, high = self.ends("raw")
        sentences = [
            f"{self.title} over {over}: {'; '.join(texts) or 'nothing'}{rest}.",
            f"All values lie between {wording.number(low)} and {wording.number(high)}."
            if low <= high
            else "",
            self._best_text(),
        ]
        return " ".join(filter(None, sentences))

    def data(self) -> pd.DataFrame:
        """Return the drawn points, a row each."""
        if not self.series:
            return pd.DataFrame(columns=["run", "split", "step", "value", "smoothed"])
        lengths = [len(line.steps) for line in self.series]
        table = pd.DataFrame(
            {
                "run": pd.Index([line.group for line in self.series]).repeat(lengths),
                "split": pd.Index([line.split for line in self.series]).repeat(lengths),
                "line": pd.Index([line.line for line in self.series]).repeat(lengths),
                "step": np.concatenate([line.steps for line in self.series]),
                "value": np.concatenate([line.raw for line in self.series]),
                "smoothed": np.concatenate([line.smoothed for line in self.series]),
            }
        )
        return table if any(line.line for line in self.series) else table.drop(columns="line")

    def priority(self) -> int:
        """Return how long the figure stays: metrics with a better direction stay the longest."""
        return DROPPED_LAST if self.direction else 80

    def line_groups(self) -> tuple[str, ...]:
        """Return the run group of each line."""
        return tuple(line.group for line in self.series)

    def step_curves(self) -> StepCurves:
        """Return the curves with what the chart knows of them."""
        best = self.best()
        return StepCurves(
            series=self.series,
            axis=self.axis,
            weight=self._weight(),
            best=next((index for index, line in enumerate(self.series) if line is best), -1),
        )

    def sparkline(self) -> Sparkline | None:
        """Return the first line, as it is smoothed."""
        if not self.series:
            return None
        line = self.series[0]
        return Sparkline(sparkline(line.smoothed), line.style.color)

    def text_table(self, order: Mapping[str, int]) -> TextTable:
        """Return the first and the last value of each line, the best runs first."""
        return curve_table(self.series, order)

    def _weight(self) -> float | None:
        """Return the weight of TensorBoard's smoothing by which all lines are drawn; or None."""
        if self.smoothing.method in ("off", "tb"):
            return self.smoothing.parameter
        return None if any(line.is_smoothed for line in self.series) else 0.0

    def draw(self, *, legend: bool | None = False) -> Figure:
        """Return the figure; a small multiple has no labels, marks nor legend."""
        small = self.size is FigureSize.SMALL
        with styled():
            figure = small_multiple(self) if small else curve_figure(self)
            if legend is not None:
                legends.add(figure, self.names(alone=legend))
        return figure

    def names(self, *, alone: bool) -> list[legends.Entry]:
        """Return names of the lines where no label has them, and how lines are drawn."""
        named = [] if is_labelled(self) else looks.entries(self.series, alone=alone)
        entries = named if len(named) > 1 and self.size is not FigureSize.SMALL else []
        subtitle = self.subtitle() if alone else ""
        if not subtitle:
            return entries
        return [legends.Entry(subtitle, "", longest=self.pixels[0] // _LETTER), *entries]

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the figure in CSS pixels."""
        width, height = self.size.pixels
        few = self.size is FigureSize.KEY and len({line.group for line in self.series}) == 1
        return (width, _LOW_HEIGHT) if few else (width, height)

    def figure_size(self) -> FigureSize:
        """Return how wide the figure is on a page."""
        return self.size

    def last_text(self) -> str:
        """Return the last value of a small multiple, shown beside its title."""
        return last_text(self) if self.size is FigureSize.SMALL else ""

    def with_marks(self, marks: Sequence[Mark]) -> CurveChart:
        """Return the chart with the marks of findings about its lines."""
        return replace(self, marks=tuple(marks))

    def sized(self, size: FigureSize) -> CurveChart:
        """Return the chart in another size."""
        return replace(self, size=size)

    def undrawable(self) -> str:
        """Return why there are no lines; "" where there are."""
        reason = undrawable(np.array(self.ends("raw")))
        return "" if self.log_y and self.limits else reason

    def ends(self, name: str) -> tuple[float, float]:
        """Return the lowest and the highest value that is drawn; inf and -inf without any."""
        arrays = [getattr(line, name) for line in self.series if len(line.steps)]
        return (
            min((float(values.min()) for values in arrays), default=np.inf),
            max((float(values.max()) for values in arrays), default=-np.inf),
        )

    def best(self) -> Series | None:
        """Return the line with the best value, among held-out data where there is any."""
        candidates = [line for line in self.series if not np.isnan(line.best)]
        held_out = [line for line in candidates if line.split in ("validation", "test")]
        if not candidates:
            return None
        choose = max if self.direction == "up" else min
        return choose(held_out or candidates, key=lambda line: line.best)
