"""Smoothing is the plain recurrence, and decimation keeps every extreme."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from reportgen.errors import UsageError
from reportgen.series.smoothing import parse_smoothing
from reportgen.series.transforms import decimate, smooth

series = arrays.arrays(
    float,
    st.integers(1, 300),
    elements=st.floats(-1e6, 1e6) | st.sampled_from([np.nan, np.inf, -np.inf]),
)


def as_tensorboard(values, weight):
    """The recurrence, one value after the other."""
    last, result = 0.0, values.copy()
    for count, place in enumerate(np.flatnonzero(np.isfinite(values)), start=1):
        last = last * weight + (1 - weight) * values[place]
        result[place] = last / (1 - weight**count)
    return result


def finite_constant(values):
    """Whether TensorBoard leaves the series alone."""
    return len(set(values[np.isfinite(values)])) <= 1


@given(values=series, weight=st.sampled_from([0.0, 0.3, 0.6, 0.9, 0.99]))
@settings(deadline=None)
def test_tb_is_the_plain_recurrence_over_finite_values(values, weight):
    expected = values if finite_constant(values) else as_tensorboard(values, weight)
    actual = smooth(values, np.arange(len(values)), parse_smoothing(f"tb:{weight}"))
    scale = np.abs(values[np.isfinite(values)]).max(initial=1.0)
    np.testing.assert_allclose(actual, expected, rtol=1e-9, atol=1e-12 * scale)


def test_a_long_series_is_within_1e_9_of_the_recurrence():
    values = np.random.default_rng(0).uniform(0, 0.1, 200_000)
    values += np.exp(-np.arange(len(values)) / 4e4)
    smoothed = smooth(values, np.arange(len(values)), parse_smoothing("tb:0.99"))
    np.testing.assert_allclose(smoothed, as_tensorboard(values, 0.99), rtol=1e-9)


def test_ema_weighs_points_by_their_distance_in_steps():
    values, steps = np.array([1.0, 3.0, 8.0, 2.0]), np.array([0, 1, 10, 10])
    actual = smooth(values, steps, parse_smoothing("ema:5"))
    for place in range(4):
        weights = np.exp(-(steps[place] - steps[: place + 1]) / 5)
        assert actual[place] == pytest.approx(np.average(values[: place + 1], weights=weights))


@given(values=series, size=st.integers(1, 50))
@settings(deadline=None)
def test_window_is_the_mean_of_the_last_points(values, size):
    actual = smooth(values, np.arange(len(values)), parse_smoothing(f"window:{size}"))
    finite = values[np.isfinite(values)]
    if finite_constant(values):
        np.testing.assert_array_equal(actual, values)
        return
    means = [finite[max(0, end - size) : end].mean() for end in range(1, len(finite) + 1)]
    np.testing.assert_allclose(actual[np.isfinite(values)], means, rtol=1e-9, atol=1e-6)


def test_a_window_after_a_huge_value_loses_no_digits():
    values = np.array([1e16, 1.0, 2.0, 3.0, 4.0])
    assert smooth(values, np.arange(5), parse_smoothing("window:2"))[3:].tolist() == [2.5, 3.5]


@given(values=series, max_points=st.integers(4, 60))
@settings(deadline=None)
def test_decimation_keeps_first_last_and_the_extremes_of_equal_buckets(values, max_points):
    indices = decimate(values, max_points)
    assert (np.diff(indices) > 0).all()
    assert {indices[0], indices[-1]} == {0, len(values) - 1}
    if len(values) <= max_points:
        assert len(indices) == len(values)
        return
    assert len(indices) <= max_points + 2
    size = 1
    while -(-len(values) // size) > max_points // 2:
        size *= 2
    for start in range(0, len(values), size):
        bucket = values[start : start + size]
        if not np.isnan(bucket).all():
            here = values[indices[(indices >= start) & (indices < start + size)]]
            assert np.nanmin(bucket) in here
            assert np.nanmax(bucket) in here


@pytest.mark.parametrize("text", ["tb:1", "tb:-1", "ema:0", "window:0.5", "fog", ""])
def test_an_invalid_smoothing_method_is_refused(text):
    with pytest.raises(UsageError, match="--smooth"):
        parse_smoothing(text)
