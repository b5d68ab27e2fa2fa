"""The trainings of one directory: which one counts, and a line for each.

A run counts by its last whole session: the last one that covers at least half as many steps as the
longest. See `reportgen.frames.training_sessions` for what a session is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.arrays import BoolArray

_WHOLE = 0.5  # of the steps of the longest session


@dataclass(frozen=True, slots=True)
class Session:
    """One of the trainings in the directory of a run.

    Attributes:
        run: its name.
        first_step, last_step: of its scalars.
        is_counted: whether the run counts by it.
    """

    run: str
    first_step: int
    last_step: int
    is_counted: bool


def sessions_by_run(scalars: pd.DataFrame) -> dict[str, tuple[Session, ...]]:
    """Return the sessions of each run that has more than one, in order.

    Args:
        scalars: rows of the scalars frame.
    """
    counts = session_counts(scalars)
    if not counts:
        return {}
    several = scalars[scalars["run"].isin(list(counts))]
    by_run: dict[str, tuple[Session, ...]] = {}
    marked = several.assign(counted=is_counted(several))
    for (run, _), rows in marked.groupby(["run", "session"], sort=True, observed=True):
        steps = rows["step"]
        session = Session(str(run), int(steps.min()), int(steps.max()), bool(rows["counted"].any()))
        by_run[session.run] = (*by_run.get(session.run, ()), session)
    return by_run


def session_counts(scalars: pd.DataFrame) -> dict[str, int]:
    """Return the number of sessions by run; only runs with more than one.

    Args:
        scalars: rows of the scalars frame.
    """
    if not _has_sessions(scalars):
        return {}
    counts = scalars.groupby("run", sort=False, observed=True)["session"].nunique()
    return {str(run): int(count) for run, count in counts.items() if count > 1}


def is_counted(scalars: pd.DataFrame) -> BoolArray:
    """Return which rows belong to the last whole session of their run, (n,).

    Args:
        scalars: rows of the scalars frame.
    """
    if not _has_sessions(scalars):
        return np.ones(len(scalars), np.bool_)
    sessions = scalars.groupby(["run", "session"], sort=True, observed=True)["step"]
    table = (sessions.max() - sessions.min()).rename("extent").reset_index()
    longest = table.groupby("run", observed=True)["extent"].transform("max")
    whole = table[table["extent"] >= _WHOLE * longest]
    last = whole.groupby("run", observed=True)["session"].max()
    counted: BoolArray = scalars["run"].map(last).to_numpy() == scalars["session"].to_numpy()
    return counted


def counted_rows(scalars: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the last whole session of each run.

    Args:
        scalars: rows of the scalars frame.
    """
    return scalars[is_counted(scalars)] if _has_sessions(scalars) else scalars


def with_session_lines(scalars: pd.DataFrame) -> pd.DataFrame:
    """Return annotated scalars in which each session of a run is a line of its own.

    Args:
        scalars: annotated, with or without a column `line`.

    Returns:
        `scalars`, with columns `line` and `counted` if a run has several sessions.
    """
    counts = session_counts(scalars)
    if not counts:
        return scalars
    several = scalars["run"].isin(list(counts)).to_numpy()
    numbers = (scalars["session"] + 1).astype(str)
    names = ("session " + numbers).where(several, "").astype(object)
    if "line" in scalars:
        named = scalars["line"].fillna("").astype(object)
        names = named.where(names == "", (named + ", " + names).str.removeprefix(", "))
    return scalars.assign(line=names, counted=is_counted(scalars))


def sentence(scalars: pd.DataFrame) -> str:
    """Return a sentence on runs with several sessions; "" if there are none.

    Args:
        scalars: rows of the scalars frame.
    """
    counts = session_counts(scalars)
    if not counts:
        return ""
    runs = wording.listing([f"{run} ({count:,} sessions)" for run, count in counts.items()])
    verb = "was" if len(counts) == 1 else "were"
    counted = "its" if len(counts) == 1 else "their"
    return (
        f"{runs} {verb} trained several times into one directory; each session is a line of the "
        f"charts, and {counted} last whole session is what the tables and checks use."
    )


def _has_sessions(scalars: pd.DataFrame) -> bool:
    return "session" in scalars and bool(scalars["session"].max() > 0)
