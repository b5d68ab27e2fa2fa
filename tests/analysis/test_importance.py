"""How much of the differences between runs a parameter explains, and what chance would."""

import numpy as np
import pytest

from reportgen.analysis.importance import importance


def _normal(count, seed=0):
    return np.random.default_rng(seed).normal(size=count)


def test_a_best_value_in_the_middle_is_seen():
    x = np.linspace(-1, 1, 60)
    result = importance(x, x**2 + 0.05 * _normal(60), words=False)
    assert result.matters
    assert result.explained > 0.6
    best = result.best("down")
    assert (best.low < 0 < best.high, best.runs) == (True, 12)


def test_words_take_part():
    words = np.arange(40.0) % 4
    result = importance(words, np.where(words == 2, 1, 0) + 0.1 * _normal(40), words=True)
    assert result.matters
    assert [piece.runs for piece in result.bins] == [10] * 4
    assert result.best("up").low == 2


def test_it_equals_adjusted_explained_variance_of_ranks():
    codes, ranks = np.repeat([0.0, 1, 2], 4), np.arange(12.0) + 1
    between = sum(4 * (ranks[codes == code].mean() - 6.5) ** 2 for code in range(3))
    share = between / ((ranks - 6.5) ** 2).sum()
    expected = 1 - (1 - share) * 11 / 9
    assert importance(codes, ranks, words=True).explained == pytest.approx(expected)


def test_only_the_order_of_the_results_counts():
    x, y = _normal(30, 1), _normal(30, 2)
    assert (
        importance(x, y, words=False).explained
        == importance(x, np.exp(9 * y), words=False).explained
    )


def test_chance_stays_below_the_limit_19_times_of_20():
    seen = [
        importance(_normal(30, 2 * seed), _normal(30, 2 * seed + 1), words=False)
        for seed in range(400)
    ]
    above = np.mean([result.explained > result.limit for result in seen])
    assert above == pytest.approx(0.05, abs=0.03)


def test_what_is_not_finite_is_no_pair():
    x, y = np.arange(8.0), np.arange(8.0)
    x[0], y[1] = np.nan, np.inf
    assert importance(x, y, words=False).pairs == 6


@pytest.mark.parametrize(
    ("x", "y"),
    [(np.arange(4.0),) * 2, (np.zeros(9), np.arange(9.0)), (np.arange(9.0), np.zeros(9))],
)
def test_few_or_constant_values_explain_nothing(x, y):
    result = importance(x, y, words=False)
    assert np.isnan(result.explained)
    assert not result.matters
    assert result.best("up") is None


def test_a_word_of_its_own_for_each_run_explains_nothing():
    result = importance(np.arange(9.0), _normal(9), words=True)
    assert result.explained == 0
    assert not result.matters


def test_the_same_runs_have_the_same_limit():
    x, y = _normal(30, 1), _normal(30, 2)
    assert importance(x, y, words=False) == importance(x, y, words=False)
