"""Reading: log directories into an Experiment."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from reportgen.errors import InputError
from reportgen.events import event_file
from reportgen.events.event_file import EventFile
from reportgen.events.logdir import Run, find_runs
from reportgen.frames import health
from reportgen.frames.confusions import labelled
from reportgen.frames.experiment import COLUMNS, Experiment, frame

_SUMMARIES = [kind for kind in COLUMNS if kind not in ("runs", "health")]


def read(*paths: str | os.PathLike[str]) -> Experiment:
    """Reads every event file below the given paths.

    Args:
        paths: log directories, or single event files.

    Raises:
        InputError: a path does not exist, cannot be read, holds no event file, or is a file that
            is no event file.
    """
    if not paths:
        raise InputError("no log directory given; name at least one")
    read_runs = [
        (run, [(path, event_file.read(path)) for path in run.files]) for run in find_runs(paths)
    ]
    ill = [
        row
        for run, files in read_runs
        for path, file in files
        for row in health.rows(run.name, str(path), file)
    ]
    _refuse_other_files(ill, paths)
    plain = [(run, [file for _, file in files]) for run, files in read_runs]
    frames = {kind: _gather(kind, plain) for kind in _SUMMARIES if kind != "confusions"}
    confusions = labelled(_gather("confusions", plain), frames["texts"])
    return Experiment(
        paths=tuple(os.fspath(path) for path in paths),
        confusions=confusions,
        runs=_rows("runs", (_run_row(run, files) for run, files in plain)),
        health=_rows("health", ill),
        **frames,
    )


def _refuse_other_files(
    ill: list[dict[str, object]], paths: tuple[str | os.PathLike[str], ...]
) -> None:
    """A file that was named by the user and holds no record is an error, not a finding."""
    named = {os.fspath(path) for path in paths}
    for row in ill:
        if row["kind"] == "not an event file" and row["file"] in named:
            raise InputError(f"{row['file']}: is no event file; name one that a writer has left")


def _gather(kind: str, runs: list[tuple[Run, list[EventFile]]]) -> pd.DataFrame:
    """One frame of the columns that all files hold for this kind."""
    columns: dict[str, Any] = {name: [] for name in COLUMNS[kind]}
    for run, files in runs:
        for file in files:
            held = file.columns.get(kind)
            if held is None:
                continue
            columns["run"] += [run.name] * len(held["tag"])
            for name in columns.keys() - {"run", "labels"}:
                columns[name] += held[name]
    if kind == "confusions":
        columns["labels"] = [()] * len(columns["tag"])
    for name, dtype in COLUMNS[kind].items():
        if dtype == "object":  # pandas would take a list of equal arrays for a matrix
            cells = np.empty(len(columns[name]), dtype=object)
            for index, cell in enumerate(columns[name]):
                cells[index] = cell
            columns[name] = cells
    return frame(kind, columns)


def _rows(kind: str, rows: Iterable[dict[str, object]]) -> pd.DataFrame:
    listed = list(rows)
    return frame(kind, {name: [row[name] for row in listed] for name in COLUMNS[kind]})


def _run_row(run: Run, files: list[EventFile]) -> dict[str, object]:
    steps = _all(files, "step")
    times = [time for time in _all(files, "wall_time") if time > 0]
    statuses = [status for file in files for status in file.columns["status"]["status"]]
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


def _all(files: list[EventFile], column: str) -> list[Any]:
    """A column's values over all kinds of summaries that carry a step of their own."""
    return [
        value
        for file in files
        for kind, columns in file.columns.items()
        if kind not in ("hparams", "status")
        for value in columns[column]
    ]
