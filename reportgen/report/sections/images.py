"""Images: the first, the last and some between of each tag, of the same steps in all runs."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from reportgen import wording
from reportgen.analysis.evenly import evenly
from reportgen.report.blocks import Block, Notice
from reportgen.report.sections.logged_picture import MAX_BYTES, MEGABYTE, can_be_shown, picture

_MAX_STEPS = 3  # of a tag in one run: the first, the middle and the last
_SMALL_WIDTH = 168  # pixels; pictures up to it stand side by side
_MAX_SMALL_STEPS = 6
_MAX_PICTURES = 90  # of a tag, but for the last one of each run
_MAX_TOTAL_BYTES = 200 * MEGABYTE


def blocks(images: pd.DataFrame) -> list[Block]:
    """Return pictures as logged, and how many are not shown.

    Args:
        images: the images frame.
    """
    shown: list[Block] = []
    room = _MAX_TOTAL_BYTES
    for row in _chosen(images):
        if can_be_shown(row) and row["blob"].size <= room:
            shown.append(picture(row))
            room -= row["blob"].size
    hidden = len(images) - len(shown)
    if hidden:
        count = wording.count(hidden, "picture")
        limits = f"at most {MAX_BYTES // MEGABYTE} MB, {_MAX_TOTAL_BYTES // MEGABYTE} MB in all"
        reason = f"shown are some steps of each tag and run, of {limits}"
        shown.append(Notice(f"{count} of {len(images):,} logged are not shown; {reason}."))
    return shown


def _chosen(images: pd.DataFrame) -> Iterator[pd.Series]:
    """Yield the rows of the pictures to show: by tag, then by run, then by step."""
    for _, of_tag in images.groupby("tag", sort=True, observed=True):
        shared, limit = _shared_keys(of_tag), _max_pictures(of_tag)
        for _, of_run in of_tag.groupby("run", sort=True, observed=True):
            rows = of_run[_keys(of_run).isin(shared)] if shared else of_run
            yield from (rows.iloc[place] for place in evenly(len(rows), limit))


def _max_pictures(rows: pd.DataFrame) -> int:
    """Return how many pictures of each run a tag shows: fewer if they are large or runs many."""
    limit = _MAX_SMALL_STEPS if rows["width"].max() <= _SMALL_WIDTH else _MAX_STEPS
    return max(1, min(limit, _MAX_PICTURES // rows["run"].nunique()))


def _shared_keys(rows: pd.DataFrame) -> set[tuple[int, int]]:
    """Return the steps and indices that every run of a tag has; nothing if there is one run."""
    keys = [set(_keys(of_run)) for _, of_run in rows.groupby("run", observed=True)]
    return set.intersection(*keys) if len(keys) > 1 else set()


def _keys(rows: pd.DataFrame) -> pd.Series:
    """Return the step and the index in its step of each picture."""
    return pd.Series(list(zip(rows["step"], rows["index"], strict=True)), rows.index, dtype=object)
