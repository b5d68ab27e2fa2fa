"""Smoothing is honest: only what is long and noisy, centred, with its ends as logged."""

import numpy as np
import pytest

from reportgen.series.automatic_smoothing import centred_means, window_of

RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("values", "window"),
    [
        (RNG.normal(size=500), 25),
        (np.exp(-np.arange(500) / 100) + RNG.normal(0, 0.05, 500), 25),
        (RNG.normal(size=49), 0),
        (RNG.normal(size=50), 5),
        (np.exp(-np.arange(500) / 100), 0),
        (np.exp(-np.arange(500) / 100) + RNG.normal(0, 1e-4, 500), 0),
        (np.full(500, 3.0), 0),
        (np.arange(500) // 10, 0),
        (np.array([1e308, -1e308] * 100), 0),
    ],
)
def test_only_long_series_with_more_noise_than_trend_are_smoothed(values, window):
    assert window_of(np.asarray(values, float), len(values)) == window


def test_a_mean_is_of_as_many_values_before_as_after():
    values = RNG.normal(size=40)
    means = centred_means(np.ones(40, np.int64), values, 7)
    np.testing.assert_allclose(means[10], values[7:14].mean())
    np.testing.assert_allclose(means[1], values[:3].mean())
    np.testing.assert_allclose(means[[0, -1]], values[[0, -1]])


def test_a_straight_line_stays():
    line = np.linspace(5, -3, 60)
    np.testing.assert_allclose(centred_means(np.ones(60, np.int64), line, 9), line)


def test_points_that_stand_for_several_give_nearly_the_mean_of_all():
    values = np.sin(np.arange(10_000) / 500) + RNG.normal(0, 0.3, 10_000)
    counts = np.full(200, 50)
    means = values.reshape(200, 50).mean(axis=1)
    smoothed = centred_means(counts, means, 501)
    whole = np.convolve(values, np.ones(501) / 501, "same")[49::50]
    np.testing.assert_allclose(smoothed[10:-10], whole[10:-10], atol=0.01)
