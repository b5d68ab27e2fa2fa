"""Joins the tensors of meshes, which are logged one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from reportgen.arrays import AnyArray

_MISSING = np.empty((0, 3), np.uint8)

TensorRow = Mapping[str, Any]


def joined(tensors: Iterable[TensorRow]) -> list[dict[str, Any]]:
    """Return rows of the frame of meshes.

    Args:
        tensors: in the order of the log, with run, tag, step, wall_time, part ("vertices", "faces"
            or "colors"), config and tensor (batch, n, 3).

    Returns:
        One row for each mesh of a batch; tensors without vertices beside them give none.
    """
    meshes: dict[tuple[object, ...], dict[str, TensorRow]] = {}
    for row in tensors:
        key = (row["run"], row["tag"], row["step"], row["wall_time"])
        meshes.setdefault(key, {})[row["part"]] = row
    return [row for mesh in meshes.values() if "vertices" in mesh for row in _batch(mesh)]


def _batch(mesh: Mapping[str, TensorRow]) -> list[dict[str, Any]]:
    """Return a row for each mesh of a batch."""
    vertices_row = mesh["vertices"]
    key = {name: vertices_row[name] for name in ("run", "tag", "step", "wall_time", "config")}
    return [
        key
        | {"index": index, "vertices": vertices}
        | {name: _element(mesh, name, index) for name in ("faces", "colors")}
        for index, vertices in enumerate(vertices_row["tensor"])
    ]


def _element(mesh: Mapping[str, TensorRow], name: str, index: int) -> AnyArray:
    """Return the element of a batch's tensor; (0, 3) if it was not logged."""
    tensor = mesh[name]["tensor"] if name in mesh else ()
    return tensor[index] if index < len(tensor) else _MISSING
