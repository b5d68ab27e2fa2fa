"""Projection: points in three dimensions, projected to two."""

from __future__ import annotations

import numpy as np
from matplotlib.path import Path

from reportgen.arrays import FloatArray

_AZIMUTH, _ELEVATION = np.deg2rad(-55.0), np.deg2rad(25.0)
_TRIANGLE = (Path.MOVETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY)


def triangles(corners: FloatArray) -> Path:
    """Return a path of triangles (k, 3, 2)."""
    ends = _one_way(corners)[:, [0, 1, 2, 0]].reshape(-1, 2)
    return Path(ends, np.tile(_TRIANGLE, len(corners)).astype(np.uint8))


def depth(points: FloatArray) -> FloatArray:
    """Return the distance (n,) of points (n, 3) from the viewer."""
    x, y, z = points.T
    away = x * np.sin(_AZIMUTH) + y * np.cos(_AZIMUTH)
    far: FloatArray = away * np.cos(_ELEVATION) - z * np.sin(_ELEVATION)
    return far


def projected(points: FloatArray) -> FloatArray:
    """Return places (n, 2) of points (n, 3): rotated about z, then tilted, without perspective."""
    x, y, z = points.T
    across = x * np.cos(_AZIMUTH) - y * np.sin(_AZIMUTH)
    away = x * np.sin(_AZIMUTH) + y * np.cos(_AZIMUTH)
    return np.column_stack([across, z * np.cos(_ELEVATION) + away * np.sin(_ELEVATION)])


def _one_way(corners: FloatArray) -> FloatArray:
    """Return triangles that all turn the same way: within a path, others would cut holes."""
    first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    turned = first[:, 0] * second[:, 1] < first[:, 1] * second[:, 0]
    return np.where(turned[:, None, None], corners[:, ::-1], corners)
