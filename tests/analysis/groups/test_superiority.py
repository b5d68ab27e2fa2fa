"""Whether a difference is real, and how sure that is."""

import math

import numpy as np
import pytest
from scipy import stats

from reportgen.analysis.groups.superiority import (
    compare,
    is_real,
    seeds_needed,
    superiority,
    superiority_interval,
    welch_margin,
)
from reportgen.analysis.groups.tied_ranks import tied_ranks

RNG = np.random.default_rng(3)


@pytest.mark.parametrize("sizes", [(3, 3), (5, 8), (20, 4)])
def test_the_probability_is_mann_and_whitneys_with_ties_counted_half(sizes):
    first, second = (RNG.integers(0, 6, size).astype(float) for size in sizes)
    expected = stats.mannwhitneyu(first, second).statistic / math.prod(sizes)
    assert superiority(first, second, "up") == pytest.approx(expected)
    assert superiority(first, second, "down") == pytest.approx(1 - expected)


@pytest.mark.parametrize("sizes", [(2, 2), (3, 5), (10, 40)])
def test_the_interval_of_the_difference_is_welchs(sizes):
    first, second = RNG.normal(1, 1, sizes[0]), RNG.normal(0, 3, sizes[1])
    interval = stats.ttest_ind(first, second, equal_var=False).confidence_interval(0.95)
    assert 2 * welch_margin(first, second) == pytest.approx(interval.high - interval.low, rel=1e-6)


def test_an_interval_holds_what_was_observed_and_narrows_with_runs():
    widths = []
    for count in (2, 3, 5, 10, 40):
        low, high = superiority_interval(0.7, count, count)
        assert 0 <= low < 0.7 < high <= 1
        widths.append(high - low)
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_an_interval_reaches_its_end_where_every_pair_agrees(probability):
    low, high = superiority_interval(probability, 5, 5)
    assert probability in {low, high}
    assert 0.2 < high - low < 0.5


@pytest.mark.parametrize(("count", "shift"), [(5, 0.0), (5, 1.0), (10, 0.5), (20, 1.5)])
def test_the_interval_covers_the_truth_as_often_as_it_says(count, shift):
    truth = stats.norm.cdf(shift / math.sqrt(2))
    rng = np.random.default_rng(count)
    covered = 0
    for _ in range(300):
        observed = superiority(rng.normal(shift, 1, count), rng.normal(0, 1, count), "up")
        low, high = superiority_interval(observed, count, count)
        covered += low <= truth <= high
    assert 0.91 <= covered / 300 <= 0.995


@pytest.mark.parametrize("count", [3, 5, 10])
def test_equal_groups_are_seldom_told_apart(count):
    rng = np.random.default_rng(count)
    real = sum(
        compare(rng.normal(size=count).tolist(), rng.normal(size=count).tolist(), "up").is_real
        for _ in range(300)
    )
    assert real / 300 <= 0.07  # 0.05 asked for


@pytest.mark.parametrize(("first", "second"), [([1.0], [2.0]), ([1.0, 2.0], [5.0])])
def test_one_run_tells_nothing(first, second):
    comparison = compare(first, second, "up")
    assert not comparison.is_real
    assert (
        comparison.sentence("a", "b") == "Cannot tell a from b with 1 seed each; it takes several."
    )


def test_the_needed_seeds_tell_the_difference_four_times_out_of_five():
    count = seeds_needed(difference=1.5, variance=2.0)
    rng = np.random.default_rng(0)
    message = sum(
        compare(rng.normal(1, 1, count).tolist(), rng.normal(2.5, 1, count).tolist(), "up").is_real
        for _ in range(300)
    )
    assert 0.72 <= message / 300 <= 0.9


def test_a_difference_is_told_in_one_sentence():
    real = compare([5.0, 5.1, 5.2, 4.9], [1.0, 1.1, 1.2, 0.9], "up")
    assert real.sentence("a", "b") == (
        "A run of a beats a run of b with probability 100 % (95 % interval 58 % to 100 %)."
    )
    small = compare([1.0, 2.0], [1.4, 2.5], "up")
    assert small.sentence("b", "a").startswith("Cannot tell b from a with 2 seeds; ")
    assert compare([1.0, 1.0], [1.0, 1.0], "up").sentence("a", "b") == (
        "Cannot tell a from b with 2 seeds each."
    )


def test_groups_that_cannot_be_told_apart_share_a_rank():
    groups = [[1.0, 1.1, 0.9, 1.05], [5.0, 5.2, 4.9, 5.1], [5.1, 4.8, 5.0, 5.3]]
    assert tied_ranks(groups, "up") == [3, 1, 1]
    assert tied_ranks(groups, "down") == [1, 2, 2]


@pytest.mark.parametrize("spread", [0.3, 1.0, 3.0])
def test_whether_a_difference_is_real_is_the_same_without_the_whole_comparison(spread):
    rng = np.random.default_rng(7)
    groups = [rng.normal(rng.normal(0, spread), 1, rng.integers(1, 7)).tolist() for _ in range(30)]
    for first in groups:
        for second in groups:
            assert is_real(first, second, "up") == compare(first, second, "up").is_real
