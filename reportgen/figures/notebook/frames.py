"""Frames of notebooks: checks of what the public functions get, and how figures are returned."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
from matplotlib.figure import Figure
from pandas.api.types import is_numeric_dtype

from reportgen import wording
from reportgen.errors import InputError
from reportgen.figures.canvas import legend
from reportgen.figures.canvas.style import RunStyle, run_styles, styled
from reportgen.figures.chart import Chart
from reportgen.frames.experiment import COLUMNS

LOOK = RunStyle("#0072b2", "-")  # of a figure of one run


def styles_of(frame: pd.DataFrame) -> dict[str, RunStyle]:
    """Return a style for each run of a frame, in the order in which it names them."""
    return run_styles(list(dict.fromkeys(frame["run"].astype(str))))


def tag_of(frame: pd.DataFrame) -> str:
    """Return the tag of the last row."""
    return str(frame["tag"].iloc[-1])


def require(
    frame: object, kind: str, columns: Collection[str] = (), single: Collection[str] = ()
) -> pd.DataFrame:
    """Return a frame that holds rows of one kind.

    Args:
        frame: what the caller passed.
        kind: a key of `COLUMNS`.
        columns: those that are needed besides run, tag and step.
        single: columns in which all rows must have the same value.

    Raises:
        InputError: it is not a frame or has no rows; or a column is missing, has another dtype, or
            several values where it must have one. The message names the column.
    """
    source = f"pass rows of experiment.{kind}"
    if not isinstance(frame, pd.DataFrame):
        raise InputError(f"{type(frame).__name__} is not a pandas frame; {source}")
    for column in ("run", "tag", "step", *columns):
        if column not in frame:
            raise InputError(f"the frame has no column '{column}'; {source}")
        dtype = COLUMNS[kind][column]
        if dtype in ("int64", "float64") and not is_numeric_dtype(frame[column]):
            actual = str(frame[column].dtype)
            raise InputError(f"the column '{column}' is {actual}, not {dtype}; {source}")
    if frame.empty:
        raise InputError("the frame holds no row; see experiment.runs for what was read")
    for column in single:
        values = list(dict.fromkeys(frame[column].astype(str)))
        if len(values) > 1:
            names = wording.listing([wording.clipped(value) for value in values])
            raise InputError(f"the column '{column}' holds {names}; select the rows of one")
    return frame


def figure_of(chart: Chart) -> Figure:
    """Return the figure of a chart with its legend and, as no page shows it, its title."""
    with styled():
        figure = chart.draw(legend=True)
        if chart.title:
            legend.title(figure, chart.title)
    return figure
