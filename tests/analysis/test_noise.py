"""The noise of a series, and levels that noise does not decide."""

import math

import numpy as np
import pytest

from reportgen.analysis.noise import (
    best_level,
    difference_error,
    differs,
    end_level,
    evaluation_noise,
    moving_mean,
    smoothing_window,
    tied,
)


def _normal(count, scale=1.0, seed=0):
    return np.random.default_rng(seed).normal(0, scale, count)


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e6])
def test_white_noise_has_its_standard_deviation(scale):
    assert evaluation_noise(_normal(4000, scale)) == pytest.approx(scale, rel=0.06)


def test_a_trend_is_no_noise():
    steps = np.arange(1000)
    noise = _normal(1000, 0.01)
    assert evaluation_noise(5 - 0.01 * steps + noise) == pytest.approx(0.01, rel=0.15)
    assert evaluation_noise(5 * np.exp(-steps / 200) + noise) == pytest.approx(0.01, rel=0.15)


def test_spikes_and_values_that_are_not_finite_do_not_move_the_noise():
    values = _normal(1000)
    values[::50] += 1e6
    values[7::50] = np.nan
    values[9] = np.inf
    assert evaluation_noise(values) == pytest.approx(1, rel=0.25)


@pytest.mark.parametrize("count", range(6))
def test_too_few_points_tell_no_noise(count):
    assert math.isnan(evaluation_noise(_normal(count)))


def test_a_constant_series_has_no_noise():
    assert evaluation_noise(np.full(20, 0.3)) == 0


def test_values_near_the_largest_float_do_not_overflow():
    values = 1.5e308 + 1e307 * _normal(50, 0.1)
    assert evaluation_noise(values) == pytest.approx(1e306, rel=0.5)
    assert math.isfinite(end_level(values).value)
    assert math.isfinite(best_level(values, "up").value)


def test_the_level_at_the_end_is_the_mean_of_the_last_tenth():
    values = np.arange(200.0)
    level = end_level(values)
    assert (level.value, level.points, level.index) == (np.mean(values[-20:]), 20, 199)


def test_the_level_at_the_end_takes_five_values_of_a_short_series_and_all_of_a_shorter_one():
    assert end_level(np.arange(12.0)).value == 9
    assert end_level(np.array([1.0, 3.0])).value == 2
    assert end_level(np.array([1.0, 3.0, np.nan])).index == 1


def test_no_finite_value_gives_no_level():
    level = end_level(np.array([np.nan, np.inf]))
    assert math.isnan(level.value)
    assert level.index == -1
    assert best_level(np.array([]), "up").index == -1
    assert best_level(np.array([1.0]), "").index == -1


def test_the_error_at_the_end_covers_the_truth_for_white_and_correlated_noise():
    for memory in (0.0, 0.9):
        inside = 0
        for seed in range(200):
            shocks, values = _normal(600, seed=seed), np.zeros(600)
            for index in range(1, 600):
                values[index] = memory * values[index - 1] + shocks[index]
            level = end_level(values)
            inside += abs(level.value) <= 1.96 * level.error
        assert inside >= 160  # of 200, where 190 would be exact


def test_one_lucky_value_does_not_make_the_best():
    values = 0.5 + _normal(100, 0.01)
    values[30] = 0.99
    level = best_level(values, "up")
    assert level.value < 0.6
    assert level.points == 9


def test_the_best_of_a_smoothed_minimum_lies_at_the_minimum():
    steps = np.linspace(-1, 1, 201)
    level = best_level(steps**2 + _normal(201, 0.001), "down")
    assert abs(level.index - 100) <= 10
    assert level.value == pytest.approx(0, abs=0.01)


def test_few_points_are_not_smoothed():
    level = best_level(np.array([0.1, 0.7, 0.4]), "up")
    assert (level.value, level.index, level.points) == (0.7, 1, 1)


def test_the_index_of_a_level_counts_values_that_are_not_finite():
    assert best_level(np.array([np.nan, 3.0, 1.0]), "down").index == 2


@pytest.mark.parametrize(
    ("points", "window"), [(0, 1), (9, 1), (29, 1), (30, 3), (49, 3), (50, 5), (1000, 99)]
)
def test_windows_are_odd_and_a_tenth(points, window):
    assert smoothing_window(points) == window


def test_a_moving_mean_equals_the_means_of_its_windows():
    values = _normal(50) + 1e9
    expected = [values[max(0, i - 3) : i + 4].mean() for i in range(50)]
    np.testing.assert_allclose(moving_mean(values, 7), expected, rtol=1e-15)


def test_levels_inside_the_noise_are_tied_and_others_differ():
    first, second, third = (end_level(level + _normal(100, 0.1, seed=3)) for level in (0, 0.01, 1))
    assert tied(first, second)
    assert not differs(first, second)
    assert differs(first, third)
    assert not tied(first, third)
    assert difference_error(first, third) == pytest.approx(math.sqrt(2) * first.error)


def test_unknown_noise_neither_ties_nor_tells_apart():
    first, second = (end_level(np.array([value])) for value in (1.0, 2.0))
    assert not tied(first, second)
    assert not differs(first, second)
    assert tied(first, first)
