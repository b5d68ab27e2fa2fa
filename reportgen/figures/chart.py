"""Chart: what every figure module prepares from frames, and what a report places.

A chart is a frozen dataclass that holds exactly the numbers that it draws (already smoothed,
decimated, clipped), so that the figure, its caption, its alternative text and the table behind it
cannot disagree. It pickles, so it can be drawn in another process.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import pandas as pd
from matplotlib.figure import Figure

from reportgen.figures.canvas.legend import Entry


@runtime_checkable
class Chart(Protocol):
    """One figure to be drawn."""

    @property
    def title(self) -> str:
        """The tag as the log has it, and what tells this chart from its neighbours."""

    @property
    def kind(self) -> str:
        """The module that made it: "curves", "ridgeline", "confusion", "pr_curve", ..."""

    def caption(self) -> str:
        """Plain sentences: which way is better, what was smoothed, clipped, left out, the best."""

    def alt(self) -> str:
        """What the figure shows, in words made from the data: range, trend, best value, step."""

    def data(self) -> pd.DataFrame:
        """The numbers behind the figure, as a reader would want them in a table."""

    def draw(self, *, legend: bool = False) -> Figure:
        """A new matplotlib figure in the light style; no global state is read or left.

        Args:
            legend: whether the lines are named above the axes, for a picture that stands alone.
                The page has a legend of its own.
        """


@runtime_checkable
class NamedLines(Chart, Protocol):
    """A chart whose lines a legend can name."""

    def names(self, *, alone: bool) -> Sequence[Entry]:
        """Return what the legend above the axes names; nothing where there is no legend.

        Args:
            alone: whether the picture stands alone, without the page's legend of runs.
        """

    def draw(self, *, legend: bool | None = False) -> Figure:
        """Return a new figure.

        Args:
            legend: as for `Chart.draw`; None for no legend at all, so that one can be added to
                the figure later.
        """
