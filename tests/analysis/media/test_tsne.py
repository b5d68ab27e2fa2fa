"""Reducing points to two dimensions by t-SNE keeps clusters apart and is deterministic."""

import sys

import numpy as np
import pytest

from reportgen.analysis.media import tsne
from reportgen.choices import EmbeddingMethod
from reportgen.errors import DependencyError
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.media import embedding

STYLE = RunStyle("#0072b2", "-")


@pytest.fixture
def clusters():
    rng = np.random.default_rng(0)
    return np.repeat(np.eye(8)[:3] * 20, 30, axis=0) + rng.normal(size=(90, 8))


def test_clusters_stay_apart(clusters):
    places = tsne.flat(clusters).reshape(3, 30, 2)
    middles = places.mean(axis=1)
    spread = max(
        np.linalg.norm(cluster - middle, axis=1).max()
        for cluster, middle in zip(places, middles, strict=True)
    )
    distance = min(np.linalg.norm(middles[a] - middles[b]) for a, b in ((0, 1), (0, 2), (1, 2)))
    assert distance > spread


def test_the_same_points_give_the_same_picture(clusters):
    np.testing.assert_array_equal(tsne.flat(clusters), tsne.flat(clusters))


@pytest.mark.parametrize("size", [0, 1, 3, 4])
def test_few_points_are_no_error(size, clusters):
    chart = embedding.prepare("few", clusters[:size], STYLE, method=EmbeddingMethod.TSNE)
    assert chart.places.shape == (size, 2)
    assert "t-SNE" in chart.caption()
    chart.draw()


def test_a_missing_package_is_named(clusters, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.manifold", None)
    with pytest.raises(DependencyError, match=r"pip install scikit-learn"):
        tsne.flat(clusters)
