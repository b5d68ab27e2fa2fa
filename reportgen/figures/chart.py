"""Chart: what every figure module prepares from frames, and what a report places.

A chart is a frozen dataclass that holds exactly the numbers that it draws (already smoothed,
decimated, clipped), so that the figure, its caption, its alternative text and the table behind it
cannot disagree. It pickles, so it can be drawn in another process.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import pandas as pd
from matplotlib.figure import Figure


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
