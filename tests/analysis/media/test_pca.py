"""Reducing points to two dimensions by PCA."""

import numpy as np
import pytest

from reportgen.analysis.media.pca import flat


def test_the_two_directions_have_the_largest_variances():
    rng = np.random.default_rng(0)
    points = (
        rng.normal(size=(300, 5)) * [9, 4, 1, 0.5, 0.1] @ np.linalg.qr(rng.normal(size=(5, 5)))[0]
    )
    places, shares = flat(points)
    power = np.sort(np.linalg.eigvalsh(np.cov(points.T)))[::-1]
    np.testing.assert_allclose(places.var(axis=0, ddof=1), power[:2])
    np.testing.assert_allclose(shares, power[:2] / power.sum())


def test_points_of_a_plane_keep_their_distances():
    points = np.random.default_rng(0).normal(size=(20, 2))
    places, shares = flat(points @ np.linalg.qr(np.random.default_rng(1).normal(size=(2, 2)))[0])
    np.testing.assert_allclose(
        np.linalg.norm(places[0] - places[1]), np.linalg.norm(points[0] - points[1])
    )
    assert sum(shares) == pytest.approx(1)


@pytest.mark.parametrize("shape", [(0, 3), (1, 4), (5, 1), (4, 0)])
def test_few_points_or_dimensions_are_no_error(shape):
    places, _ = flat(np.ones(shape))
    assert places.shape == (shape[0], 2)
    assert not places.any()


def test_huge_values_do_not_overflow():
    places, shares = flat(np.array([[1e300, 0], [-1e300, 0], [0, 1e299]]))
    assert np.isfinite(places).all()
    assert shares[0] > 0.9
