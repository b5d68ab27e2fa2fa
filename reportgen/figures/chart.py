"""Chart: what every kind of figure computes from frames, and what a report asks of it.

A chart holds exactly the numbers that it draws (already smoothed, decimated, clipped), so that the
figure, its caption, its alternative text and the table behind it cannot disagree. It pickles, so it
can be drawn in another process.

Outputs call the methods below and never ask which class a chart is of. To add a kind of figure,
write a module with a subclass and a `prepare` function, call `prepare` in the section of the report
that shows it, and test it. Only the first five members have no default.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
from matplotlib.figure import Figure

from reportgen.figures.canvas.figure_size import FigureSize
from reportgen.figures.canvas.legend import Entry
from reportgen.figures.curves.series import StepCurves
from reportgen.figures.mark import Mark
from reportgen.figures.text_table import TextTable

DROPPED_LAST = 1000


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A chart as one small line.

    Attributes:
        values: finite, in order, at most 40 (see `reportgen.analysis.evenly.sparkline`).
        color: "#rrggbb".
    """

    values: tuple[float, ...]
    color: str


@dataclass(frozen=True, slots=True)
class Chart(ABC):
    """One figure to be drawn.

    Attributes:
        kind: the kind of figure, "curves" or "confusion" for two; part of the figure's id.
        title: the tag as it was logged, and what distinguishes this chart from its neighbours.
    """

    kind: ClassVar[str]
    title: str

    @abstractmethod
    def caption(self) -> str:
        """Return sentences on what is unusual in the figure; "" where nothing is."""

    @abstractmethod
    def alt(self) -> str:
        """Return what the figure shows, computed from the data: range, trend, best value, step."""

    @abstractmethod
    def data(self) -> pd.DataFrame:
        """Return the numbers behind the figure, as a reader would want them in a table."""

    @abstractmethod
    def draw(self, *, legend: bool | None = False) -> Figure:
        """Return a new figure in the light style; no global state is read or changed.

        Args:
            legend: whether to name the lines above the axes, for a picture that stands alone.
                The page has a legend of its own. None for no legend, which `names` then tells.
        """

    def subtitle(self) -> str:
        """Return a grey line for under the title: tags, better direction, scale, smoothing."""
        return ""

    def description(self) -> str:
        """Return subtitle and caption as sentences, for outputs without a place for a subtitle."""
        subtitle = self.subtitle()
        return " ".join(filter(None, [f"{subtitle}." if subtitle else "", self.caption()]))

    def figure_size(self) -> FigureSize:
        """Return how wide the figure is on a page."""
        return FigureSize.HALF

    def last_text(self) -> str:
        """Return a value that is shown beside the title; "" for none."""
        return ""

    def with_marks(self, marks: Sequence[Mark]) -> Chart:
        """Return the chart with the marks of findings; charts without a place for them as is."""
        del marks
        return self

    def names(self, *, alone: bool) -> Sequence[Entry]:
        """Return what the legend above the axes names; () where there is no legend.

        Args:
            alone: whether the picture stands alone, without the page's legend of runs.
        """
        del alone
        return ()

    def lists_tags(self) -> bool:
        """Return whether `data` is where the tags of the figure stand, so that all of it counts."""
        return False

    def priority(self) -> int:
        """Return how long the figure stays in a page that is too large; the lowest leaves first.

        Distributions have 10 to 39, media 40 to 79, curves without a direction 80, families of tags
        85, curves of classifiers 90 to 139, confusion matrices 140 to 159; all else stays as long
        as it can.
        """
        return DROPPED_LAST

    def line_groups(self) -> tuple[str, ...]:
        """Return the run group of each SVG group "line-1", "line-2", ...; () where there are none.

        With them the page's script finds and names the lines of a run.
        """
        return ()

    def step_curves(self) -> StepCurves | None:
        """Return the curves over steps, for outputs that draw them themselves; None without any."""
        return None

    def page_curves(self) -> StepCurves | None:
        """Return the curves that a page can draw again: those of `step_curves`, or more."""
        return self.step_curves()

    def sparkline(self) -> Sparkline | None:
        """Return a small line to stand for the figure where it is not drawn; None without one."""
        return None

    def text_table(self, order: Mapping[str, int]) -> TextTable | None:
        """Return a small table to stand for the figure where only text is shown; None without one.

        Args:
            order: place of each run group in the ranking, the best 0.
        """
        del order
        return None
