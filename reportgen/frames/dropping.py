"""What the user asked for, by the names of runs and tags."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from reportgen.columns import LogFile, filter_rows, filter_scalars
from reportgen.frames.logged_run import Logged
from reportgen.runs import Run
from reportgen.selection import Selection

_ALWAYS = {"hparams", "status", "layouts", "texts"}  # they have no tag, or are chosen later


def worth_reading(runs: Iterable[Run], selected: Selection) -> list[Run]:
    """Runs that are selected, and those below one, which may turn out to be parts of it."""
    listed = list(runs)
    above = {run.files[0].parent for run in listed if selected(run.name)}
    return [
        run
        for run in listed
        if selected(run.name) or not above.isdisjoint(run.files[0].parent.parents)
    ]


def drop_tags(logged: Iterable[Logged], selected: Selection) -> None:
    """Drops the rows of tags that are not selected.

    Parameters have no tag and stay; so do texts for now, which may hold the names of classes.
    """
    for one in logged:
        for _, file in one.every_file():
            _drop(file, selected)


def texts(frame: pd.DataFrame, selected: Selection) -> pd.DataFrame:
    """The rows of the frame of texts that are selected."""
    if not selected.patterns:
        return frame
    kept = np.array([selected(str(tag)) for tag in frame["tag"]], np.bool_)
    return frame[kept].reset_index(drop=True)


def _drop(file: LogFile, selected: Selection) -> None:
    table = np.array([selected(tag) for tag in file.tags], np.bool_)
    if not table.all():
        filter_scalars(file, lambda part, _: table[part["code"]])
    for kind, held in file.columns.items():
        if kind not in _ALWAYS and held:
            filter_rows(held, np.array([selected(tag) for tag in held["tag"]], np.bool_))
