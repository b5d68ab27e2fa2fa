"""Curves over steps: precision-recall or ROC curves of each run at some steps, overlaid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullFormatter

from reportgen import wording
from reportgen.figures.canvas import legend as legends
from reportgen.figures.canvas.fitted_names import LONGEST, short
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.style import GREY, HAIRLINE, INK, PIXELS_PER_INCH, RunStyle, styled
from reportgen.figures.canvas.ticks import plain
from reportgen.figures.chart import Chart
from reportgen.figures.classification import curve_panels
from reportgen.figures.classification.curve_panels import MAX_STEPS, MIN_STEPS, Panel

_MAX_PANELS = 6
_MAX_TEXTS = 2
_WIDTH = 440  # pixels, as what follows
_LEFT, _GAP, _RIGHT = 52, 26, 12
_TITLE, _BELOW, _LABEL = 34, 24, 20
_TALL, _SMALL = 226, 146  # one panel alone, one of several
_FAINTEST = 0.3  # opacity of the first step; that of the last is 1

Kind = Literal["pr_steps", "roc_steps"]


@dataclass(frozen=True, slots=True)
class CurveStepsChart(Chart):
    """A tag's curves over steps, a panel a run, those with the best last score first.

    Attributes:
        score: the name of the score that sums up a curve.
        heading: what the curves are, as the alternative text begins.
        axis_names: of the x and the y axis.
        drawstyle: matplotlib's, of the curves.
        chance: whether to draw the diagonal of a classifier that guesses.
        panels: of every run with enough steps; only the first are drawn.
        short: how many runs have too few steps.
    """

    score: ClassVar[str]
    heading: ClassVar[str]
    axis_names: ClassVar[tuple[str, str]]
    drawstyle: ClassVar[Literal["default", "steps-pre"]] = "default"
    chance: ClassVar[bool] = False
    panels: tuple[Panel, ...]
    short: int

    def caption(self) -> str:
        """Return which steps are drawn, how the score changed, and what is not drawn."""
        if not self.panels:
            return f"No run has {MIN_STEPS} steps with a curve."
        shown = self.panels[:_MAX_PANELS]
        sentences = [f"{_steps(shown)} {self._ends(shown)}."]
        if len(shown) < len(self.panels):
            sentences.append(
                f"{len(shown)} of {len(self.panels)} runs are drawn, those that end best; "
                "the others are in the data."
            )
        most = max(len(panel.logged) for panel in shown)
        if most > MAX_STEPS:
            sentences.append(
                f"{MAX_STEPS} of {'up to ' * (len(shown) > 1)}{most:,} steps a run are drawn; "
                "the others are in the data."
            )
        if self.short:
            few = wording.count(self.short, "run has", "runs have")
            sentences.append(f"{few} fewer than {MIN_STEPS} steps.")
        return " ".join(sentences)

    def _ends(self, shown: tuple[Panel, ...]) -> str:
        """Return the scores of a few runs, or where the panels show them."""
        if len(shown) <= _MAX_TEXTS:
            return f"{self.score.capitalize()}: {'; '.join(map(_course, shown))}"
        return f"Above each panel is the {self.score} at its first and its last step"

    def alt(self) -> str:
        """Return what the axes are, the best last score, and the caption."""
        best = f" Best at the end: {_course(self.panels[0])}." if self.panels else ""
        runs = wording.count(len(self.panels), "run")
        return f"{self.heading} by step of {runs}.{best} {self.caption()}"

    def data(self) -> pd.DataFrame:
        """Return the score of every run and step."""
        rows = [
            (panel.run, step, score)
            for panel in self.panels
            for step, score in zip(panel.logged, panel.scores, strict=True)
        ]
        return pd.DataFrame(rows, columns=["run", "step", self.score])

    def line_groups(self) -> tuple[str, ...]:
        """Return the run of each panel."""
        return tuple(panel.run for panel in self.panels)

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002  # panels name their runs
        """Return the figure: two panels a row, later steps stronger, a legend of steps on top."""
        shown = self.panels[:_MAX_PANELS]
        across = min(2, max(1, len(shown)))
        down = max(1, -(-len(shown) // across))
        tall = _TALL if across == 1 else _SMALL
        height = down * (_TITLE + tall + _BELOW) + _LABEL
        wide = (_WIDTH - _LEFT - _RIGHT - (across - 1) * _GAP) / across
        with styled():
            figure = Figure(figsize=(_WIDTH / PIXELS_PER_INCH, height / PIXELS_PER_INCH))
            for index, panel in enumerate(shown):
                row, column = divmod(index, across)
                left = _LEFT + column * (wide + _GAP)
                bottom = height - (row + 1) * (_TITLE + tall) - row * _BELOW
                box = (left / _WIDTH, bottom / height, wide / _WIDTH, tall / height)
                axes = figure.add_axes(box, gid=Gid(f"line-{index + 1}", panel.run))
                self._panel(axes, panel, alone=across == 1)
                self._label(axes, x=index + across >= len(shown), y=not column)
            if shown:
                legends.add(figure, _key(shown))
        return figure

    def _panel(self, axes: Axes, panel: Panel, *, alone: bool) -> None:
        """Draw one run's curves under its name."""
        if self.chance:
            axes.plot([0, 1], [0, 1], color=HAIRLINE, linewidth=1)
        look: dict[str, Any] = {"color": panel.style.color, "drawstyle": self.drawstyle}
        for (x, y), opacity in zip(panel.lines, _opacities(len(panel.lines)), strict=True):
            axes.plot(x, y, alpha=opacity, linewidth=1.5, **look)
        axes.set_xlim(-0.02, 1.04)
        axes.set_ylim(-0.02, 1.04)
        for axis in (axes.xaxis, axes.yaxis):
            plain(axis, 5)
            if not alone:
                axis.set_major_locator(FixedLocator([0, 0.5, 1]))
        ends = f"{panel.scores[0]:.3f} → {panel.scores[-1]:.3f}"
        name = short(panel.run, LONGEST if alone else 22)
        for text, up, color in ((name, 12, INK), (ends, 0, GREY)):
            axes.annotate(
                text,
                (0, 1),
                (0, up * 72 / PIXELS_PER_INCH),
                xycoords="axes fraction",
                textcoords="offset points",
                va="bottom",
                fontsize=8,
                color=color,
            )

    def _label(self, axes: Axes, *, x: bool, y: bool) -> None:
        """Name the axes; a panel with a neighbour below or to the left has no name there."""
        axes.set_xlabel(self.axis_names[0] if x else "")
        axes.set_ylabel(self.axis_names[1] if y else "")
        if not y:
            axes.yaxis.set_major_formatter(NullFormatter())


