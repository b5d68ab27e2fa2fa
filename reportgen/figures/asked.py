"""Asked for: what functions for notebooks need of a frame."""

from __future__ import annotations

import pandas as pd

from reportgen.errors import InputError
from reportgen.figures.style import RunStyle, run_styles

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
