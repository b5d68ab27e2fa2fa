"""Group curves: the centre of each seed group, its seeds and their range, over steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis.evenly import evenly, sparkline
from reportgen.analysis.groups.aggregation import Band, Centre
from reportgen.analysis.groups.seed_groups import SeedGroup
from reportgen.analysis.x_axis import Axis
from reportgen.arrays import FloatArray, IntArray
from reportgen.figures.canvas.figure_size import FigureSize
from reportgen.figures.canvas.limits import outside, robust
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.chart import Chart, Sparkline
from reportgen.figures.curves.series import Series, StepCurves, Weight
from reportgen.figures.groups.aligned_line import MAX_TOLD, MIN_SEEDS_OF_QUANTILES, aligned_line
from reportgen.figures.groups.group_curve_figure import draw_group_curves
from reportgen.figures.groups.group_line import MAX_FULL, GroupLine
from reportgen.figures.groups.group_series import group_series
from reportgen.figures.mark import Mark

_MAX_ALIGNED = 2_000  # points of a series that are interpolated
_CENTRE_NAMES: Mapping[Centre, str] = {
    "median": "median",
    "mean": "mean",
    "iqm": "interquartile mean",
}
_BAND_NAMES: Mapping[Band, str] = {"range": "range", "quantiles": "10 to 90 %"}


@dataclass(frozen=True, slots=True)
class GroupCurvesChart(Chart):
    """The curves of one metric, a strong line a seed group.

    Attributes:
        tag: as logged.
        direction: the better one, "up", "down" or "".
        centre: what the strong line is.
        band: what is shaded.
        lines: of each group, the best group first.
        limits: of the y axis where some values lie far outside; None where all are in view.
        outliers: how many values lie outside.
        is_thinned: whether only some points of each series are used.
        wide: whether it takes the page's whole width.
        marks: of findings about seeds.
    """

    kind: ClassVar[str] = "group_curves"
    tag: str
    direction: str
    centre: Centre
    band: Band
    lines: tuple[GroupLine, ...]
    limits: tuple[float, float] | None = None
    outliers: int = 0
    is_thinned: bool = False
    wide: bool = True
    marks: tuple[Mark, ...] = ()

    @property
    def centre_name(self) -> str:
        """What the strong line is, in words."""
        return _CENTRE_NAMES[self.centre]

    @property
    def _has_seeds(self) -> bool:
        """Whether any line stands for several series."""
        return any(line.size > 1 for line in self.lines)

    def subtitle(self) -> str:
        """Return the tag, what lines and shade are, and the better direction."""
        band = _BAND_NAMES.get(self.band, self.band)
        better = {"up": "higher is better", "down": "lower is better"}.get(self.direction, "")
        drawn = f"{self.centre_name} bold, seeds thin, {band} shaded" if self._has_seeds else ""
        parts = [self.tag, drawn, better]
        return " · ".join(filter(None, parts))

    def caption(self) -> str:
        """Return where seeds are missing, and what is left out."""
        if not self.lines:
            return "No group has a finite value."
        plain = len(self.lines) - MAX_FULL
        parts = [
            *self._changes(),
            f"Only the first {MAX_FULL} of {len(self.lines)} groups have their seeds and colours."
            if plain > 0
            else "",
            f"{wording.count(self.outliers, 'value')} far outside the axis."
            if self.outliers
            else "",
            f"At most {_MAX_ALIGNED:,} points of each seed are used." if self.is_thinned else "",
        ]
        return " ".join(filter(None, parts))

    def _changes(self) -> list[str]:
        """Return a sentence on each group of which fewer seeds reach a part of the axis."""
        changed = [line for line in self.lines if len(line.pieces()) > 1]
        sentences = []
        for line in changed[:MAX_TOLD]:
            parts = [
                f"{wording.count(int(line.count[start]), 'seed')} from step "
                f"{int(line.steps[start]):,}"
                for start, _ in line.pieces()
            ]
            sentences.append(f"{wording.clipped(line.name)} has {', '.join(parts)}.")
        if changed:
            sentences.append("Dashed: fewer seeds than the group has.")
        hidden = len(changed) - MAX_TOLD
        if hidden > 0:
            further = wording.count(hidden, "more group")
            sentences.insert(-1, f"The number of seeds changes in {further}.")
        return sentences

    def alt(self) -> str:
        """Return the first and the last value of each group's line, and the range of its seeds."""
        texts = [
            f"{line.name} ({wording.count(line.size, 'seed')}) goes from "
            f"{wording.number(float(line.centre[0]))} to {wording.number(float(line.centre[-1]))}, "
            f"seeds {wording.number(float(line.low[-1]))} to {wording.number(float(line.high[-1]))}"
            for line in self.lines[:MAX_FULL]
        ]
        hidden = len(self.lines) - len(texts)
        rest = f"; and {wording.count(hidden, 'more group')}" if hidden > 0 else ""
        return (
            f"{self.tag} over steps, {self.centre_name} of each group: "
            f"{'; '.join(texts) or 'nothing'}{rest}."
        )

    def data(self) -> pd.DataFrame:
        """Return the drawn points of each group's line, with how many seeds reach the step."""
        names = ["group", "step", self.centre, "low", "high", "seeds"]
        if not self.lines:
            return pd.DataFrame(columns=names)
        columns = [
            pd.Index([line.name for line in self.lines]).repeat(
                [len(line.steps) for line in self.lines]
            ),
            *(
                np.concatenate([getattr(line, name) for line in self.lines])
                for name in ("steps", "centre", "low", "high", "count")
            ),
        ]
        return pd.DataFrame(dict(zip(names, columns, strict=True)))

    def figure_size(self) -> FigureSize:
        """Return how wide the figure is on a page."""
        return FigureSize.KEY if self.wide else FigureSize.HALF

    def sparkline(self) -> Sparkline | None:
        """Return the centre of the first group."""
        if not self.lines:
            return None
        line = self.lines[0]
        return Sparkline(sparkline(line.centre[np.isfinite(line.centre)]), line.color)

    def line_groups(self) -> tuple[str, ...]:
        """Return the group of each strong line and the run of each seed's, see `group_series`."""
        return tuple(series.group for series in self._series())

    def page_curves(self) -> StepCurves:
        """Return the strong lines, which can be read, and the seeds."""
        series = self._series()
        readable = sum(line.weight is Weight.STRONG for line in series)
        key: tuple[tuple[str, str], ...] = (
            ("strong", f"{self.centre_name} of the seeds"),
            ("light", "one seed"),
            ("range", f"{_BAND_NAMES.get(self.band, self.band)} of the seeds"),
        )
        shown = key if self._has_seeds else ()
        return StepCurves(series, Axis(), weight=0.0, best=-1, readable=readable, key=shown)

    def _series(self) -> tuple[Series, ...]:
        return group_series(self.lines[:MAX_FULL], self.tag)

    def with_marks(self, marks: Sequence[Mark]) -> GroupCurvesChart:
        """Return the chart with the marks of findings about its seeds."""
        return replace(self, marks=tuple(marks))

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002  # labels name lines
        """Return the figure; strong lines have the ids line-1, ..., then seeds."""
        return draw_group_curves(
            self.lines,
            self.limits,
            value=self.centre_name,
            size=self.figure_size().pixels,
            marked=(self._series(), self.marks),
        )


