"""Drops the runs and tags that the user did not select."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from reportgen.columns import LogFile, filter_rows, filter_scalars
from reportgen.frames.logged_run import LoggedRun
from reportgen.runs import Run
from reportgen.selection import Selection

# Kinds whose rows have no tag, and texts, which are filtered after class names were read off them.
_UNFILTERED = {"hparams", "status", "layouts", "texts"}


def runs_to_read(runs: Iterable[Run], selected: Selection) -> list[Run]:
    """Return the selected runs, and the runs below them, which may be folded into them."""
    all_runs = list(runs)
    selected_directories = {run.files[0].parent for run in all_runs if selected(run.name)}
    return [
        run
        for run in all_runs
        if selected(run.name) or not selected_directories.isdisjoint(run.files[0].parent.parents)
    ]


def drop_tags(runs: Iterable[LoggedRun], selected: Selection) -> None:
    """Drop the rows of tags that are not selected.

    Parameters have no tag and stay. So do texts, which may hold class names; see `selected_texts`.
    """
    for run in runs:
        for _, file in run.all_files():
            _drop_tags_of_file(file, selected)


def selected_texts(frame: pd.DataFrame, selected: Selection) -> pd.DataFrame:
    """Return the rows of the texts frame whose tags are selected."""
    if not selected.patterns:
        return frame
    is_selected = np.array([selected(str(tag)) for tag in frame["tag"]], np.bool_)
    return frame[is_selected].reset_index(drop=True)


def _drop_tags_of_file(file: LogFile, selected: Selection) -> None:
    is_selected = np.array([selected(tag) for tag in file.tags], np.bool_)
    if not is_selected.all():
        filter_scalars(file, lambda chunk, _: is_selected[chunk["code"]])
    for kind, columns in file.columns.items():
        if kind not in _UNFILTERED and columns:
            filter_rows(columns, np.array([selected(tag) for tag in columns["tag"]], np.bool_))
