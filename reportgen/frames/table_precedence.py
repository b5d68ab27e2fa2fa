"""Drops what a table repeats of an event file beside it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from reportgen.arrays import BoolArray
from reportgen.columns import Damage, Part, filter_scalars
from reportgen.frames.logged_run import LoggedRun
from reportgen.tables.registry import may_be


def drop_duplicate_tags(runs: Iterable[LoggedRun]) -> None:
    """Drop the scalars of tables whose tags event files of their run hold; count them as damage.

    Args:
        runs: changed in place.
    """
    for run in runs:
        event_tags = {tag for path, file in run.files if not may_be(path) for tag in file.tags}
        for path, file in run.files:
            unique = np.array([tag not in event_tags for tag in file.tags], np.bool_)
            if may_be(path) and not unique.all():

                def keep(chunk: Part, _: int, unique: BoolArray = unique) -> BoolArray:
                    return unique[chunk["code"]]

                file.damage.append(Damage(-1, "doubled", filter_scalars(file, keep), 0))
