"""t-SNE: a flat picture in which near points stay near, by scikit-learn."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reportgen.errors import DependencyError

_PERPLEXITY = 30.0  # about how many neighbours count; scikit-learn's default
_FEWEST = 4  # points that have neighbours to speak of

Floats = NDArray[np.float64]


def flat(points: Floats) -> Floats:
    """The points in the plane, the same each time; zeros where there are fewer than four.

    Args:
        points: (n, d), finite.

    Raises:
        DependencyError: scikit-learn is not installed.
    """
    try:
        from sklearn.manifold import TSNE  # type: ignore[import-untyped]  # noqa: PLC0415  # an extra
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # noqa: PLC0415
    except ImportError as error:
        raise DependencyError(
            "--embedding tsne needs scikit-learn; pip install 'reportgen[tsne]'"
        ) from error
    size, dimensions = points.shape
    if size < _FEWEST or not dimensions:
        return np.zeros((size, 2))
    scaled = points / (np.abs(points).max() or 1.0)
    start = "pca" if dimensions > 1 else "random"
    perplexity = min(_PERPLEXITY, (size - 1) / 3)
    method = TSNE(init=start, perplexity=perplexity, random_state=0)
    with threadpool_limits(1):  # at these sizes threads wait for each other
        found: Floats = method.fit_transform(scaled)
    return found.astype(float)
