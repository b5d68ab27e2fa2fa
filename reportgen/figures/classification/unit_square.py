"""Unit square: what precision-recall, ROC and calibration share, a curve a run from 0 to 1."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reportgen.arrays import FloatArray
from reportgen.figures.canvas import legend as legends
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.limits import say
from reportgen.figures.canvas.style import HAIRLINE, RunStyle, new_figure, styled
from reportgen.figures.chart import Chart


@dataclass(frozen=True, slots=True)
class RunCurve:
    """One run's curve at one step.

    Attributes:
        run: its name.
        style: of the run.
        step: that the curve was logged at.
    """

    run: str
    style: RunStyle
    step: int

    @abstractmethod
    def points(self) -> tuple[FloatArray, FloatArray]:
        """Return x and y as they are drawn, (n,) each."""

    @abstractmethod
    def cells(self) -> tuple[FloatArray, ...]:
        """Return the columns of the table behind the figure, (n,) each; empty without a curve."""

    def dot(self) -> tuple[float, float] | None:
        """Return the place of the operating point; None where there is none."""
        return None


Curve = TypeVar("Curve", bound=RunCurve)


@dataclass(frozen=True, slots=True)
class UnitSquareChart(Chart, Generic[Curve]):
    """A tag's curves in all runs; both axes go from 0 to 1.

    Attributes:
        curves: of each run, also of those without a point.
        heading: what the curves are, as the alternative text begins.
        x_name, y_name: of the axes.
        x_end: where the x axis ends; 1 and room for what stands beside it.
        drawstyle, marker: matplotlib's, of the curves.
        columns: of the table behind the figure, after the run.
        nothing: what stands in the figure where no run has a curve.
    """

    heading: ClassVar[str]
    x_name: ClassVar[str]
    y_name: ClassVar[str]
    x_end: ClassVar[float] = 1.02
    drawstyle: ClassVar[str] = "default"
    marker: ClassVar[str] = ""
    columns: ClassVar[tuple[str, ...]]
    nothing: ClassVar[str]
    curves: tuple[Curve, ...]

    def drawn(self) -> list[Curve]:
        """Return the curves that have a point."""
        return [curve for curve in self.curves if len(curve.cells()[0])]

    def alt(self) -> str:
        """Return what the axes are, and the caption."""
        return f"{self.heading} of {self.title}. {self.caption()}"

    def data(self) -> pd.DataFrame:
        """Return the numbers of every point, by run."""
        names = ("run", *self.columns)
        frames = [
            pd.DataFrame(dict(zip(names, (curve.run, *curve.cells()), strict=True)))
            for curve in self.drawn()
        ]
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=names)

    def line_groups(self) -> tuple[str, ...]:
        """Return the run of each curve."""
        return tuple(curve.run for curve in self.curves)

    def draw(self, *, legend: bool | None = False) -> Figure:
        """Return the figure; both axes go from 0 to 1."""
        with styled():
            figure, axes = new_figure()
            self.draw_ground(axes)
            for index, curve in enumerate(self.curves, start=1):
                axes.plot(
                    *curve.points(),
                    color=curve.style.color,
                    linestyle=curve.style.dash,
                    drawstyle=self.drawstyle,
                    marker=self.marker,
                    markersize=3.5,
                    gid=Gid(f"line-{index}", curve.run),
                )
                dot = curve.dot()
                if dot is not None:
                    axes.plot(*dot, "o", color=curve.style.color, ms=4.5, gid=f"best-{index}")
            if not self.drawn():
                say(axes, self.nothing)
            axes.set_xlim(-0.02, self.x_end)
            axes.set_ylim(-0.02, 1.04)
            axes.set_xlabel(self.x_name)
            axes.set_ylabel(self.y_name)
            if legend is not None:
                legends.add(figure, self.names(alone=legend))
        return figure

    def draw_ground(self, axes: Axes) -> None:
        """Draw what lies under the curves: the diagonal."""
        axes.plot([0, 1], [0, 1], color=HAIRLINE, linewidth=1)

    def names(self, *, alone: bool) -> list[legends.Entry]:
        """Return a name for each of several runs' curves, for a picture that stands alone."""
        if not alone or len(self.curves) < 2:
            return []
        return [
            legends.Entry(curve.run, curve.style.color, curve.style.dash) for curve in self.curves
        ]


def last_of_runs(curves: pd.DataFrame) -> list[pd.Series]:
    """Return each run's row at its last step.

    Args:
        curves: rows of the curves frame of one tag.
    """
    last = curves.groupby("run", sort=False, observed=True).tail(1)
    return [row for _, row in last.iterrows()]


def place_of(index: int, x: FloatArray, y: FloatArray) -> tuple[float, float] | None:
    """Return a point of a curve; None for the index -1, which is of none."""
    return (float(x[index]), float(y[index])) if index >= 0 else None
