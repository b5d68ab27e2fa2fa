"""Asked for: what functions for notebooks need of a frame, and what they hand out."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from reportgen.errors import InputError
from reportgen.figures.canvas import legend
from reportgen.figures.canvas.style import RunStyle, run_styles, styled
from reportgen.figures.chart import Chart

LOOK = RunStyle("#0072b2", "-")  # of a figure of one run


def styles_of(frame: pd.DataFrame) -> dict[str, RunStyle]:
    """A style for each run of a frame, in the order in which it names them."""
    return run_styles(list(dict.fromkeys(frame["run"].astype(str))))


def tag_of(frame: pd.DataFrame) -> str:
    """The tag of the last row."""
    return str(frame["tag"].iloc[-1])


def last_of(frame: pd.DataFrame) -> pd.Series:
    """The last row.

    Raises:
        InputError: there is none.
    """
    require(frame)
    return frame.iloc[-1]


def require(frame: pd.DataFrame) -> None:
    """Nothing, of a frame with a row.

    Raises:
        InputError: there is none.
    """
    if frame.empty:
        raise InputError("the frame holds no row; see experiment.runs for what was read")


def drawn(chart: Chart) -> Figure:
    """The figure with its legend and, as no page gives it one, its title."""
    with styled():
        figure = chart.draw(legend=True)
        if chart.title:
            legend.title(figure, chart.title)
    return figure
