"""Rows and columns into the frames of `reportgen.frames.experiment`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from reportgen.columns import LogFile
from reportgen.frames import hparam_metrics, layouts, meshes
from reportgen.frames.beside import hparams_yaml, notes, projector
from reportgen.frames.experiment import COLUMNS, frame
from reportgen.frames.health import Row
from reportgen.frames.logged_run import Logged


def by_rows(kind: str, rows: Iterable[Row]) -> pd.DataFrame:
    """A frame of rows, each a dict of all columns."""
    listed = list(rows)
    return by_columns(kind, {name: [row[name] for row in listed] for name in COLUMNS[kind]})


def by_columns(kind: str, columns: dict[str, Any]) -> pd.DataFrame:
    """A frame of lists; cells that are arrays stay what they are."""
    for name, dtype in COLUMNS[kind].items():
        if dtype == "object":  # pandas would take a list of equal arrays for a matrix
            cells = np.empty(len(columns[name]), dtype=object)
            for index, cell in enumerate(columns[name]):
                cells[index] = cell
            columns[name] = cells
    return frame(kind, columns)


def composed(
    logged: list[Logged], wanted: frozenset[str] | None, scalars: pd.DataFrame
) -> tuple[dict[str, pd.DataFrame], list[Row]]:
    """The frames that take more than one value or file to make.

    Args:
        logged: the runs.
        wanted: kinds of frame; None for all.
        scalars: the frame of scalars.

    Returns:
        Frames by kind, and rows of health.
    """
    ill: list[Row] = []
    parameters = [row for one in logged for row in _parameters(one, ill)]
    points = [row for one in logged for row in _points(one, ill)]
    sessions = list(dict.fromkeys(str(row["run"]) for row in parameters))
    announced = pd.DataFrame(_held(logged, "metrics"), columns=["run", "tag", "group"])
    rows = {
        "hparams": parameters,
        "metrics": hparam_metrics.reached(announced, sessions, scalars),
        "meshes": meshes.joined(_held(logged, "meshes")),
        "layouts": layouts.rows(logged),
        "embeddings": points,
        "notes": notes.rows(logged, ill),
    }
    kept = {kind: found for kind, found in rows.items() if wanted is None or kind in wanted}
    return {kind: by_rows(kind, kept.get(kind, ())) for kind in rows}, ill


def _held(logged: list[Logged], kind: str) -> list[dict[str, Any]]:
    """The rows of a kind as the files hold them."""
    return [
        {"run": one.run.name} | row
        for one in logged
        for _, file in one.every_file()
        for row in _rows(file, kind)
    ]


def _rows(file: LogFile, kind: str) -> list[dict[str, Any]]:
    held = file.columns.get(kind, {})
    return [dict(zip(held, cells, strict=True)) for cells in zip(*held.values(), strict=True)]


def _parameters(one: Logged, ill: list[Row]) -> list[Row]:
    """A run's parameters; what its events say goes before what stands in a file beside them."""
    found: dict[str, object] = {}
    for each in (one, *one.parts):
        beside, rows = hparams_yaml.read(one.run.name, each.directory)
        ill += rows
        found |= beside
    found |= {row["name"]: row["value"] for row in _held([one], "hparams")}
    return [{"run": one.run.name, "name": name, "value": found[name]} for name in found]


def _points(one: Logged, ill: list[Row]) -> list[Row]:
    found: list[Row] = []
    for each in (one, *one.parts):
        points, rows = projector.read(one.run.name, each.directory)
        ill += rows
        found += points
    return found
