"""Reduces points to two dimensions so that neighbours stay near (t-SNE of scikit-learn)."""

from __future__ import annotations

import numpy as np

from reportgen.arrays import FloatArray
from reportgen.errors import DependencyError

_PERPLEXITY = 30.0  # about the number of neighbours of a point; scikit-learn's default
_MIN_POINTS = 4


def flat(points: FloatArray) -> FloatArray:
    """Return the points in two dimensions, the same each time.

    Args:
        points: (n, d), finite.

    Returns:
        (n, 2); zeros if there are fewer than four points.

    Raises:
        DependencyError: scikit-learn is not installed.
    """
    try:
        from sklearn.manifold import TSNE  # type: ignore[import-untyped]  # noqa: PLC0415  # an extra
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # noqa: PLC0415
    except ImportError as error:
        raise DependencyError(
            "--embedding tsne needs scikit-learn; pip install scikit-learn"
        ) from error
    size, dimensions = points.shape
    if size < _MIN_POINTS or not dimensions:
        return np.zeros((size, 2))
    scaled = points / (np.abs(points).max() or 1.0)
    start = "pca" if dimensions > 1 else "random"
    perplexity = min(_PERPLEXITY, (size - 1) / 3)
    method = TSNE(init=start, perplexity=perplexity, random_state=0)
    with threadpool_limits(1):  # with few points, more threads are slower
        reduced: FloatArray = method.fit_transform(scaled)
    return reduced.astype(float)
