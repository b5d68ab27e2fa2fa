"""The row of a run in the frame of runs."""

from __future__ import annotations

from typing import Any

import numpy as np

from reportgen import wording
from reportgen.columns import LogFile
from reportgen.runs import Run


def run_row(run: Run, files: list[LogFile]) -> dict[str, object]:
    """Return a row of the frame of runs."""
    steps, times = _extremes(files, "step"), _extremes(files, "wall_time")
    statuses = [
        status for file in files for status in file.columns.get("status", {}).get("status", [])
    ]
    return {
        "run": run.name,
        "group": run.group,
        "split": run.split,
        "rank": run.rank,
        "path": str(run.files[0].parent),
        "files": len(files),
        "events": sum(file.events for file in files),
        "bytes": sum(file.size for file in files),
        "first_step": min(steps, default=-1),
        "last_step": max(steps, default=-1),
        "first_wall_time": min(times, default=float("nan")),
        "last_wall_time": max(times, default=float("nan")),
        "status": statuses[-1] if statuses else "",
    }


def _extremes(files: list[LogFile], column: str) -> list[Any]:
    """Return the least and greatest value of a column in each kind of summary with a step.

    A wall time of 0 or less was not logged, and one beyond the calendar is none.
    """
    arrays = [array for file in files for array in file.scalars[column]]
    arrays += [
        np.array(columns[column])
        for file in files
        for kind, columns in file.columns.items()
        if kind not in ("hparams", "status")
    ]
    if column == "wall_time":
        arrays = [array[(array > 0) & (array < wording.END_OF_TIME)] for array in arrays]
    return [
        extreme.item() for array in arrays if len(array) for extreme in (array.min(), array.max())
    ]
