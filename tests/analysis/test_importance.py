"""Rank correlations between parameters and metrics."""

import numpy as np
import pytest

from reportgen.analysis.importance import by_chance, spearman


def test_spearman_is_the_correlation_of_ranks():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=50), rng.normal(size=50)
    rank = [np.argsort(np.argsort(values)) for values in (x, y)]
    assert spearman(x, y)[0] == pytest.approx(np.corrcoef(*rank)[0, 1], abs=1e-12)


def test_only_order_matters_and_ties_share_a_rank():
    assert spearman(np.arange(9.0), np.exp(np.arange(9.0)))[0] == pytest.approx(1)
    tied = np.array([0, 0, 1, 1, 2, 2.0])
    assert spearman(tied, -tied)[0] == pytest.approx(-1)


def test_values_that_are_not_finite_are_ignored():
    x = np.array([1, 2, 3, 4, 5, np.nan, 7])
    y = np.array([1, 2, 3, 4, 5, 6, np.inf])
    assert spearman(x, y) == (pytest.approx(1), 5)


def test_too_few_or_constant_values_have_no_correlation():
    assert np.isnan(spearman(np.arange(4.0), np.arange(4.0))[0])
    assert np.isnan(spearman(np.zeros(9), np.arange(9.0))[0])


def test_independent_values_exceed_the_limit_in_five_percent():
    rng = np.random.default_rng(0)
    strong = [abs(spearman(rng.normal(size=30), rng.normal(size=30))[0]) for _ in range(1000)]
    assert np.mean(np.array(strong) > by_chance(30)) == pytest.approx(0.05, abs=0.02)
    assert by_chance(2) == 1
