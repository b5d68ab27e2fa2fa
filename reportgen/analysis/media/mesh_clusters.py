"""Simplify: a mesh of many faces as one of few, by merging points that are near each other.

Vertex clustering after Rossignac and Borrel, "Multi-resolution 3D approximations for rendering
complex scenes" (1993): a grid is laid over the points, all in a cell become their mean, and faces
that have lost a corner, or repeat another, go. Unlike leaving out faces, that makes no holes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_FINEST, _COARSER = 48, 0.85  # cells along the longest side, and what is tried next

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Mesh:
    """Points (n, d), whose first three columns are places, and faces (k, 3) between them."""

    points: Floats
    faces: Whole


def simplified(mesh: Mesh, most: int) -> Mesh:
    """The mesh with at most so many faces; itself where it has no more.

    Args:
        mesh: of finite points.
        most: at least 1.
    """
    if len(mesh.faces) <= most:
        return mesh
    places = mesh.points[:, :3]
    low, high = places.min(axis=0), places.max(axis=0)
    longest = (high / 2 - low / 2).max() or 1.0  # halves: spans of 1e308 overflow
    unit = np.clip((places / 2 - low / 2) / longest, 0, 1)
    cells = float(_FINEST)
    while True:
        found = _merged(mesh, np.minimum(unit * cells, cells - 1e-9).astype(np.int64))
        if len(found.faces) <= most:
            return found
        cells *= _COARSER


def _merged(mesh: Mesh, cells: Whole) -> Mesh:
    """With one point for all that share a cell (n, 3)."""
    size = int(cells.max()) + 1
    keys = (cells[:, 0] * size + cells[:, 1]) * size + cells[:, 2]
    _, own, counts = np.unique(keys, return_inverse=True, return_counts=True)
    means = [np.bincount(own, column / counts[own]) for column in mesh.points.T]
    faces = own[mesh.faces]
    faces = faces[(faces != np.roll(faces, 1, axis=1)).all(axis=1)]
    low, middle, high = np.sort(faces, axis=1).T
    _, first = np.unique((low * len(counts) + middle) * len(counts) + high, return_index=True)
    return Mesh(np.column_stack(means), faces[np.sort(first)])
