"""Reduces points to the two dimensions that keep most of their variance (PCA)."""

from __future__ import annotations

import numpy as np

from reportgen.arrays import FloatArray

_MAX_FITTED_POINTS = 5_000  # evenly spaced ones, which the directions are computed from
_MAX_FITTED_VALUES = 20_000_000  # in all of these points


def flat(points: FloatArray) -> tuple[FloatArray, tuple[float, float]]:
    """Return the points along their two principal directions, and each one's share of variance.

    The directions are the eigenvectors of the covariance with the largest eigenvalues, computed by
    a singular value decomposition of the centred points. The sign of each is such that its largest
    component is positive, so that the same points give the same picture.

    Args:
        points: (n, d), finite.

    Returns:
        (n, 2), zeros if the points have no second direction; and two shares from 0 to 1.
    """
    size, dimensions = points.shape
    if not size or not dimensions:
        return np.zeros((size, 2)), (0.0, 0.0)
    scale = np.abs(points).max() or 1.0  # squares of 1e300 would overflow
    centred = points / scale
    centred = centred - centred.mean(axis=0)
    fitted_points = max(2, min(_MAX_FITTED_POINTS, _MAX_FITTED_VALUES // dimensions))
    fitted = centred[np.unique(np.linspace(0, size - 1, fitted_points).astype(np.int64))]
    _, singular, directions = np.linalg.svd(fitted, full_matrices=False)
    variances = singular**2
    shares = variances[:2] / (variances.sum() or 1.0)
    principal = np.zeros((2, dimensions))
    for row, direction in enumerate(directions[:2]):
        principal[row] = direction * (np.sign(direction[np.abs(direction).argmax()]) or 1.0)
    reduced: FloatArray = centred @ principal.T * scale
    return reduced, (float(shares[0]), float(shares[1]) if len(shares) > 1 else 0.0)
