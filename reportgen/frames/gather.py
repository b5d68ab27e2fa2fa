"""Puts rows and columns into the frames of `reportgen.frames.experiment`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from reportgen.boundary import Boundary
from reportgen.budget import Budget
from reportgen.columns import LogFile
from reportgen.frames import hparam_metrics, layouts, meshes, settings_texts
from reportgen.frames.beside import notes, projector, settings_files
from reportgen.frames.experiment import COLUMNS, frame
from reportgen.frames.health import Row
from reportgen.frames.logged_run import LoggedRun


def by_rows(kind: str, rows: Iterable[Row]) -> pd.DataFrame:
    """Return a frame of rows, each of which is a dict of all columns."""
    listed = list(rows)
    return by_columns(kind, {name: [row[name] for row in listed] for name in COLUMNS[kind]})


def by_columns(kind: str, columns: dict[str, Any]) -> pd.DataFrame:
    """Return a frame of lists; cells that are arrays stay arrays."""
    for name, dtype in COLUMNS[kind].items():
        if dtype == "object":  # pandas would make a matrix of a list of equally long arrays
            cells = np.empty(len(columns[name]), dtype=object)
            for index, cell in enumerate(columns[name]):
                cells[index] = cell
            columns[name] = cells
    return frame(kind, columns)


def composed(
    runs: list[LoggedRun],
    wanted: frozenset[str] | None,
    scalars: pd.DataFrame,
    boundary: Boundary,
) -> tuple[dict[str, pd.DataFrame], list[Row]]:
    """Return the frames whose rows are made of several values or files.

    Args:
        runs: what was read.
        wanted: kinds of frame; None for all.
        scalars: the scalars frame.
        boundary: what may be read beside the logs.

    Returns:
        Frames by kind, and rows of health.
    """
    health_rows: list[Row] = []
    budget = Budget(sum(file.size for run in runs for _, file in run.all_files()))
    parameters = [row for run in runs for row in _parameters(run, boundary, budget, health_rows)]
    embeddings = [row for run in runs for row in _embeddings(run, boundary, health_rows)]
    runs_with_parameters = list(dict.fromkeys(str(row["run"]) for row in parameters))
    declared = pd.DataFrame(_rows_of_kind(runs, "metrics"), columns=["run", "tag", "group"])
    rows = {
        "hparams": parameters,
        "metrics": hparam_metrics.reached(declared, runs_with_parameters, scalars),
        "meshes": meshes.joined(_rows_of_kind(runs, "meshes")),
        "layouts": layouts.rows(runs),
        "embeddings": embeddings,
        "notes": notes.rows(runs, boundary, health_rows),
    }
    frames = {
        kind: by_rows(kind, kind_rows if wanted is None or kind in wanted else ())
        for kind, kind_rows in rows.items()
    }
    return frames, health_rows


def _rows_of_kind(runs: list[LoggedRun], kind: str) -> list[dict[str, Any]]:
    """Return the rows of a kind in all files, with their run."""
    return [
        {"run": run.run.name} | row
        for run in runs
        for _, file in run.all_files()
        for row in _rows_of_file(file, kind)
    ]


def _rows_of_file(file: LogFile, kind: str) -> list[dict[str, Any]]:
    columns = file.columns.get(kind, {})
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _parameters(
    run: LoggedRun, boundary: Boundary, budget: Budget, health_rows: list[Row]
) -> list[Row]:
    """Return a run's parameters; the hparams plugin overrides files, and files override texts."""
    texts = ((str(row["tag"]), row["text"]) for row in _rows_of_kind([run], "texts"))
    parameters: dict[str, object] = {**settings_texts.parameters(texts, budget)}
    directories = [member.directory for member in (run, *run.folded_runs)]
    if run.run.split:  # the directory of all splits
        directories.insert(0, run.directory.parent)
    for directory in filter(boundary.permits, dict.fromkeys(directories)):
        from_files, rows = settings_files.read(run.run.name, directory, boundary, budget)
        health_rows += rows
        parameters |= from_files
    parameters |= {row["name"]: row["value"] for row in _rows_of_kind([run], "hparams")}
    return [{"run": run.run.name, "name": name, "value": parameters[name]} for name in parameters]


def _embeddings(run: LoggedRun, boundary: Boundary, health_rows: list[Row]) -> list[Row]:
    """Return the rows of embeddings of a run and its folded runs."""
    embeddings: list[Row] = []
    for member in (run, *run.folded_runs):
        rows, unreadable = projector.read(run.run.name, member.directory, boundary)
        health_rows += unreadable
        embeddings += rows
    return embeddings
