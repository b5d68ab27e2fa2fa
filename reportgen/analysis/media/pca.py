"""PCA: the flat picture of points that keeps as much of their spread as one can."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_MOST_FITTED = 5_000  # points that the directions are computed from, evenly spaced
_MOST_VALUES = 20_000_000  # of them in all

Floats = NDArray[np.float64]


def flat(points: Floats) -> tuple[Floats, tuple[float, float]]:
    """The points along their two principal directions, and each direction's share of the variance.

    The directions are the eigenvectors of the covariance with the largest eigenvalues, by singular
    values of the centred points; each is turned so that its largest component is positive, so that
    the same points give the same picture.

    Args:
        points: (n, d), finite.

    Returns:
        (n, 2), zeros where the points have no second direction; and two shares from 0 to 1.
    """
    size, dimensions = points.shape
    if not size or not dimensions:
        return np.zeros((size, 2)), (0.0, 0.0)
    scale = np.abs(points).max() or 1.0  # squares of 1e300 would overflow
    centred = points / scale
    centred = centred - centred.mean(axis=0)
    most = max(2, min(_MOST_FITTED, _MOST_VALUES // dimensions))
    fitted = centred[np.unique(np.linspace(0, size - 1, most).astype(np.int64))]
    _, singular, directions = np.linalg.svd(fitted, full_matrices=False)
    power = singular**2
    shares = power[:2] / (power.sum() or 1.0)
    found = np.zeros((2, dimensions))
    for row, direction in enumerate(directions[:2]):
        found[row] = direction * (np.sign(direction[np.abs(direction).argmax()]) or 1.0)
    places: Floats = centred @ found.T * scale
    return places, (float(shares[0]), float(shares[1]) if len(shares) > 1 else 0.0)