@dataclass(frozen=True, slots=True)
class PrStepsChart(CurveStepsChart):
    """Precision against recall."""

    kind: ClassVar[str] = "pr_steps"
    score: ClassVar[str] = "average precision"
    heading: ClassVar[str] = "Precision against recall"
    axis_names: ClassVar[tuple[str, str]] = ("recall", "precision")
    drawstyle: ClassVar[Literal["default", "steps-pre"]] = "steps-pre"

    def priority(self) -> int:
        """Return how long the figure stays in a page that is too large."""
        return 90


@dataclass(frozen=True, slots=True)
class RocStepsChart(CurveStepsChart):
    """The true against the false positive rate."""

    kind: ClassVar[str] = "roc_steps"
    score: ClassVar[str] = "area under the curve"
    heading: ClassVar[str] = "ROC"
    axis_names: ClassVar[tuple[str, str]] = ("false positive rate", "true positive rate")
    chance: ClassVar[bool] = True

    def priority(self) -> int:
        """Return how long the figure stays in a page that is too large."""
        return 100


_LINES = {"pr_steps": curve_panels.precision_recall, "roc_steps": curve_panels.receiver_operating}
_CHARTS: dict[Kind, type[CurveStepsChart]] = {
    "pr_steps": PrStepsChart,
    "roc_steps": RocStepsChart,
}


def prepare(
    title: str, curves: pd.DataFrame, styles: Mapping[str, RunStyle], kind: Kind
) -> CurveStepsChart:
    """Return a chart of one tag.

    Args:
        title: its heading.
        curves: rows of the curves frame of one tag.
        styles: by run name.
        kind: "pr_steps" for precision against recall, "roc_steps" for the rates.
    """
    panels = curve_panels.panels(curves, styles, _LINES[kind])
    return _CHARTS[kind](title, tuple(panels), curves["run"].nunique() - len(panels))


def _opacities(size: int) -> list[float]:
    return np.linspace(_FAINTEST, 1, size).tolist()  # type: ignore[no-any-return]


def _key(shown: tuple[Panel, ...]) -> list[legends.Entry]:
    """Return the legend: the steps, or "first" and "last" where panels have different steps."""
    color = shown[0].style.color if len(shown) == 1 else INK
    names = [f"{step:,}" for step in shown[0].steps]
    names[0] = f"step {names[0]}"
    if len({panel.steps for panel in shown}) > 1:
        names = ["first step", *[""] * (max(len(panel.steps) for panel in shown) - 2), "last step"]
    looks = zip(names, _opacities(len(names)), strict=True)
    return [legends.Entry(name, color, opacity=opacity) for name, opacity in looks]


def _steps(shown: tuple[Panel, ...]) -> str:
    """Return a sentence on the steps that are drawn."""
    if len({panel.steps for panel in shown}) > 1:
        return "Later steps are stronger, the last strongest; runs have different steps."
    names = wording.listing([f"{step:,}" for step in shown[0].steps], MAX_STEPS)
    return f"Steps {names}, the last strongest."


def _course(panel: Panel) -> str:
    """Return "lr=0.1 0.412 at step 0, 0.838 at step 1,000, best 0.84 at step 800"."""
    places = [panel.drawn[0], panel.drawn[-1]]
    best = int(np.nanargmax(panel.scores))
    text = ", ".join(f"{panel.scores[at]:.3f} at step {panel.logged[at]:,}" for at in places)
    best_text = (
        "" if best in places else f", best {panel.scores[best]:.3f} at step {panel.logged[best]:,}"
    )
    return f"{short(panel.run)} {text}{best_text}"
