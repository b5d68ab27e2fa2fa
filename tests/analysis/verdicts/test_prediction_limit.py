"""How far chance reaches."""

import math

import numpy as np
import pytest
from scipy import special, stats

from reportgen.analysis.verdicts.prediction_limit import (
    digamma,
    prediction_margin,
    shrunk_spread,
    trigamma,
)


@pytest.mark.parametrize("x", [0.3, 0.5, 1, 2.5, 7, 40])
def test_the_derivatives_of_the_gamma_function_equal_scipys(x):
    assert digamma(x) == pytest.approx(special.digamma(x), rel=1e-9)
    assert trigamma(x) == pytest.approx(special.polygamma(1, x), rel=1e-9)


def test_without_other_groups_the_limit_is_the_classic_one():
    spread = shrunk_spread([1.0, 2.0, 4.0], [[5.0]])
    assert spread.deviation == pytest.approx(np.std([1, 2, 4], ddof=1))
    assert spread.freedom == 2
    expected = stats.t.ppf(0.95, 2) * spread.deviation * math.sqrt(1 / 3 + 1 / 2)
    assert prediction_margin(spread, 3, 2, 0.05) == pytest.approx(expected)


@pytest.mark.parametrize("baseline", [[1.0], [1.0, 1.0]])
@pytest.mark.parametrize("others", [[], [[3.0]], [[2.0, 2.0]]])
def test_where_no_two_runs_differ_nothing_tells(baseline, others):
    assert shrunk_spread(baseline, others) is None


def test_a_spread_lies_between_that_of_the_baseline_and_of_the_others():
    others = [[0.0, 1.0, 2.0], [5.0, 6.0, 7.0], [1.0, 2.0, 3.0]]
    wide, narrow = ([10.0, 18.0, 26.0], [10.0, 10.1, 10.2])
    lone = shrunk_spread([10.0], others).deviation
    assert 1 <= lone < 2
    assert lone < shrunk_spread(wide, others).deviation < 8
    assert 0.1 < shrunk_spread(narrow, others).deviation < lone


@pytest.mark.parametrize(("baseline_runs", "groups"), [(3, 0), (5, 0), (1, 5), (3, 5), (3, 20)])
@pytest.mark.parametrize("rate", [0.05, 0.2])
def test_the_rate_of_false_alarms_is_what_was_asked_for(baseline_runs, groups, rate):
    rng = np.random.default_rng(baseline_runs + groups)
    alarms, draws = 0, 600
    for _ in range(draws):
        baseline = rng.normal(0, 1, baseline_runs)
        spread = shrunk_spread(baseline.tolist(), rng.normal(0, 1, (groups, 3)).tolist())
        margin = prediction_margin(spread, baseline_runs, 1, rate)
        alarms += rng.normal() > baseline.mean() + margin
    assert alarms / draws <= rate + 3 * math.sqrt(rate * (1 - rate) / draws)
    assert alarms / draws >= rate / 4
