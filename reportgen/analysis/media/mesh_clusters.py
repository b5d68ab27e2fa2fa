"""Simplifies a mesh of many faces by merging points that are near each other.

Vertex clustering after Rossignac and Borrel, "Multi-resolution 3D approximations for rendering
complex scenes" (1993): the points in each cell of a grid become their mean, and faces that lost a
corner or are duplicates are removed. Unlike skipping faces, that makes no holes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.arrays import FloatArray, IntArray

_FINEST = 48.0  # cells along the longest side
_COARSEN = 0.85  # factor of the cells in each further attempt


@dataclass(frozen=True, slots=True)
class Mesh:
    """A mesh.

    Attributes:
        points: (n, d); the first three columns are coordinates.
        faces: (k, 3) indices of points.
    """

    points: FloatArray
    faces: IntArray


def simplified(mesh: Mesh, most: int) -> Mesh:
    """Return the mesh with at most `most` faces; itself if it has no more.

    Args:
        mesh: with finite points.
        most: at least 1.
    """
    if len(mesh.faces) <= most:
        return mesh
    coordinates = mesh.points[:, :3]
    low, high = coordinates.min(axis=0), coordinates.max(axis=0)
    longest = (high / 2 - low / 2).max() or 1.0  # halved, because spans of 1e308 overflow
    unit = np.clip((coordinates / 2 - low / 2) / longest, 0, 1)
    cells = _FINEST
    while True:
        merged = _merged(mesh, np.minimum(unit * cells, cells - 1e-9).astype(np.int64))
        if len(merged.faces) <= most:
            return merged
        cells *= _COARSEN


def _merged(mesh: Mesh, cells: IntArray) -> Mesh:
    """Return the mesh with one point for all points of a cell.

    Args:
        mesh: n points.
        cells: the cell of each point, (n, 3).
    """
    size = int(cells.max()) + 1
    keys = (cells[:, 0] * size + cells[:, 1]) * size + cells[:, 2]
    _, merged_index, counts = np.unique(keys, return_inverse=True, return_counts=True)
    weights = counts[merged_index]
    means = [np.bincount(merged_index, column / weights) for column in mesh.points.T]
    faces = merged_index[mesh.faces]
    faces = faces[(faces != np.roll(faces, 1, axis=1)).all(axis=1)]
    low, middle, high = np.sort(faces, axis=1).T
    _, first = np.unique((low * len(counts) + middle) * len(counts) + high, return_index=True)
    return Mesh(np.column_stack(means), faces[np.sort(first)])
