"""What mattered: the metric by each parameter, those that explain most first, a panel each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, NullLocator

from reportgen import wording
from reportgen.analysis.importance import MIN_EXPLAINED
from reportgen.analysis.parameters import Parameter, Study
from reportgen.arrays import FloatArray
from reportgen.figures.canvas.fitted_names import short
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.limits import say, undrawable
from reportgen.figures.canvas.style import GREY, HAIRLINE, INK, PIXELS_PER_INCH, RunStyle, styled
from reportgen.figures.canvas.ticks import plain
from reportgen.figures.hparams.study_chart import StudyChart

_WIDTH, _LEFT, _GAP, _PANEL = 932, 48, 20, 130  # pixels; the panel's inner height
_HEAD, _FOOT = 56, 34  # pixels above and below a panel
_A_ROW, _MAX_PANELS = 5, 10
_CATEGORIES = 6  # so many different values or fewer stand at equal distances
_JITTER = 0.16  # of the distance
_TEXT, _SMALL = 7.92, 7.2  # points
_LETTER = 6.6  # pixels of a bold letter
_SHADE = "#0072b2"


@dataclass(frozen=True, slots=True)
class MatteredChart(StudyChart):
    """The metric's value of each run by each parameter, with the median of each bin."""

    kind: ClassVar[str] = "mattered"

    def shown(self) -> tuple[Parameter, ...]:
        """Return the parameters that are drawn: those that explain most."""
        return self.study.parameters[:_MAX_PANELS]

    def subtitle(self) -> str:
        """Return what points, lines and shades are."""
        return (
            f"{self.study.metric} by parameter, one dot a run · line: median of each bin · shaded: "
            "best bin · ordered by variance explained"
        )

    def caption(self) -> str:
        """Return which parameters matter, and what is left out."""
        strong = [parameter for parameter in self.shown() if parameter.importance.matters]
        sentences = [self._share_text(parameter) for parameter in strong]
        weak = [parameter.name for parameter in self.shown() if not parameter.importance.matters]
        bad = int((~np.isfinite(self.study.reached)).sum())
        logged, drawn = len(self.study.parameters), len(self.shown())
        sentences += [
            f"No effect shows of {wording.listing(weak, _MAX_PANELS)}." if weak else "",
            f"{drawn} of {logged} parameters that differ." if drawn < logged else "",
            f"{wording.count(bad, 'run')} without a finite value." if bad else "",
        ]
        return " ".join(filter(None, sentences))

    def _share_text(self, parameter: Parameter) -> str:
        best = parameter.best_range(self.study.direction)
        share = f"{100 * parameter.importance.explained:.0f} %"
        where = f", best at {best}" if best else ""
        return f"{parameter.name} explains {share} of the variance{where}."

    def alt(self) -> str:
        """Return the range of the metric and the caption."""
        reached = self.study.reached[np.isfinite(self.study.reached)]
        text = ""
        if len(reached):
            low, high = wording.number(float(reached.min())), wording.number(float(reached.max()))
            text = f", from {low} to {high}"
        return f"{self.study.metric} by parameter{text}. {self.caption()}"

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002
        """Return the figure: at most five panels a row, all with the same y axis."""
        shown = self.shown()
        rows = max(1, -(-len(shown) // _A_ROW))
        height = rows * (_HEAD + _PANEL + _FOOT)
        across = (_WIDTH - _LEFT - 8 - (_A_ROW - 1) * _GAP) / _A_ROW
        with styled():
            figure = Figure(figsize=(_WIDTH / PIXELS_PER_INCH, height / PIXELS_PER_INCH))
            first: Axes | None = None
            for index, parameter in enumerate(shown):
                row, column = divmod(index, _A_ROW)
                left = _LEFT + column * (across + _GAP)
                bottom = height - row * (_HEAD + _PANEL + _FOOT) - _HEAD - _PANEL
                box = left / _WIDTH, bottom / height, across / _WIDTH, _PANEL / height
                axes = figure.add_axes(box, sharey=first)
                first = first or axes
                axes.tick_params(labelleft=column == 0, labelsize=_TEXT)
                self._panel(axes, parameter, index)
                self._head(axes, parameter, across)
        return figure

    def _panel(self, axes: Axes, parameter: Parameter, number: int) -> None:
        places, ticks = _along(parameter)
        plain(axes.yaxis, 4)
        axes.grid(visible=False, axis="x")
        reason = undrawable(parameter.places) or undrawable(self.study.reached)
        if reason:
            say(axes, reason)
        values = self.study.reached
        drawn = np.isfinite(places) & np.isfinite(values)
        for index in np.flatnonzero(drawn) if not reason else ():
            group = self.study.groups[index]
            gid = Gid(f"point-{number + 1}-{index + 1}", group, parameter.name)
            look: dict[str, Any] = {"color": GREY, "markersize": 3, "alpha": 0.5, "gid": gid}
            axes.plot(places[index], values[index], "o", markeredgewidth=0, **look)
        weight = parameter.importance
        middles = [_middle(parameter, bar.low, bar.high) for bar in weight.bins]
        medians = [bar.median for bar in weight.bins]
        color = INK if weight.matters else GREY
        axes.plot(middles, medians, color=color, linewidth=1.2, marker="o", markersize=3)
        best = weight.best(self.study.direction)
        if best is not None and weight.matters:
            low, high = _edges(parameter, best.low, best.high)
            axes.axvspan(low, high, color=_SHADE, alpha=0.1, linewidth=0, zorder=0)
        axes.xaxis.set_major_locator(FixedLocator([place for place, _ in ticks]))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.set_xticks([place for place, _ in ticks], [text for _, text in ticks], fontsize=_TEXT)
        axes.margins(x=0.12, y=0.1)

    def _head(self, axes: Axes, parameter: Parameter, across: float) -> None:
        """Write name, share, a bar of the share, and where runs did best, above a panel."""
        weight = parameter.importance
        share = 0.0 if np.isnan(weight.explained) else weight.explained
        least = f"below {100 * MIN_EXPLAINED:.0f} %"
        text = least if share < MIN_EXPLAINED else f"{100 * share:.0f} %"
        best = parameter.best_range(self.study.direction)
        below = (f"best {best}" if best else "") if weight.matters else "no effect that shows"
        room = max(6, int(across / _LETTER) - len(text) - 1)
        look: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points"}
        look |= {"annotation_clip": False, "va": "baseline"}
        point = 72 / PIXELS_PER_INCH
        high, low = (0.0, 40 * point), (0.0, 14 * point)
        name = short(parameter.axis, room)
        axes.annotate(name, (0, 1), high, fontsize=_TEXT, fontweight="bold", color=INK, **look)
        axes.annotate(text, (1, 1), high, fontsize=_TEXT, color=GREY, ha="right", **look)
        axes.annotate(
            short(below, int(across / 6)), (0, 1), low, fontsize=_SMALL, color=GREY, **look
        )
        bottom, thick = 1 + 30 / _PANEL, 3 / _PANEL
        ends = ((1.0, HAIRLINE), (min(share, 1.0), INK if weight.matters else GREY))
        for end, color in ends:
            place: dict[str, Any] = {"transform": axes.transAxes, "clip_on": False}
            axes.add_artist(
                Rectangle((0, bottom), end, thick, facecolor=color, linewidth=0, **place)
            )


def prepare(title: str, study: Study, styles: Mapping[str, RunStyle]) -> MatteredChart:
    """Return a chart of a study.

    Args:
        title: its heading.
        study: with at least one parameter that differs.
        styles: by run group.
    """
    return MatteredChart(title, study, {group: styles[group] for group in study.groups})


def _values(parameter: Parameter) -> FloatArray:
    return np.unique(parameter.places[np.isfinite(parameter.places)])


def _along(parameter: Parameter) -> tuple[FloatArray, list[tuple[float, str]]]:
    """Return where the runs stand on the x axis, and its ticks.

    Few different values stand at equal distances, the runs of each side by side.
    """
    values = _values(parameter)
    if 0 < len(values) <= _CATEGORIES or parameter.labels:
        places = np.searchsorted(values, parameter.places).astype(float)
        places[~np.isfinite(parameter.places)] = np.nan
        for place in range(len(values)):
            (here,) = np.nonzero(places == place)
            offsets = (np.arange(len(here)) * 7 % max(len(here), 1)) / max(len(here) - 1, 1) - 0.5
            places[here] += 2 * _JITTER * offsets
        step = -(-len(values) // _CATEGORIES)
        shown = list(enumerate(values))[::step]
        return places, [(float(place), short(parameter.text(value), 8)) for place, value in shown]
    if not len(values):
        return parameter.places, []
    low, high = values[0], values[-1]
    if parameter.log:
        powers = np.arange(np.ceil(low), np.floor(high) + 1)
        powers = powers[:: max(1, -(-len(powers) // 3))]
        return parameter.places, [
            (float(power), f"1e{int(power)}".replace("-", "\N{MINUS SIGN}")) for power in powers
        ]
    middle = (low + high) / 2
    return parameter.places, [(float(x), wording.number(float(x), 2)) for x in (low, middle, high)]


def _edges(parameter: Parameter, low: float, high: float) -> tuple[float, float]:
    """Return where a bin begins and ends on the x axis."""
    values = _values(parameter)
    if len(values) <= _CATEGORIES or parameter.labels:
        first, last = np.searchsorted(values, [low, high])
        return float(first) - 0.4, float(last) + 0.4
    return low, high


def _middle(parameter: Parameter, low: float, high: float) -> float:
    first, last = _edges(parameter, low, high)
    return first / 2 + last / 2
