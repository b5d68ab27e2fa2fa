"""Parallel coordinates: one line a run, across its parameters to its value of the metric."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis.parameters import Parameter, Study, scales
from reportgen.arrays import FloatArray, IntArray
from reportgen.figures.canvas.fitted_names import short
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.style import GREY, HAIRLINE, INK, SHARES, RunStyle, new_figure, styled
from reportgen.figures.hparams.study_chart import StudyChart

_MAX_LABELS = 8  # an axis
_LETTERS, _MIN_LETTERS = 66, 11  # of names across the figure, and of one name
_LONGEST_LABEL = 9
_MAX_PLAIN, _MAX_CURVED = 8, 200  # runs: with the colours of runs; with curved lines
_BOLD = 10  # runs, the best
_PALEST = 3  # of the colours of shares
_CURVE_POINTS = 12  # from axis to axis


@dataclass(frozen=True, slots=True)
class ParallelChart(StudyChart):
    """Runs of a study across its parameters, the metric on the last axis."""

    kind: ClassVar[str] = "parallel"

    def caption(self) -> str:
        """Return what is drawn, what is left out, and the best run."""
        drawn, logged = len(self.shown()), len(self.study.parameters)
        fixed, hidden = self.study.fixed, self.study.left_out
        best, bad = self.study.best, int((~np.isfinite(self.study.reached)).sum())
        sentences = [
            (
                f"One line a run, {wording.count(len(self.study.groups), 'run')}; on the right "
                f"{self.study.metric}{_better(self.study.direction)}."
            ),
            f"{drawn} of {wording.count(logged, 'parameter')} that differ, those with the "
            "strongest correlation."
            if drawn < logged
            else "",
            scales(self.shown()),
            f"{wording.count(bad, 'run')} without a finite value." if bad else "",
            f"The same in all runs: {wording.listing(fixed, 6)}." if fixed else "",
            f"Left out, as almost every run has a different value: {wording.listing(hidden)}."
            if hidden
            else "",
            f"Best, in bold: {self.study.groups[best]} with "
            f"{wording.number(self.study.reached[best])}."
            if best is not None
            else "",
        ]
        return " ".join(filter(None, sentences))

    def alt(self) -> str:
        """Return the best run with its parameters."""
        best = self.study.best
        text = ""
        if best is not None:
            values = [f"{parameter.name} {parameter.texts[best]}" for parameter in self.shown()]
            text = (
                f" The best run, {self.study.groups[best]}, has {', '.join(values)} and reaches "
                f"{wording.number(self.study.reached[best])}."
            )
        return f"Parallel coordinates of {len(self.study.groups)} runs.{text}"

    def line_groups(self) -> tuple[str, ...]:
        """Return the run group of each line."""
        return tuple(self.study.groups)

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002
        """Return the figure; each axis spans from its lowest to its highest value.

        The parameter that explains most stands next to the metric. Of many runs, lines have the
        colour of what they reached instead of their run's.
        """
        shown = self.shown()[::-1]
        heights = [_scaled(parameter.places) for parameter in shown] + [_scaled(self.study.reached)]
        across = np.arange(len(heights))
        best = self.study.best
        with styled():
            many = len(self.study.groups) > _MAX_PLAIN
            figure, axes = new_figure(932 if many else 440, 300)
            axes.set_position((0.045, 0.06, 0.91, 0.78) if many else (0.09, 0.06, 0.82, 0.78))
            axes.set_axis_off()
            axes.set_xlim(-0.05, max(across[-1], 1) + 0.05)
            axes.set_ylim(-0.06, 1.06)
            letters = _LETTERS * (1 + many)
            room = max(_MIN_LETTERS, int(letters / len(shown))) if shown else letters
            for place, parameter in enumerate(shown):
                _axis(axes, place, parameter.name, _labels(parameter), room)
            _axis(axes, len(shown), self.study.metric, _ends(self.study.reached), room)
            ranks = self._ranks()
            for index, group in enumerate(self.study.groups):
                x, y = across.astype(float), np.array([height[index] for height in heights])
                look: dict[str, Any] = {"gid": Gid(f"line-{index + 1}", group)}
                style = self.styles[group]
                look |= {"color": style.color, "linestyle": style.dash, "linewidth": 1.2}
                if many:
                    x, y = _curved(x, y) if len(self.study.groups) <= _MAX_CURVED else (x, y)
                    look |= _ramp(int(ranks[index]), len(ranks))
                elif index == best:
                    look["linewidth"] = 2.6
                axes.plot(x, y, **look)
        return figure

    def _ranks(self) -> IntArray:
        """Return the rank of each run (n,), the best 0; without a direction by the value."""
        sign = 1.0 if self.study.direction == "down" else -1.0
        reached = np.where(np.isfinite(self.study.reached), sign * self.study.reached, np.inf)
        return reached.argsort(kind="stable").argsort(kind="stable")


def _ramp(rank: int, count: int) -> dict[str, Any]:
    """Return the look of the line of a rank: from dark for the best to pale for the last."""
    colors = SHARES[_PALEST:]
    shade = colors[round((1 - rank / max(count - 1, 1)) * (len(colors) - 1))]
    bold = rank < _BOLD
    return {
        "color": shade,
        "linestyle": "-",
        "linewidth": 1.5 if bold else 0.7,
        "alpha": 1.0 if bold else 0.75,
        "zorder": 3 - rank / count,
    }


def _curved(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return places along a line that is level where it meets each axis."""
    share = np.linspace(0, 1, _CURVE_POINTS, endpoint=False)
    rise = share**2 * (3 - 2 * share)
    between_x = x[:-1, None] + share * np.diff(x)[:, None]
    between_y = y[:-1, None] + rise * np.diff(y)[:, None]
    return np.append(between_x.ravel(), x[-1]), np.append(between_y.ravel(), y[-1])


