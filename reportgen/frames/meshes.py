"""Meshes: the tensors that were logged apart, put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

_MISSING = np.empty((0, 3), np.uint8)

Part = Mapping[str, Any]


def joined(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """Rows of the frame of meshes.

    Args:
        parts: one a tensor, in order: run, tag, step, wall_time, part, config and tensor, which is
            (batch, n, 3).

    Returns:
        One row for each of a batch's vertices; parts without vertices give none.
    """
    meshes: dict[tuple[object, ...], dict[str, Part]] = {}
    for part in parts:
        held = meshes.setdefault((part["run"], part["tag"], part["step"], part["wall_time"]), {})
        held[part["part"]] = part
    return [row for held in meshes.values() if "vertices" in held for row in _batch(held)]


def _batch(held: Mapping[str, Part]) -> list[dict[str, Any]]:
    first = held["vertices"]
    key = {name: first[name] for name in ("run", "tag", "step", "wall_time", "config")}
    return [
        key
        | {"index": index, "vertices": vertices}
        | {name: _of(held, name, index) for name in ("faces", "colors")}
        for index, vertices in enumerate(first["tensor"])
    ]


def _of(held: Mapping[str, Part], name: str, index: int) -> NDArray[Any]:
    tensor = held[name]["tensor"] if name in held else ()
    return tensor[index] if index < len(tensor) else _MISSING