def prepare(
    title: str,
    scalars: pd.DataFrame,
    groups: Sequence[SeedGroup],
    styles: Mapping[str, RunStyle],
    centre: Centre = "median",
    *,
    wide: bool = True,
) -> GroupCurvesChart:
    """Return the chart of one tag.

    Args:
        title: its heading.
        scalars: annotated rows of one metric and split.
        groups: seed groups and lone runs, the best first.
        styles: by run group.
        centre: what the strong line is.
        wide: whether it takes the page's whole width.
    """
    by_run: dict[str, list[tuple[IntArray, FloatArray]]] = {}
    is_thinned = False
    for (group, _), rows in scalars.groupby(["group", "run"], sort=False, observed=True):
        finite = rows[np.isfinite(rows["value"].to_numpy())]
        places = evenly(len(finite), _MAX_ALIGNED) if len(finite) else np.empty(0, np.int64)
        is_thinned |= len(places) < len(finite)
        series = finite["step"].to_numpy()[places], finite["value"].to_numpy(float)[places]
        by_run.setdefault(str(group), []).append(series)
    sizes = [sum(len(by_run.get(run, ())) for run in group.runs) for group in groups]
    band: Band = "range" if min(sizes, default=0) < MIN_SEEDS_OF_QUANTILES else "quantiles"
    lines = [aligned_line(group, by_run, styles, centre, band) for group in groups]
    drawn = tuple(line for line in lines if len(line.steps))
    seeds = [seed for line in drawn for seed in line.seeds]
    together = np.concatenate([np.empty(0), *(seed.numbers for seed in seeds)])
    limits = robust([seed.numbers for seed in seeds], together, log=False)
    return GroupCurvesChart(
        title,
        tag=_common(scalars, "tag") or title,
        direction=_common(scalars, "direction"),
        centre=centre,
        band=band,
        lines=drawn,
        limits=limits,
        outliers=outside(together, limits) if limits else 0,
        is_thinned=is_thinned,
        wide=wide,
    )


def _common(rows: pd.DataFrame, column: str) -> str:
    """Return the values of a column, joined; "" without a row."""
    return ", ".join(map(str, dict.fromkeys(rows[column]))) if len(rows) else ""