def _better(direction: str) -> str:
    return {"down": ", where lower is better", "up": ", where higher is better"}.get(direction, "")


def _scaled(places: FloatArray) -> FloatArray:
    """Return places from 0 (lowest) to 1 (highest); 0.5 for a single value, NaN for infinities."""
    finite = np.where(np.isfinite(places), places, np.nan)
    if not np.isfinite(finite).any():
        return finite
    low, high = np.nanmin(finite), np.nanmax(finite)
    scaled: FloatArray = finite / 2 - low / 2  # halves: the longest range there is would overflow
    return scaled / (high / 2 - low / 2) if high > low else scaled + 0.5


def _labels(parameter: Parameter) -> list[tuple[float, str]]:
    """Return height and text of an axis' labels: of all values if few, else of the ends."""
    places = sorted(set(parameter.places[np.isfinite(parameter.places)].tolist()))
    if len(places) > _MAX_LABELS or (np.diff(_scaled(np.array(places))) < 0.06).any():
        places = [places[0], places[-1]]
    heights = dict(zip(parameter.places.tolist(), _scaled(parameter.places).tolist(), strict=True))
    return [(heights[place], parameter.text(place)) for place in places]


def _ends(values: FloatArray) -> list[tuple[float, str]]:
    heights = _scaled(values)
    if not np.isfinite(heights).any():
        return []
    ends = {int(np.nanargmin(heights)), int(np.nanargmax(heights))}
    return [(float(heights[end]), wording.number(values[end], 3)) for end in sorted(ends)]


def _axis(axes: Axes, place: int, name: str, labels: list[tuple[float, str]], room: int) -> None:
    """Draw an upright axis, with `room` letters of its name above it, and its labels."""
    axes.plot([place, place], [0, 1], color=HAIRLINE, linewidth=1.2, zorder=1)
    axes.text(place, 1.12, short(name, room), ha="center", fontsize=8, color=INK)
    for height, text in labels:
        x, y = place - 0.04, height
        look = {"ha": "right", "va": "center"}
        if height in (0.0, 1.0):
            x, y = place, 1.03 if height else -0.03
            look = {"ha": "center", "va": "bottom" if height else "top"}
        # On a ground of its own, so that no line crosses the words.
        ground = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.8}
        shown = short(text, _LONGEST_LABEL)
        axes.text(x, y, shown, fontsize=8, color=GREY, zorder=4, bbox=ground, **look)  # type: ignore[arg-type]


def prepare(title: str, study: Study, styles: Mapping[str, RunStyle]) -> ParallelChart:
    """Return a chart of a study.

    Args:
        title: its heading.
        study: with at least one parameter that differs.
        styles: by run group.
    """
    return ParallelChart(title, study, {group: styles[group] for group in study.groups})
